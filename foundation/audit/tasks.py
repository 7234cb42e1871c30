"""The sealer's door."""

import logging

from celery import shared_task

from foundation.audit import seal, verify

log = logging.getLogger("tianti.audit")


@shared_task(name="audit.seal")
def seal_record() -> int:
    """Seal what is committed; without a key nothing is sealed, and the log says so each minute."""
    try:
        return seal.seal_all()
    except seal.NoKey as error:
        log.error("the record is not sealed: %s", error)
        return 0


@shared_task(name="audit.verify")
def verify_record() -> int:
    """Recompute the whole chain; anything found goes to the log as an error, which the alert rules watch."""
    try:
        found = verify.verify()
    except seal.NoKey:
        return 0
    for finding in found:
        log.error("audit record tampered with: %s %s", finding.where, finding.what)
    return len(found)
