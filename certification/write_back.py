"""写回: what the form says of the firm itself is kept in its profile when whoever files says so, and is not asked again."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from certification.answers import clashes, number_in, open_to_change, wrong_with
from certification.filing import steps_of
from certification.form import all_fields
from certification.models import Application
from enterprises.facts import FEN, plain
from enterprises.models import Enterprise
from enterprises.profile import change_profile
from foundation.accounts.principal import Principal

COLUMNS = {
    "registered_on": "established_on",
    "registered_capital": "registered_capital",
    "legal_representative": "legal_representative",
    "contact_name": "contact_name",
    "contact_phone": "contact_phone",
    "contact_email": "contact_email",
    "address": "address",
    "industry_division": "industry_division",
    "industry_class": "industry_class",
    "main_product": "main_product",
}
"""Answer of the form → what `change_profile()` takes; of these the profile is the one place."""


@dataclass(frozen=True)
class News:
    """One answer that differs from the profile; `before` and `now` in words, `value` as the profile keeps it."""

    column: str
    label: str
    before: str
    now: str
    value: Any


def known_answers(enterprise: Enterprise) -> dict[str, Any]:
    """What the profile tells, as answers of the form: dates as ISO text, capital in 万元."""
    told = {
        name: getattr(enterprise, column)
        for name, column in COLUMNS.items()
        if column not in ("established_on", "registered_capital") and getattr(enterprise, column)
    }
    if enterprise.established_on:
        told["registered_on"] = enterprise.established_on.isoformat()
    if enterprise.registered_capital_fen is not None:
        told["registered_capital"] = plain(Decimal(enterprise.registered_capital_fen) / FEN)
    return told


def news(application: Application) -> list[News]:
    """Answers of this case that differ from the profile and could stand in it; what is wrong or locked is left out."""
    fields = all_fields(steps_of(application))
    known = known_answers(application.enterprise)
    skipped = {"industry_division", "industry_class"} if clashes(application.answers) else set()
    made = []
    for name in COLUMNS:
        raw = application.answers.get(name)
        if name in skipped or name not in open_to_change(application, fields) or raw in ("", None):
            continue
        if wrong_with(fields[name], raw):
            continue
        value = _as_kept(name, str(raw))
        now = _in_words(name, value)
        if now != str(known.get(name, "")):
            made.append(News(COLUMNS[name], fields[name].label, str(known.get(name, "")), now, value))
    return made


def _as_kept(name: str, raw: str) -> Any:
    if name == "registered_on":
        return date.fromisoformat(raw)
    if name == "registered_capital":
        return number_in(raw)
    if name in ("industry_division", "industry_class"):
        return re.findall("[0-9]+", raw)[0]
    return raw


def _in_words(name: str, value: Any) -> str:
    if name == "registered_on":
        return str(value.isoformat())
    return plain(value) if name == "registered_capital" else str(value)


def write_back(application: Application, *, actor: Principal) -> list[str]:
    """Keep the news in the profile and return the columns that changed. Refused as `change_profile()` refuses."""
    given: Mapping[str, Any] = {row.column: row.value for row in news(application)}
    return change_profile(application.enterprise, given, actor=actor) if given else []
