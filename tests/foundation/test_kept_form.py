"""Who is stopped for the second factor loses nothing that was typed, and nothing is sent without one more click."""

import re
from html import unescape

import pytest
from allauth.mfa.totp.internal import auth as totp
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

import enterprises.forms  # noqa: F401  (so that its forms are known)
from certification.models import Incident
from foundation.accounts import kept_form
from tests.conftest import PASSWORD, make_official
from tests.factories import make_enterprise
from tests.foundation.test_second_factor import ASKED, code_of

ADDRESS = iter(f"198.51.100.{n}" for n in range(1, 250))
TYPED = {
    "kind": "safety", "happened_on": "2026-03-02", "source": "某市应急管理局（测试）", "document": "批复 测试1号",
    "facts": "第一行\n<b>第二行</b>：较大事故（测试）",
}  # fmt: skip
FORM = {"kind", "happened_on", "source", "document", "facts"}


@pytest.fixture
def firm(house):
    return make_enterprise("64/6401/640104")


@pytest.fixture
def address(firm):
    return f"/desk/rereviews/incidents/new/{firm.public_id}/"


@pytest.fixture
def bare(house):
    return make_official("bare", "64/6401/640104", "reviewer", second_factor=False)


@pytest.fixture
def stopped(bare):
    """A browser that knows only the password, of an account that has a factor by now; and the factor's secret."""
    page = Client(REMOTE_ADDR=next(ADDRESS))
    page.post("/accounts/login/", {"login": bare.username, "password": PASSWORD})
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(bare, secret)
    return page, secret


def shows(page, secret, answer):
    """The factor, at the address to which the form was sent away; returns the page to which that leads."""
    assert answer.status_code == 302 and answer.headers["Location"].startswith(ASKED)
    back = page.post(answer.headers["Location"], {"code": code_of(secret)})
    return page.get(back.headers["Location"])


def hidden(content):
    fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', content)
    return {name: unescape(value) for name, value in fields if name in FORM}


def test_a_form_sent_without_the_factor_is_offered_again_as_it_was_typed_and_sent_by_one_more_click(stopped, address):
    page, secret = stopped
    offered = shows(page, secret, page.post(address, TYPED))
    content = offered.content.decode()
    assert offered.status_code == 200 and "不会自动提交" in content
    assert "&lt;b&gt;第二行&lt;/b&gt;" in content and "<b>第二行" not in content
    assert hidden(content) == TYPED and not Incident.objects.exists()
    assert offered.headers["Cache-Control"] == "no-store"
    assert page.post(address, hidden(content)).status_code == 302
    assert Incident.objects.get().facts == TYPED["facts"]
    assert "不会自动提交" not in page.get(address).content.decode()


def test_nothing_is_sent_by_showing_the_factor_or_by_looking_again_and_whoever_declines_goes_back_to_the_page(
    stopped, address
):
    page, secret = stopped
    shows(page, secret, page.post(address, TYPED, headers={"referer": f"http://testserver{address}?from=1"}))
    assert "不会自动提交" in page.get(address).content.decode()
    declined = page.post(address, {"kept_form": "drop"})
    assert declined.headers["Location"] == f"http://testserver{address}?from=1"
    assert "不会自动提交" not in page.get(address).content.decode() and not Incident.objects.exists()


def test_a_page_of_another_house_is_not_gone_back_to(stopped, address):
    page, secret = stopped
    shows(page, secret, page.post(address, TYPED, headers={"referer": "http://example.org/desk/"}))
    assert page.post(address, {"kept_form": "drop"}).headers["Location"] == "/"


def test_what_is_sent_again_is_judged_like_any_other_and_comes_back_with_its_gaps(stopped, address):
    page, secret = stopped
    offered = shows(page, secret, page.post(address, TYPED | {"document": ""}))
    answer = page.post(address, hidden(offered.content.decode()))
    assert answer.status_code == 422 and "某市应急管理局（测试）" in answer.content.decode()


def test_it_is_kept_for_half_an_hour(stopped, address, monkeypatch):
    page, secret = stopped
    answer = page.post(address, TYPED)
    now = kept_form.time.time()
    monkeypatch.setattr(kept_form.time, "time", lambda: now + kept_form.SECONDS + 1)
    session = page.session
    assert session[kept_form.KEY]["until"] < kept_form.time.time()
    monkeypatch.undo()
    session[kept_form.KEY] = session[kept_form.KEY] | {"until": int(now) - 1}
    session.save()
    assert "不会自动提交" not in shows(page, secret, answer).content.decode()
    assert kept_form.KEY not in page.session


def test_it_belongs_to_who_typed_it(stopped, address):
    page, secret = stopped
    answer = page.post(address, TYPED)
    session = page.session
    session[kept_form.KEY] = session[kept_form.KEY] | {"user": 0}
    session.save()
    assert "不会自动提交" not in shows(page, secret, answer).content.decode()


@pytest.mark.parametrize(
    "more", [{"new_password": "geheim-1"}, {"again": "geheim-1"}, {"code": "123456"}, {"token": "t"}, {"confirmed": "eA=="},
             {"facts": "长" * (kept_form.MOST + 1)}],
)  # fmt: skip
def test_a_form_with_a_password_a_code_or_a_carried_file_and_one_too_long_is_not_kept_at_all(stopped, address, more):
    page, _ = stopped
    page.post(address, TYPED | more)
    assert kept_form.KEY not in page.session


def every_form(known=forms.BaseForm):
    for form in known.__subclasses__():
        yield form
        yield from every_form(form)


def test_whatever_a_form_of_the_house_hides_from_the_screen_is_secret_here():
    asked = {
        name
        for form in every_form()
        if not form.__module__.startswith(("django.", "allauth."))
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field.widget, forms.PasswordInput)
    }
    assert asked >= {"password", "again"} and [name for name in asked if not kept_form._is_secret(name)] == []


def test_a_credit_code_is_shown_and_the_number_of_a_thing_is_not(stopped, address):
    page, secret = stopped
    shown = shows(
        page, secret, page.post(address, TYPED | {"source": "91640100MA0000001K", "document": "abcdefgh23456789"})
    )
    listed = shown.content.decode().partition("<ul")[2].partition("</ul>")[0]
    assert "91640100MA0000001K" in listed and "abcdefgh23456789" not in listed


def test_no_file_is_kept_and_a_text_beside_a_file_may_be_copied(stopped, address):
    page, secret = stopped
    answer = page.post(address, TYPED | {"file": SimpleUploadedFile("x.txt", b"x")})
    kept = page.session[kept_form.KEY]
    assert {name for name, _ in kept["fields"]} == FORM and kept["has_files"]
    content = shows(page, secret, answer).content.decode()
    assert "附件没有保留" in content and "核对无误，提交" not in content and "某市应急管理局（测试）" in content


@pytest.mark.parametrize("where", ["/accounts/password/change/", "/api/v1/incidents/"])
def test_where_people_prove_who_they_are_and_machines_talk_nothing_is_kept(stopped, where):
    page, _ = stopped
    page.post(where, TYPED)
    assert kept_form.KEY not in page.session


def test_a_forged_form_and_one_sent_by_a_script_are_not_kept(stopped, address, bare):
    page, _ = stopped
    page.post(address, TYPED, headers={"sec-fetch-mode": "cors"})
    assert kept_form.KEY not in page.session
    forger = Client(REMOTE_ADDR=next(ADDRESS), enforce_csrf_checks=True)
    forger.cookies = page.cookies
    assert forger.post(address, TYPED).status_code == 302
    assert kept_form.KEY not in page.session


def test_a_session_that_has_shown_its_factor_meets_none_of_this(county, signed_in, address):
    page = signed_in(county)
    assert page.post(address, TYPED).status_code == 302
    assert kept_form.KEY not in page.session and Incident.objects.count() == 1
