"""The identity platform is what the setting names: a slip of it stops the start and lets nobody in."""

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from enterprises import identity
from enterprises.permissions import is_verified
from enterprises.register import request_membership
from enterprises.verify import verify_by_platform
from foundation.accounts.principal import Principal
from foundation.refusals import Refused
from tests.factories import make_enterprise

HERE = __name__


class Platform:
    """A real adapter's shape."""

    name = "统一身份认证（测试）"
    says: object = True

    def confirms(self, *, username, credit_code, consent):
        if isinstance(self.says, Exception):
            raise self.says
        return self.says


class Nameless:
    def confirms(self, **_):
        return True


class Unmade:
    name = "做不出来"

    def __init__(self, address):
        self.address = address


@pytest.mark.parametrize(
    ("told", "demo"),
    [
        ("no.such.module.Adapter", False), ("enterprises.identity.Nobody", False), ("enterprises", False), ("enterprises.identity", True),
        (f"{HERE}.Nameless", False), (f"{HERE}.Unmade", False), ("enterprises.identity.LocalFake", False),
    ],
)  # fmt: skip
def test_a_bad_name_stops_the_start_and_verifies_nobody(settings, told, demo, db):
    settings.IDENTITY_ADAPTER, settings.DEMO = told, demo
    (error,) = identity.check_adapter()
    assert error.id == "enterprises.E002" and "IDENTITY_ADAPTER" in error.msg and "dotted path" in error.hint
    assert error in run_checks() and identity.adapter() is None
    with pytest.raises(SystemCheckError, match="IDENTITY_ADAPTER"):
        call_command("prepare", "--no-demo", skip_checks=False)


def test_the_fake_is_the_demonstrations_and_a_named_one_takes_its_place(settings):
    settings.IDENTITY_ADAPTER, settings.DEMO = "", False
    assert (identity.adapter(), identity.check_adapter()) == (None, [])
    settings.DEMO = True
    assert isinstance(identity.adapter(), identity.LocalFake)
    settings.IDENTITY_ADAPTER = "enterprises.identity.LocalFake"
    assert identity.check_adapter() == []
    settings.IDENTITY_ADAPTER, settings.DEMO = f"{HERE}.Platform", False
    assert (identity.check_adapter(), identity.adapter().name) == ([], "统一身份认证（测试）")


@pytest.mark.parametrize(
    ("says", "code"), [(True, ""), (False, "invalid"), ("no", "invalid"), (TimeoutError(), "unavailable")]
)
def test_only_a_plain_yes_of_the_platform_verifies(settings, monkeypatch, stranger, says, code):
    settings.IDENTITY_ADAPTER, settings.DEMO = f"{HERE}.Platform", False
    monkeypatch.setattr(Platform, "says", says)
    actor = Principal.of_user(stranger)
    membership = request_membership(stranger, make_enterprise(), actor=actor)
    if code:
        with pytest.raises(Refused) as refusal:
            verify_by_platform(membership, actor=actor, consent=True, role="owner")
        assert refusal.value.code == code
    else:
        verify_by_platform(membership, actor=actor, consent=True, role="owner")
    assert is_verified(Principal.of_user(stranger), membership.enterprise_id) is (code == "")
