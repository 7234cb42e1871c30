"""A database that goes away in the middle of a request is told as such, and not as the visitor's mistake."""

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.exceptions import BadRequest
from django.db import IntegrityError, InterfaceError, OperationalError
from django.test import RequestFactory

from portal.overload import not_understood


def interrupted(why: Exception) -> SessionInterrupted:
    """As the session's middleware raises it after its row could not be written."""
    try:
        try:
            try:
                raise why
            except Exception:
                raise UpdateError  # noqa: B904
        except UpdateError:
            raise SessionInterrupted("deleted before the request completed")  # noqa: B904
    except SessionInterrupted as error:
        return error


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (interrupted(OperationalError("terminating connection")), 503),
        (interrupted(InterfaceError("connection already closed")), 503),
        (interrupted(IntegrityError("signed out meanwhile")), 400),
        (BadRequest("half a form"), 400),
    ],
    ids=["shot", "closed", "signed out", "half a form"],
)
def test_a_session_that_could_not_be_written_because_the_database_went_away_is_a_503(error, status):
    answer = not_understood(RequestFactory().get("/desk/"), error)
    assert answer.status_code == status
    assert answer.headers.get("Retry-After") == ("3" if status == 503 else None)
