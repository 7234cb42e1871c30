"""The night watch over files."""

import logging

from celery import shared_task

from enterprises import scan
from enterprises.reconcile import reconcile
from foundation.alone import alone
from foundation.audit.inspections import note

HOURS = 6 * 3600

log = logging.getLogger("tianti.files")


@shared_task(name="enterprises.reconcile", time_limit=HOURS, soft_time_limit=HOURS - 60)
def reconcile_files() -> dict[str, int]:
    """Compare rows and files; what does not fit is an error in the log and a figure that the alert rules watch."""
    with alone("reconcile") as mine:
        return compare() if mine else {}


def compare() -> dict[str, int]:
    report = reconcile()
    for digest in report.missing:
        log.error("file of a row is missing: %s", digest)
    for digest in report.changed:
        log.error("file is not what its row says: %s", digest)
    note("reconcile", report.counts)
    return report.counts


@shared_task(name="enterprises.scan_pending")
def scan_pending() -> dict[str, int]:
    """Files that came while the scanner was away are scanned when it is back."""
    told = scan.scan_pending()
    if told["refused"]:
        log.error("%s files that waited for the scanner were found infected and stay closed", told["refused"])
    return told
