"""A transaction that waits for something outside the database: a mail server, a process that opens a file."""

from django.db import connection


def may_stand_idle(seconds: int) -> None:
    """Until it ends, this transaction may stand idle so long, not the house's fifteen seconds; outside of one nothing changes."""
    if not connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('idle_in_transaction_session_timeout', %s, true)", [f"{seconds}s"])
