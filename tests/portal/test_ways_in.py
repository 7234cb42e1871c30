"""Signing in, changing a password, forms, probes: what the libraries promise, held to their word."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from foundation import clock
from foundation.staff import posts as staff
from tests.conftest import PASSWORD, make_official
from tests.factories import make_enterprise, make_member

LONG = "Nine Birds 一百 " * 9 + "at the very end 7"
PAGES = ("/accounts/login/", "/join/", "/accounts/password/change/")


@pytest.mark.parametrize("there", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
def test_nobody_lands_elsewhere_after_signing_in(stranger, there):
    answer = Client().post(f"/accounts/login/?next={there}", {"login": "stranger", "password": PASSWORD, "next": there})
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/") and not answer.headers["Location"].startswith("//")


def test_a_new_password_needs_the_old_one(stranger, signed_in):
    form = {"oldpassword": "not-this-one-at-all", "password1": LONG, "password2": LONG}
    page = signed_in(stranger)
    page.post("/accounts/password/change/", form)
    stranger.refresh_from_db()
    assert stranger.check_password(PASSWORD)
    page.post("/accounts/password/change/", form | {"oldpassword": PASSWORD})
    stranger.refresh_from_db()
    assert stranger.check_password(LONG)


def test_a_long_password_counts_to_its_last_sign(stranger):
    assert len(LONG) > 100
    stranger.set_password(LONG)
    stranger.save()
    assert Client().post("/accounts/login/", {"login": "stranger", "password": LONG[:-1]}).status_code == 200
    assert Client().post("/accounts/login/", {"login": "stranger", "password": LONG.lower()}).status_code == 200
    assert Client().post("/accounts/login/", {"login": "stranger", "password": LONG}).status_code == 302


@pytest.mark.parametrize("page", PAGES)
def test_a_password_is_typed_unseen_and_may_be_pasted(stranger, signed_in, page):
    client = signed_in(stranger) if "change" in page else Client()
    html = client.get(page).content.decode()
    fields = re.findall(r"<input[^>]*name=\"(?:[a-z]*password[12]?|again)\"[^>]*>", html)
    assert fields and all('type="password"' in field for field in fields)
    assert "onpaste" not in html and 'autocomplete="off"' not in "".join(fields)


@pytest.mark.parametrize("address", ["/accounts/login/", "/join/", "/my/facts/profile/", "/my/colleagues/"])
def test_a_form_without_its_token_is_refused(house, address):
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_member(make_enterprise()), backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = client.post(address, {"name": "x"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "<h1>没有提交成功</h1>" in page and "什么都没有改动" in page
    assert [word for word in ("CSRF", "DEBUG", "Forbidden") if word in page] == []


def test_a_new_password_by_link_does_not_pass_by_the_second_factor(house):
    user = make_official("half", "64/6401/640104", "reviewer")
    client = Client()
    form = client.get(staff.first_sign_in(user), follow=True)
    client.post(form.request["PATH_INFO"], {"password1": LONG, "password2": LONG})
    user.refresh_from_db()
    assert user.check_password(LONG)
    assert client.get("/desk/").headers["Location"].startswith("/accounts/login/")
    answer = client.post("/accounts/login/", {"login": "half", "password": LONG})
    assert answer.headers["Location"].startswith("/accounts/2fa/authenticate/")
    assert client.get("/desk/").headers["Location"].startswith("/accounts/login/")


def test_the_second_factor_is_changed_only_after_proving_the_first_again(house):
    make_official("late", "64/6401/640104", "reviewer", second_factor=False)
    client = Client()
    client.post("/accounts/login/", {"login": "late", "password": PASSWORD})
    session = client.session
    for proof in session["account_authentication_methods"]:
        proof["at"] -= 3600
    session.save()
    assert client.get("/accounts/2fa/totp/activate/").headers["Location"].startswith("/accounts/reauthenticate/")


def test_a_page_that_breaks_tells_nothing_of_why_and_the_log_tells_all(county, signed_in, monkeypatch, caplog):
    def broken(*args, **kwargs):
        raise ZeroDivisionError("canary-of-the-inside")

    client = signed_in(county)
    client.raise_request_exception = False
    monkeypatch.setattr("enterprises.views.sheet.render", broken)
    answer = client.get(reverse("enterprises:enterprise", args=[make_enterprise("64/6401/640104").public_id]))
    assert answer.status_code == 500
    assert (
        b"canary" not in answer.content and b"Traceback" not in answer.content and b"enterprises." not in answer.content
    )
    assert "canary-of-the-inside" in caplog.text


def test_a_token_in_the_address_is_not_read(house, world):
    told = next(iter(world.clients.values()))
    form = {"grant_type": "client_credentials", "client_id": told["client_id"], "client_secret": told["client_secret"]}
    token = Client().post("/oauth/token", form).json()["access_token"]
    assert Client().get(f"/api/v1/me?access_token={token}").status_code in (401, 403)
    assert Client().get("/api/v1/me", headers={"Authorization": f"Bearer {token}"}).status_code == 200
    assert Client().get("/api/v1/me", headers={"Authorization": f"Bearer {token[:-1]}x"}).status_code == 401


@pytest.mark.parametrize(
    ("policy", "password", "taken_by_an_official"),
    [
        ("djbh3", "quiet-rivers-flow-north", False),
        ("djbh3", "Quiet-rivers-flow-north", True),
        ("asvs", "quiet-rivers-flow-north", True),
        ("asvs", "Short-1", False),
    ],
)
def test_officials_mix_signs_as_the_law_asks_and_others_need_not(
    house, stranger, settings, policy, password, taken_by_an_official
):
    settings.AUTH_POLICY = policy

    def takes(user):
        try:
            validate_password(password, user)
        except ValidationError:
            return False
        return True

    assert takes(make_official("mixer", "64/6401/640104", "reviewer")) is taken_by_an_official
    assert takes(stranger) is (len(password) >= 12)


@pytest.mark.parametrize(("policy", "days", "sent"), [("djbh3", 91, True), ("djbh3", 89, False), ("asvs", 400, False)])
def test_an_old_password_of_an_official_is_changed_before_anything_else(
    county, signed_in, settings, policy, days, sent
):
    settings.AUTH_POLICY, settings.DEMO, settings.PASSWORD_DAYS = policy, False, 90
    type(county).objects.filter(pk=county.pk).update(password_changed_at=clock.now() - timedelta(days=days))
    answer = signed_in(county).get("/desk/")
    assert (answer.status_code == 302 and answer.headers["Location"] == "/accounts/password/change/") is sent
