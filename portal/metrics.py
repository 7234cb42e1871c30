"""What an operator watches, read from the tables at the moment of asking: the same from whichever process answers."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily

from foundation.accounts.scope import system_scope
from foundation.audit.models import AuditSeal
from foundation.audit.seal import last_told

NIGHT = (
    "SELECT extract(epoch FROM clock_timestamp() - coalesce((SELECT at FROM audit_inspection WHERE name = '{}'),"
    " (SELECT min(applied) FROM django_migrations)))"
)
"""Seconds since a night watch ran; since the house was built when it never did."""
QUERIES = {
    "tianti_ledger_waiting": ("Work items due and not done", "SELECT count(*) FROM ledger_workitem WHERE state = 'todo' AND due_at <= clock_timestamp()"),
    "tianti_ledger_oldest_seconds": ("Age of the oldest due work item", "SELECT coalesce(extract(epoch FROM clock_timestamp() - min(due_at)), 0) FROM ledger_workitem WHERE state = 'todo' AND due_at <= clock_timestamp()"),
    "tianti_ledger_quarantined": ("Work items set aside after three tries", "SELECT count(*) FROM ledger_workitem WHERE state = 'quarantined'"),
    "tianti_audit_unsealed_seconds": ("Age of the oldest audit row that is not sealed", "SELECT coalesce(extract(epoch FROM clock_timestamp() - min(e.at)), 0) FROM audit_auditevent e WHERE e.id > (SELECT coalesce(max(event_id), 0) - 50000 FROM audit_auditlink) AND NOT EXISTS (SELECT 1 FROM audit_auditlink l WHERE l.event_id = e.id)"),
    "tianti_audit_seals": ("Seals of the audit record", "SELECT count(*) FROM audit_auditseal"),
    "tianti_audit_findings": ("Findings of the last verification of the record", "SELECT coalesce((SELECT (counts->>'findings')::int FROM audit_inspection WHERE name = 'verify'), 0)"),
    "tianti_audit_verified_seconds": ("Age of the last verification of the whole record", NIGHT.format("verify")),
    "tianti_files_missing": ("Files of rows that the last reconciliation did not find", "SELECT coalesce((SELECT (counts->>'missing')::int FROM audit_inspection WHERE name = 'reconcile'), 0)"),
    "tianti_files_changed": ("Files that were not what their rows say at the last reconciliation", "SELECT coalesce((SELECT (counts->>'changed')::int FROM audit_inspection WHERE name = 'reconcile'), 0)"),
    "tianti_files_reconciled_seconds": ("Age of the last reconciliation of rows and files", NIGHT.format("reconcile")),
    "tianti_beat_seconds": ("Age of the last pulse, which beat rings for each minute", "SELECT coalesce(extract(epoch FROM clock_timestamp() - max(at)), extract(epoch FROM clock_timestamp() - pg_postmaster_start_time())) FROM outages_pulse"),
    "tianti_files_pending": ("Files that wait for the virus scanner", "SELECT (SELECT count(*) FROM enterprises_evidence WHERE scan_state = 'pending') + (SELECT count(*) FROM certification_objectionpaper WHERE scan_state = 'pending') + (SELECT count(*) FROM certification_visitphoto WHERE scan_state = 'pending')"),
    "tianti_files_unscanned": ("Files that came while there was no virus scanner", "SELECT (SELECT count(*) FROM enterprises_evidence WHERE scan_state = 'unscanned') + (SELECT count(*) FROM certification_objectionpaper WHERE scan_state = 'unscanned') + (SELECT count(*) FROM certification_visitphoto WHERE scan_state = 'unscanned')"),
    "tianti_sessions": ("Sessions that have not ended", "SELECT count(*) FROM django_session WHERE expire_date > clock_timestamp()"),
    "tianti_archive_failed": ("Tries to archive a segment of the write-ahead log that failed, since statistics began", "SELECT failed_count FROM pg_stat_archiver"),
    "tianti_archive_stuck_seconds": ("Age of the last segment that was archived, when the last try failed; else 0", "SELECT coalesce((SELECT extract(epoch FROM clock_timestamp() - coalesce(last_archived_time, stats_reset)) FROM pg_stat_archiver WHERE last_failed_time > coalesce(last_archived_time, '-infinity')), 0)"),
    "tianti_database_connections": ("Connections to this database", "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"),
    "tianti_database_bytes": ("Size of this database", "SELECT pg_database_size(current_database())"),
}  # fmt: skip
"""Name → (help, one number). Rows wait for a seal near the end of the record: what is far behind is not read at each
scrape; whatever slipped in there is found by the nightly verification."""


def told_outside() -> float:
    """Seals that the file outside does not hold yet; 0 where none is kept."""
    last = AuditSeal.objects.order_by("-number").values_list("number", flat=True).first() or 0
    return last - last_told(Path(settings.AUDIT_SEAL_FILE))[0] if settings.AUDIT_SEAL_FILE else 0


def free_for_files() -> float:
    """The free part of the disk that private files lie on, 0 to 1."""
    disk = os.statvfs(settings.PRIVATE_ROOT)
    return disk.f_bavail / (disk.f_blocks or 1)


LOOKS: dict[str, tuple[str, Callable[[], float]]] = {
    "tianti_audit_outside_behind": ("Seals that the file outside the database does not hold", told_outside),
    "tianti_private_disk_free": ("Free part of the disk of the private files", free_for_files),
}


class FromTables:
    """A collector without memory."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        with transaction.atomic(), system_scope("metrics"), connection.cursor() as db:
            for name, (told, query) in QUERIES.items():
                db.execute(query)
                yield GaugeMetricFamily(name, told, value=float(db.fetchone()[0]))
            for name, (told, look) in LOOKS.items():
                try:
                    yield GaugeMetricFamily(name, told, value=look())
                except OSError:
                    yield GaugeMetricFamily(name, told)  # no value: the rules ask for its absence


def exposition() -> bytes:
    registry = CollectorRegistry()
    registry.register(FromTables())
    return bytes(generate_latest(registry))
