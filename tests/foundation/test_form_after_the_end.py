"""Whoever sends a form after the session ran out signs in and finds it again; nobody else does, and nothing is sent by itself."""

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from certification.models import Incident
from foundation import clock
from foundation.accounts import kept_form
from tests.conftest import PASSWORD, make_official
from tests.factories import make_enterprise
from tests.foundation.test_kept_form import TYPED, hidden
from tests.foundation.test_second_factor import code_of

ADDRESS = iter(f"203.0.113.{n}" for n in range(1, 250))


@pytest.fixture(autouse=True)
def times(settings):
    settings.IDLE_SECONDS, settings.MFA_REQUIRED = 1800, False


@pytest.fixture
def address(house):
    return f"/desk/rereviews/incidents/new/{make_enterprise('64/6401/640104').public_id}/"


@pytest.fixture
def writer(house):
    return make_official("writer", "64/6401/640104", "reviewer", second_factor=False)


def signs_in(user, tab=None):
    tab = tab or Client(REMOTE_ADDR=next(ADDRESS))
    return tab, tab.post("/accounts/login/", {"login": user.username, "password": PASSWORD})


def runs_out(tab, what="seen", seconds=1801):
    session = tab.session
    session[what] -= seconds
    session.save()


@pytest.fixture
def tab(writer, address):
    """A browser whose session began with a look at the form and was left alone since."""
    tab, _ = signs_in(writer)
    assert tab.get(address).status_code == 200
    runs_out(tab)
    return tab


def holds(tab):
    return kept_form.KEY in tab.session


def test_a_form_sent_after_the_session_ran_out_is_offered_to_the_same_person_and_sent_by_one_more_click(
    tab, writer, address
):
    answer = tab.post(address, TYPED)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/accounts/login/?next={address}")
    told = tab.get(answer.headers["Location"]).content.decode()
    assert "用同一账号登录后可以核对再提交" in told and TYPED["source"] not in told
    back = tab.post(answer.headers["Location"], {"login": writer.username, "password": PASSWORD})
    assert back.headers["Location"] == address and not Incident.objects.exists()
    offered = tab.get(address).content.decode()
    assert "登录已经超时" in offered and "第二道验证" not in offered and "不是您本人填写的，请不要提交" in offered
    assert hidden(offered) == TYPED and not Incident.objects.exists()
    assert tab.post(address, hidden(offered)).status_code == 302
    assert Incident.objects.get().facts == TYPED["facts"] and not holds(tab)


def test_the_twelve_hours_end_no_form_either(writer, address):
    tab, _ = signs_in(writer)
    tab.get(address)
    runs_out(tab, "began", 12 * 3600 + 1)
    tab.post(address, TYPED)
    signs_in(writer, tab)
    assert hidden(tab.get(address).content.decode()) == TYPED


def test_with_a_second_factor_it_waits_until_that_is_shown(tab, writer, address):
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(writer, secret)
    tab.post(address, TYPED)
    _, asked = signs_in(writer, tab)
    assert asked.headers["Location"].startswith("/accounts/2fa/authenticate/")
    assert tab.get(address).headers["Location"].startswith("/accounts/login/")
    tab.post(asked.headers["Location"], {"code": code_of(secret)})
    assert hidden(tab.get(address).content.decode()) == TYPED


def test_another_person_at_the_same_machine_sees_nothing_and_it_is_gone_for_everybody(tab, writer, address):
    other = make_official("other", "64/6401/640104", "reviewer", second_factor=False)
    tab.get(tab.post(address, TYPED).headers["Location"])
    assert holds(tab)
    signs_in(other, tab)
    assert not holds(tab)
    assert "还没有提交" not in tab.get(address).content.decode()
    tab.post("/accounts/logout/")
    signs_in(writer, tab)
    assert "还没有提交" not in tab.get(address).content.decode() and not Incident.objects.exists()


def test_whoever_signs_in_at_another_machine_is_offered_nothing(tab, writer, address):
    tab.post(address, TYPED)
    elsewhere, _ = signs_in(writer)
    assert "还没有提交" not in elsewhere.get(address).content.decode()


def test_a_visitor_is_never_shown_it(tab, address):
    tab.post(address, TYPED)
    for url in (address, "/", "/accounts/login/"):
        assert TYPED["source"] not in tab.get(url, follow=True).content.decode()
    assert tab.post(address, TYPED | {"facts": "别人写的（测试）"}).status_code == 302
    assert dict(tab.session[kept_form.KEY]["fields"])["facts"] == [TYPED["facts"]]


def test_it_is_kept_for_half_an_hour_and_so_is_the_session_that_holds_it(tab, writer, address):
    tab.post(address, TYPED)
    ends = Session.objects.get(session_key=tab.session.session_key).expire_date
    assert (ends - clock.now()).total_seconds() <= kept_form.SECONDS
    session = tab.session
    session[kept_form.KEY] = session[kept_form.KEY] | {"until": session[kept_form.KEY]["until"] - kept_form.SECONDS - 1}
    session.save()
    tab.get("/")
    assert not holds(tab)


def test_the_new_session_of_who_comes_back_lasts_as_long_as_any_other(tab, writer, address):
    tab.post(address, TYPED)
    signs_in(writer, tab)
    tab.get("/desk/")
    fresh, _ = signs_in(writer)
    assert tab.session.get_expiry_age() == fresh.session.get_expiry_age() > kept_form.SECONDS
    assert tab.session.get_expire_at_browser_close() == fresh.session.get_expire_at_browser_close() is True


def test_where_the_end_was_meant_nothing_is_kept(writer, address):
    for end in ("elsewhere", "signed out", "password", "closed"):
        tab, _ = signs_in(writer)
        tab.get(address)
        runs_out(tab)
        if end == "elsewhere":
            Session.objects.filter(session_key=tab.session.session_key).delete()
        elif end == "signed out":
            session = tab.session
            session["seen"] += 1801
            session.save()
            tab.post("/accounts/logout/")
        elif end == "password":
            writer.set_password(PASSWORD + "x")
            writer.save()
        else:
            type(writer).objects.filter(pk=writer.pk).update(is_active=False)
        assert tab.post(address, TYPED).status_code == 302 and not holds(tab), end
        writer.set_password(PASSWORD)
        writer.is_active = True
        writer.save()


def test_a_forged_form_and_one_sent_by_a_script_are_not_kept(tab, address):
    forger = Client(REMOTE_ADDR=next(ADDRESS), enforce_csrf_checks=True)
    forger.cookies = tab.cookies
    assert forger.post(address, TYPED).status_code == 403 and not holds(forger)


def test_what_a_script_sends_is_its_own_to_keep(tab, address):
    tab.post(address, TYPED, headers={"sec-fetch-mode": "cors"})
    assert not holds(tab)


def test_no_password_and_no_file_is_kept(tab, writer, address):
    tab.post(address, TYPED | {"file": SimpleUploadedFile("x.txt", b"x")})
    assert tab.session[kept_form.KEY]["has_files"]
    signs_in(writer, tab)
    offered = tab.get(address).content.decode()
    assert "附件没有保留" in offered and "核对无误，提交" not in offered


def test_a_form_with_a_password_is_not_kept(tab, address):
    tab.post(address, TYPED | {"password": "geheim-1"})
    assert not holds(tab)


def test_a_page_that_needs_no_sign_in_takes_the_form_as_ever(tab):
    assert tab.post("/accounts/login/", {"login": "nobody", "password": "x"}).status_code == 200
    assert not holds(tab)


def test_what_comes_back_is_judged_by_what_its_sender_may_do_now(tab, writer, address):
    tab.post(address, TYPED)
    writer.posts.all().delete()
    signs_in(writer, tab)
    offered = tab.get(address).content.decode()
    assert tab.post(address, hidden(offered)).status_code == 404 and not Incident.objects.exists()
