"""Carry the numbers of a self-check into one's own data sheet: kept in the visitor's session until they sign in."""

from typing import Any

from django.http import HttpRequest

from enterprises import report
from enterprises.models import Enterprise
from foundation import clock
from foundation.accounts.principal import Principal

KEY = "self_check"


def keep(request: HttpRequest, typed: dict[str, Any]) -> int:
    """Remember what was filled; returns how many answers. The session is the visitor's own and ends with the browser."""
    filled = {name: value for name, value in typed.items() if value not in ("", None, [])}
    request.session[KEY] = filled
    return len(filled)


def waiting(request: HttpRequest) -> int:
    return len(request.session.get(KEY, {}))


def bring_in(request: HttpRequest, enterprise: Enterprise, *, actor: Principal) -> list[str]:
    """Report the kept numbers as self-reported facts and forget them. Refused as `report()` refuses; then they stay."""
    changed = report.report(enterprise, request.session.get(KEY, {}), actor=actor, on=clock.today())
    request.session.pop(KEY, None)
    return changed


def drop(request: HttpRequest) -> None:
    request.session.pop(KEY, None)
