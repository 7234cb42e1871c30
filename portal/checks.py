"""System checks that refuse a bad deployment, each with an id and a hint.

A *role that walks through walls* is a database role to which PostgreSQL applies no row-level security: a superuser, or one
with BYPASSRLS. Every query of the portal would see every firm, and nothing would look broken.
"""

from collections.abc import Sequence
from typing import Any

from django.core.checks import Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from portal import patience

WAIT = 5
"""Seconds in which the database answers the question at the start, or counts as away."""
RIGHTS = "SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
MEND = (
    "Make a role and a database for the portal, as a superuser of that server: "
    "CREATE ROLE tianti LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD '…'; "
    "CREATE DATABASE tianti OWNER tianti ENCODING 'UTF8' TEMPLATE template0; "
    "then name both in DATABASE_URL. A database that is filled already: docs/operations.md, The database's role."
)


def rights_of(connection: BaseDatabaseWrapper) -> tuple[str, bool, bool]:
    """The role that this connection acts as, whether it is a superuser, and whether it has BYPASSRLS."""
    with connection.cursor() as cursor:
        cursor.execute(RIGHTS)
        name, superuser, bypass = cursor.fetchone()
    return name, superuser, bypass


def check_role_of(connection: BaseDatabaseWrapper) -> list[Error]:
    name, superuser, bypass = rights_of(connection)
    if not (superuser or bypass):
        return []
    what = "is a superuser" if superuser else "has BYPASSRLS"
    words = (
        f'The database role "{name}" that DATABASE_URL names {what}: PostgreSQL applies no row-level security to it, '
        "so a query that forgot to ask would show every firm to everybody."
    )
    return [Error(words, hint=MEND, id="portal.E001")]


@register(Tags.database)
def check_role(databases: Sequence[str] | None = None, **_: Any) -> list[Error]:
    """Asked by `prepare`, `migrate` and `check --database default`; Django names no database to the other commands."""
    return [found for alias in databases or () for found in check_role_of(connections[alias])]


def refuse_to_serve() -> None:
    """The start of web, worker and beat: `prepare` may have run with another role. A database that is away is told by /readyz."""
    connection = connections[DEFAULT_DB_ALIAS]
    try:
        with patience.at_most(WAIT):
            found = check_role_of(connection)
    except DatabaseError:
        return
    finally:
        # The workers are forked after this: none may inherit the connection.
        connection.close()
    if found:
        raise ImproperlyConfigured(f"{found[0].msg} {found[0].hint}")
