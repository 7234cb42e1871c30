"""The second wall: row-level security. Set with SET LOCAL semantics inside a transaction, so a pooled connection
never carries one person's sight to the next; nothing set means nothing seen.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.migrations.operations import RunSQL
from psycopg2.extensions import TRANSACTION_STATUS_INERROR

from foundation.accounts.principal import Principal
from foundation.regions.paths import path_range

VARIABLES = ("app.lo", "app.hi", "app.enterprises", "app.person", "app.actor")


Sight = tuple[str, str, str, str, str]


def sight_of(principal: Principal) -> Sight:
    """(lowest path, upper bound, enterprise ids as a PostgreSQL array literal, the person's own key or empty, who it is).

    Who it is, "client:yinchuan", is for rows that belong to one principal and to no region: see exchange 0004.
    """
    low, high = path_range(principal.reach[0]) if principal.reach else ("", "")
    firms = "{" + ",".join(str(pk) for pk in sorted(principal.enterprise_ids)) + "}"
    return low, high, firms, str(principal.user_id or ""), f"{principal.kind}:{principal.actor_id}"


@contextmanager
def scoped(principal: Principal) -> Iterator[None]:
    """Everything inside sees what `principal` may see. RuntimeError outside a transaction."""
    if not connection.in_atomic_block:
        raise RuntimeError("scoped() needs a transaction: SET LOCAL outside one does nothing")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(current_setting('app.lo', true), ''), coalesce(current_setting('app.hi', true), ''),"
            " coalesce(nullif(current_setting('app.enterprises', true), ''), '{}'),"
            " coalesce(current_setting('app.person', true), ''), coalesce(current_setting('app.actor', true), '')"
        )
        before = cursor.fetchone()
        _set(cursor, sight_of(principal))
    try:
        yield
    finally:
        if not is_broken():
            with connection.cursor() as cursor:
                _set(cursor, before)


def is_broken() -> bool:
    """The transaction takes no further statement: another would only hide what went wrong, and the sight goes with it."""
    line = connection.connection
    return (
        connection.needs_rollback
        or line is None
        or bool(line.closed)
        or line.get_transaction_status() == TRANSACTION_STATUS_INERROR
    )


def _set(cursor: object, sight: Sight) -> None:
    cursor.execute(  # type: ignore[attr-defined]
        "SELECT set_config('app.lo', %s, true), set_config('app.hi', %s, true),"
        " set_config('app.enterprises', %s, true), set_config('app.person', %s, true), set_config('app.actor', %s, true)",
        sight,
    )


@contextmanager
def system_scope(why: str) -> Iterator[Principal]:
    """A transaction of the house itself, for commands and tasks; `why` is recorded as the actor."""
    principal = Principal.system(why)
    with transaction.atomic(), scoped(principal):
        yield principal


def rls_operation(table: str, path: str = "region_path", enterprise: str = "enterprise_id") -> RunSQL:
    """A migration step: rows are seen by offices whose reach covers them and by the enterprise's own people.

    Pass enterprise="" for rows that belong to no enterprise, path="" for rows without a region of their own.
    """
    tests = []
    if path:
        tests.append(
            f"({path} >= nullif(current_setting('app.lo', true), '')"
            f" AND {path} < nullif(current_setting('app.hi', true), ''))"
        )
    if enterprise:
        tests.append(
            f"{enterprise} = ANY (coalesce(nullif(current_setting('app.enterprises', true), ''), '{{}}')::bigint[])"
        )
    return rls_by(table, " OR ".join(tests))


def rls_through_enterprise(table: str) -> RunSQL:
    """A migration step for what belongs to an enterprise: seen by whoever may see the enterprise itself."""
    return rls_by(table, f'EXISTS (SELECT 1 FROM enterprises_enterprise e WHERE e.id = "{table}".enterprise_id)')  # nosec B608


def rls_by(table: str, rule: str) -> RunSQL:
    """A migration step: only rows for which `rule` holds are seen, and written."""
    return RunSQL(
        sql=[
            f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
            f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY',
            f'CREATE POLICY in_sight ON "{table}" USING ({rule}) WITH CHECK ({rule})',
        ],
        reverse_sql=[
            f'DROP POLICY IF EXISTS in_sight ON "{table}"',
            f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY',
            f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY',
        ],
    )
