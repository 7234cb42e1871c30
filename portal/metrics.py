"""What an operator watches, read from the tables at the moment of asking: the same from whichever process answers."""

from collections.abc import Iterator

from django.db import connection, transaction
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily

from foundation.accounts.scope import system_scope

QUERIES = {
    "tianti_ledger_waiting": ("Work items due and not done", "SELECT count(*) FROM ledger_workitem WHERE state = 'todo' AND due_at <= clock_timestamp()"),
    "tianti_ledger_oldest_seconds": ("Age of the oldest due work item", "SELECT coalesce(extract(epoch FROM clock_timestamp() - min(due_at)), 0) FROM ledger_workitem WHERE state = 'todo' AND due_at <= clock_timestamp()"),
    "tianti_ledger_quarantined": ("Work items set aside after three tries", "SELECT count(*) FROM ledger_workitem WHERE state = 'quarantined'"),
    "tianti_audit_unsealed_seconds": ("Age of the oldest audit row that is not sealed", "SELECT coalesce(extract(epoch FROM clock_timestamp() - min(e.at)), 0) FROM audit_auditevent e WHERE e.txid >= (SELECT coalesce(max(horizon), 0) FROM audit_auditseal)"),
    "tianti_audit_seals": ("Seals of the audit record", "SELECT count(*) FROM audit_auditseal"),
    "tianti_files_pending": ("Files that wait for the virus scanner", "SELECT count(*) FROM enterprises_evidence WHERE scan_state = 'pending'"),
    "tianti_sessions": ("Sessions that have not ended", "SELECT count(*) FROM django_session WHERE expire_date > clock_timestamp()"),
    "tianti_database_connections": ("Connections to this database", "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"),
    "tianti_database_bytes": ("Size of this database", "SELECT pg_database_size(current_database())"),
}  # fmt: skip
"""Name → (help, one number)."""


class FromTables:
    """A collector without memory."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        with transaction.atomic(), system_scope("metrics"), connection.cursor() as db:
            for name, (told, query) in QUERIES.items():
                db.execute(query)
                yield GaugeMetricFamily(name, told, value=float(db.fetchone()[0]))


def exposition() -> bytes:
    registry = CollectorRegistry()
    registry.register(FromTables())
    return bytes(generate_latest(registry))
