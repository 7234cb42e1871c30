"""A role that row-level security does not bind is refused before anything is made or served."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import OperationalError, connection

from portal import checks


@pytest.fixture
def superuser(db):
    """The server's own first role, on a connection beside the portal's."""
    other = connection.copy()
    other.settings_dict = connection.settings_dict | {"USER": "postgres"}
    try:
        other.ensure_connection()
    except OperationalError:
        pytest.skip("the superuser of this server does not let us in")
    yield other
    other.close()


def test_the_role_that_we_make_passes(db, monkeypatch):
    monkeypatch.setattr(connection, "close", lambda: None)  # the test lives in its transaction
    assert checks.check_role_of(connection) == [] == checks.check_role(databases=["default"])
    checks.refuse_to_serve()


def test_a_superuser_is_refused_with_what_why_and_how_to_mend(superuser):
    (found,) = checks.check_role_of(superuser)
    assert found.id == "portal.E001"
    assert '"postgres"' in found.msg and "is a superuser" in found.msg and "row-level security" in found.msg
    assert "CREATE ROLE tianti LOGIN NOSUPERUSER NOBYPASSRLS" in found.hint and "DATABASE_URL" in found.hint


def test_a_role_with_bypassrls_is_refused_though_it_is_no_superuser(superuser):
    superuser.set_autocommit(False)
    with superuser.cursor() as do:
        do.execute("CREATE ROLE walks_through NOSUPERUSER BYPASSRLS")
        do.execute("SET LOCAL ROLE walks_through")
    (found,) = checks.check_role_of(superuser)
    assert '"walks_through"' in found.msg and "has BYPASSRLS" in found.msg
    superuser.rollback()


def test_prepare_and_the_web_tier_refuse_a_role_that_walks_through_walls(db, monkeypatch):
    monkeypatch.setattr(checks, "rights_of", lambda connection: ("postgres", True, False))
    monkeypatch.setattr(connection, "close", lambda: None)
    with pytest.raises(SystemCheckError, match="CREATE ROLE tianti"):
        call_command("prepare", "--no-demo", skip_checks=False)
    with pytest.raises(ImproperlyConfigured, match="CREATE ROLE tianti"):
        checks.refuse_to_serve()


def test_a_database_that_is_away_keeps_the_web_tier_from_nothing(db, monkeypatch):
    def away(connection):
        raise OperationalError("nobody listens")

    monkeypatch.setattr(checks, "rights_of", away)
    monkeypatch.setattr(connection, "close", lambda: None)
    checks.refuse_to_serve()
