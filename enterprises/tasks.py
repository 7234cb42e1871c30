"""The night watch over files."""

import logging

from celery import shared_task

from enterprises import scan
from enterprises.reconcile import reconcile
from foundation.accounts.scope import system_scope

log = logging.getLogger("tianti.files")


@shared_task(name="enterprises.reconcile")
def reconcile_files() -> dict[str, int]:
    """Compare rows and files; what does not fit is an error in the log, which the alert rules watch."""
    with system_scope("reconcile"):
        report = reconcile()
    for digest in report.missing:
        log.error("file of a row is missing: %s", digest)
    for digest in report.changed:
        log.error("file is not what its row says: %s", digest)
    return {
        "rows": report.rows,
        "missing": len(report.missing),
        "changed": len(report.changed),
        "orphans": report.orphans,
    }


@shared_task(name="enterprises.scan_pending")
def scan_pending() -> dict[str, int]:
    """Files that came while the scanner was away are scanned when it is back."""
    with system_scope("scan"):
        told = scan.scan_pending()
    if told["refused"]:
        log.error("%s files that waited for the scanner were found infected and stay closed", told["refused"])
    return told
