"""The sealer's door."""

import logging

from celery import shared_task

from foundation.alone import alone
from foundation.audit import seal, verify
from foundation.audit.inspections import note

HOURS = 6 * 3600

log = logging.getLogger("tianti.audit")


@shared_task(name="audit.seal")
def seal_record() -> int:
    """Seal what is committed; without a key nothing is sealed, and the log says so each minute."""
    try:
        return seal.seal_all()
    except seal.NoKey as error:
        log.error("the record is not sealed: %s", error)
        return 0


@shared_task(name="audit.verify", time_limit=HOURS, soft_time_limit=HOURS - 60)
def verify_record() -> int:
    """Recompute the whole chain; what is found is an error in the log and a figure that the alert rules watch."""
    with alone("verify") as mine:
        try:
            found = verify.verify() if mine else None
        except seal.NoKey:
            found = None
    if found is None:
        return 0
    note("verify", {"findings": len(found)})
    for finding in found:
        log.error("audit record tampered with: %s %s", finding.where, finding.what)
    return len(found)
