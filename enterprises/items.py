"""Things an enterprise has one by one: add, change, remove, or say that there are none."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from enterprises.facts import LISTS, NONE_OF
from enterprises.models import (
    Award,
    Contest,
    Enterprise,
    Financing,
    Honour,
    IntellectualProperty,
    ManagementCertificate,
    RdInstitution,
    Source,
    Statement,
)
from enterprises.permissions import may_edit
from enterprises.words import CHOICES
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.exchange.announce import announce
from foundation.refusals import Missing, Problem, Refused


@dataclass(frozen=True)
class Listing:
    """One kind of thing. `dates` must not lie in the future; `none` is how to say that there are none."""

    code: str
    label: str
    model: Any
    dates: tuple[str, ...]
    none: str


LISTINGS = {
    listing.code: listing
    for listing in (
        Listing("intellectual_property", "知识产权", IntellectualProperty, ("applied_on", "granted_on", "transferred_on"), "没有知识产权"),
        Listing("awards", "科技奖励", Award, ("certified_on",), "近三年没有获得科技奖励"),
        Listing("maker_contest", "“创客中国”名单", Contest, ("announced_on",), "没有进入过名单"),
        Listing("honours", "荣誉", Honour, (), "没有下列荣誉"),
        Listing("financing", "股权融资", Financing, ("paid_on",), "近三年没有合格机构投资者的新增股权融资"),
        Listing("rd_institutions", "研发机构", RdInstitution, ("approved_on",), "没有建立研发机构"),
        Listing("certificates", "管理体系与产品认证", ManagementCertificate, (), "没有取得认证"),
    )
}  # fmt: skip
KEYS = {fact: keys for fact, _, keys in LISTS}


def listing_named(code: str) -> Listing:
    if code not in LISTINGS:
        raise Missing
    return LISTINGS[code]


def keep(enterprise: Enterprise, code: str, values: Mapping[str, Any], *, actor: Principal, public_id: str = "") -> Any:
    """Add one, or change the one of this public id. Refused("invalid") with problems at the fields."""
    listing = listing_named(code)
    if not may_edit(actor, enterprise.pk):
        raise Missing
    found = problems(listing, values)
    if found:
        raise Refused("invalid", "有几处需要更正，已填的都还在。", found)
    with transaction.atomic():
        if public_id:
            item = _own(enterprise, listing, public_id)
            for name, value in values.items():
                setattr(item, name, value)
            item.seen_at = clock.now()
            item.save()
            act = "enterprise.item_change"
        else:
            item = listing.model.objects.create(
                enterprise=enterprise, source=Source.SELF, seen_at=clock.now(), **values
            )
            act = "enterprise.item_add"
        _note(enterprise, listing, item, act, actor)
    return item


def remove(enterprise: Enterprise, code: str, public_id: str, *, actor: Principal) -> None:
    """What the enterprise itself entered it may take away again; the record keeps what it was."""
    listing = listing_named(code)
    if not may_edit(actor, enterprise.pk):
        raise Missing
    with transaction.atomic():
        item = _own(enterprise, listing, public_id)
        _note(enterprise, listing, item, "enterprise.item_remove", actor)
        item.delete()


def declare_none(enterprise: Enterprise, code: str, *, actor: Principal, none: bool = True) -> None:
    """Say that there is nothing to list: then "none" is known, else it would be unknown. Items win over the statement."""
    listing = listing_named(code)
    if not may_edit(actor, enterprise.pk):
        raise Missing
    known = none_of(enterprise)
    wanted = known | {code} if none else known - {code}
    if wanted == known:
        return
    with transaction.atomic():
        Statement.objects.create(
            enterprise=enterprise, name=NONE_OF, value=sorted(wanted), seen_at=clock.now(), by_id=actor.user_id
        )
        words = f"{listing.label}：{listing.none}" if none else f"{listing.label}：收回“{listing.none}”"
        record("enterprise.facts", enterprise, actor=actor, detail={"names": words}, audience="applicant")
        announce("enterprise", enterprise, fields=[code])


def none_of(enterprise: Enterprise) -> set[str]:
    stated = Statement.objects.filter(enterprise=enterprise, name=NONE_OF).order_by("-id").first()
    return set(stated.value) if stated else set()


def problems(listing: Listing, values: Mapping[str, Any]) -> list[Problem]:
    """What cannot be: future dates, a grant before its application, a transfer without its day."""
    found = []
    today = clock.today()
    for name in listing.dates:
        day = values.get(name)
        if day is not None and day > today:
            label = listing.model._meta.get_field(name).verbose_name
            found.append(Problem(f"{label}不会晚于今天", name, hint="请核对证书上的日期"))
    if listing.code == "intellectual_property":
        found += _rights_problems(values)
    return found


def _rights_problems(values: Mapping[str, Any]) -> list[Problem]:
    found = []
    applied, granted = values.get("applied_on"), values.get("granted_on")
    transferred = values.get("transferred_on")
    if applied and granted and granted < applied:
        found.append(Problem("授权日早于申请日", "granted_on", hint="请核对证书上的两个日期"))
    if values.get("acquired") == "transferred" and transferred is None:
        why = "受让取得的要填受让日"
        found.append(Problem(why, "transferred_on", "63号文附件4：转让未满1年的不计", "以登记手续合格通知书的日期为准"))
    if values.get("acquired") == "self" and transferred is not None:
        found.append(Problem("原始取得的不填受让日", "transferred_on", hint="受让取得的请改“取得方式”"))
    if values.get("product_income_fen") and values.get("is_implemented") is False:
        found.append(Problem("没有实施就不会有产业化收入", "is_implemented", hint="请核对是否已实施"))
    return found


def plain_items(value: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Items in the shape of the vocabulary: ISO dates, unknown keys left out."""
    return [
        {k: v.isoformat() if isinstance(v, date) else v for k, v in item.items() if v is not None} for item in value
    ]


def replace_list(
    enterprise: Enterprise, fact: str, value: Sequence[Mapping[str, Any]], *, source: str, seen_at: datetime
) -> None:
    """Make a list say `value`: rows that already say so keep their titles and evidence, others go, new ones come."""
    model, keys = LISTINGS[fact].model, KEYS[fact]
    wanted = Counter(_mark(item, keys) for item in value)
    for row in model.objects.filter(enterprise=enterprise, source=source).order_by("id"):
        mark = _mark({key: getattr(row, key) for key in keys}, keys)
        if wanted[mark] > 0:
            wanted[mark] -= 1
        else:
            row.delete()
    made = []
    for item in value:
        mark = _mark(item, keys)
        if wanted[mark] > 0:
            wanted[mark] -= 1
            columns = {k: v for k, v in item.items() if v is not None}
            made.append(model(enterprise=enterprise, source=source, seen_at=seen_at, **_titled(model, columns)))
    model.objects.bulk_create(made)
    if not value:
        declared = set(none_of(enterprise)) | {fact}
        Statement.objects.create(
            enterprise=enterprise, name=NONE_OF, value=sorted(declared), source=source, seen_at=seen_at
        )


def _mark(item: Mapping[str, Any], keys: Sequence[str]) -> str:
    return repr([None if item.get(key) in (None, "") else str(item[key]) for key in keys])


def _titled(model: Any, columns: dict[str, Any]) -> dict[str, Any]:
    """A row needs a name to be spoken of; until somebody gives it one, its kind serves."""
    if model is IntellectualProperty:
        return {"title": CHOICES["kind"].get(columns.get("kind"), "知识产权")} | columns
    if model is Award:
        return {"title": CHOICES["level"].get(columns.get("level"), "") + "科技奖励"} | columns
    return columns


def _own(enterprise: Enterprise, listing: Listing, public_id: str) -> Any:
    """What another source said is not the enterprise's to change."""
    item = listing.model.objects.filter(enterprise=enterprise, public_id=public_id, source=Source.SELF).first()
    if item is None:
        raise Missing
    return item


def _note(enterprise: Enterprise, listing: Listing, item: Any, act: str, actor: Principal) -> None:
    detail = {"list": listing.label, "item": str(item)}
    record(act, enterprise, actor=actor, detail=detail, audience="applicant")
    announce("enterprise", enterprise, fields=[listing.code])
