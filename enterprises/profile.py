"""The enterprise's own particulars: whom to call, what it makes. Name, code and place are not changed here."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F

from enterprises.facts import FEN
from enterprises.models import Enterprise
from enterprises.permissions import may_edit
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.exchange.announce import announce
from foundation.refusals import Missing, Problem, Refused

OPEN = (
    "legal_representative", "established_on", "main_product", "industry_division", "industry_class", "contact_name",
    "contact_phone", "contact_email", "address", "zjtx_reference", "registered_capital_fen",
)  # fmt: skip


def change_profile(enterprise: Enterprise, given: Mapping[str, Any], *, actor: Principal) -> list[str]:
    """Write what changed and return the column names. `registered_capital` is in 万元."""
    if not may_edit(actor, enterprise.pk):
        raise Missing
    values = dict(given)
    if "registered_capital" in values:
        capital = values.pop("registered_capital")
        values["registered_capital_fen"] = None if capital is None else int(capital * FEN)
    found = _problems(values)
    if found:
        raise Refused("invalid", "有几处需要更正，已填的都还在。", found)
    current = Enterprise.objects.get(pk=enterprise.pk)
    changed = [name for name in OPEN if name in values and getattr(current, name) != values[name]]
    if not changed:
        return []
    with transaction.atomic():
        Enterprise.objects.filter(pk=enterprise.pk).update(
            version=F("version") + 1, **{name: values[name] for name in changed}
        )
        enterprise.refresh_from_db()
        labels = "、".join(str(Enterprise._meta.get_field(name).verbose_name) for name in changed)
        record("enterprise.profile", enterprise, actor=actor, detail={"names": labels}, audience="applicant")
        announce("enterprise", enterprise, fields=changed)
    return changed


def _problems(values: Mapping[str, Any]) -> list[Problem]:
    found = []
    if values.get("established_on") and values["established_on"] > clock.today():
        found.append(Problem("成立日期不会晚于今天", "established_on", hint="以营业执照为准"))
    division, fine = values.get("industry_division", ""), values.get("industry_class", "")
    for name, text, length in (("industry_division", division, 2), ("industry_class", fine, 4)):
        if text and not (text.isdigit() and len(text) == length):
            found.append(Problem(f"应为 {length} 位数字", name, "GB/T 4754-2017", "例：34、3451"))
    if division and fine and not fine.startswith(division):
        found.append(Problem("小类不属于所填的大类", "industry_class", "GB/T 4754-2017", f"{division} 开头的 4 位数字"))
    return found
