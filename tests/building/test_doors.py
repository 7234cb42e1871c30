"""No address is open by accident: each has a guard, or a scope, or stands in the list of named exceptions."""

import pytest
from django.http import HttpResponse

from portal.api.permissions import DenyAll, HasScope, Public
from tests.building.addresses import LIBRARY, Address, addresses, is_exempt

OPEN_API = {"api:schema", "api:problem", "api:elsewhere", "api:me"}


def unguarded(found: list[Address]) -> list[str]:
    return [a.route for a in found if not (a.guard or a.is_api or is_exempt(a))]


def test_every_address_has_a_guard_or_a_named_reason():
    assert unguarded(addresses()) == []


def test_the_check_can_fail():
    naked = Address("new:page", "new/", lambda request: HttpResponse())
    assert unguarded([*addresses(), naked]) == ["new/"]


def test_every_named_exception_is_used():
    names = [a.name for a in addresses()]
    assert [prefix for prefix in LIBRARY if not any(name.startswith(prefix) for name in names)] == []


@pytest.mark.parametrize("address", [a for a in addresses() if a.is_api], ids=lambda a: a.name)
def test_every_resource_asks_for_a_scope_that_exists(address, settings):
    view = address.view.cls
    if address.name in OPEN_API:
        assert all(issubclass(p, Public) for p in view.permission_classes)
    else:
        assert view.permission_classes == [HasScope]
        known = settings.OAUTH2_PROVIDER["SCOPES"]
        assert view.scope in known and (not view.write_scope or view.write_scope in known)


def test_a_resource_that_forgets_to_say_who_may_is_closed(settings):
    assert settings.REST_FRAMEWORK["DEFAULT_PERMISSION_CLASSES"] == ["portal.api.permissions.DenyAll"]
    assert DenyAll().has_permission(None, None) is False


def test_names_and_routes_are_unique():
    found = [a for a in addresses() if a.name]
    assert len({a.name for a in found}) == len(found)
    assert len({a.route for a in found}) == len(found)
