"""The second factor is asked of the session: whoever knows only the password stays outside, also where a door was open before."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.db import transaction
from django.test import Client

from foundation.accounts.models import User
from foundation.audit.models import AuditEvent
from tests.conftest import PASSWORD, make_official
from tests.factories import make_enterprise, make_member

ASKED = "/accounts/2fa/reauthenticate/"
ADDRESS = iter(f"192.0.2.{n}" for n in range(1, 250))


def code_of(secret):
    return totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))


def browser():
    return Client(REMOTE_ADDR=next(ADDRESS))


def signs_in(user):
    page = browser()
    page.post("/accounts/login/", {"login": user.username, "password": PASSWORD})
    return page


def sets_up(page):
    """Through the pages, as a person does it; returns the secret."""
    page.post("/accounts/reauthenticate/?next=/accounts/2fa/totp/activate/", {"password": PASSWORD})
    page.get("/accounts/2fa/totp/activate/")
    secret = page.session["mfa.totp.secret"]
    assert page.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)}).status_code == 302
    return secret


@pytest.fixture
def bare(house):
    return make_official("bare", "64/6401/640104", "reviewer", second_factor=False)


def is_inside(page, address="/desk/"):
    return page.get(address).status_code == 200


@pytest.fixture
def commits(monkeypatch):
    """A test's transaction never ends; what waits for its end is done at once, within the request as on a server."""
    monkeypatch.setattr(transaction, "on_commit", lambda act, *_, **__: act())


def test_setting_a_factor_up_ends_every_other_session_and_not_one_s_own(bare, commits):
    there, here = signs_in(bare), signs_in(bare)
    sets_up(here)
    assert is_inside(here)
    assert there.get("/desk/").headers["Location"].startswith("/accounts/login/")
    told = AuditEvent.objects.filter(act="user.sessions_end").values_list("sentence", flat=True)
    assert list(told) == ["bare结束了自己在其他设备上的 1 个登录"]


def test_a_session_that_knows_only_the_password_is_asked_even_when_it_was_not_ended(bare):
    """As after a power cut between the commit and the ending, or for one that was signing in at that moment."""
    there = signs_in(bare)
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(bare, secret)
    answer = there.get("/desk/?page=2")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{ASKED}?next=%2Fdesk%2F%3Fpage%3D2")
    for address in ("/accounts/2fa/totp/deactivate/", "/accounts/password/change/", "/accounts/sessions/"):
        assert there.get(address).headers["Location"].startswith(ASKED)
    assert there.post("/accounts/2fa/totp/deactivate/").headers["Location"] == f"{ASKED}?next=%2F"
    assert there.post("/accounts/reauthenticate/", {"password": PASSWORD}).headers["Location"].startswith(ASKED)
    assert Authenticator.objects.filter(user=bare).exists()
    back = there.post(f"{ASKED}?next=/desk/", {"code": code_of(secret)})
    assert (back.status_code, back.headers["Location"]) == (302, "/desk/")
    assert is_inside(there)


def test_whoever_cannot_show_it_may_still_sign_out(bare):
    there = signs_in(bare)
    totp.TOTP.activate(bare, totp.generate_totp_secret())
    assert there.post("/accounts/logout/").status_code == 302
    assert there.get("/desk/").headers["Location"].startswith("/accounts/login/")


def test_who_lost_the_device_comes_in_with_a_recovery_code(bare):
    totp.TOTP.activate(bare, totp.generate_totp_secret())
    code = RecoveryCodes.activate(bare).get_unused_codes()[0]
    page = signs_in(bare)
    assert not is_inside(page)
    page.post("/accounts/2fa/authenticate/", {"code": code})
    assert is_inside(page)


def test_a_member_who_chose_a_second_factor_is_asked_like_an_official_and_who_did_not_is_not(house):
    member = make_member(make_enterprise())
    here, there = signs_in(member), signs_in(member)
    assert is_inside(here, "/my/facts/") and is_inside(there, "/my/facts/")
    totp.TOTP.activate(member, totp.generate_totp_secret())
    assert there.get("/my/facts/").headers["Location"].startswith(ASKED)
    Authenticator.objects.filter(user=member).delete()
    assert is_inside(there, "/my/facts/")


def test_what_one_person_has_shown_opens_nothing_for_another(house, bare):
    other = make_official("other", "64/6401/640104", "reviewer")
    page = signs_in(bare)
    session = page.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp"}]
    session["account_authentication_methods_user"] = str(User.objects.get(username="bare").pk)
    session.save()
    page.force_login(other, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert page.get("/desk/").headers["Location"].startswith(ASKED)
