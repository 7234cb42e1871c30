"""年度更新: the yearly update as a difference. Unchanged is one click; what was confirmed may be changed until the window shuts."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from certification.agenda import update_window
from certification.obligations import Obligation
from enterprises import report
from enterprises.difference import Group, difference
from enterprises.freshness import overtaken
from enterprises.models import AnnualReport, Enterprise
from enterprises.permissions import is_verified, may_edit, parts_of
from enterprises.words import cn
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.exchange.announce import announce
from foundation.refusals import Missing, Problem, Refused


def report_of(enterprise: Enterprise, day: date | None = None) -> AnnualReport | None:
    """This year's update, about the year before, as far as it was begun."""
    on = day or clock.today()
    return (
        AnnualReport.objects.filter(enterprise=enterprise, year=on.year - 1)
        .select_related("confirmed_by", "platform_paper")
        .first()
    )


def is_shut(row: AnnualReport | None, window: Obligation | None, day: date) -> bool:
    """A confirmed update is closed after the later day; one that was never confirmed is taken in late all the same."""
    return row is not None and row.confirmed_at is not None and window is not None and day > window.latest


def save(enterprise: Enterprise, given: Mapping[str, str], *, seen: str, actor: Principal) -> list[str]:
    """Keep the figures of the boxes. Refused("invalid") at the box, "stale" when a colleague was faster, "window_closed"."""
    _open(enterprise, actor)
    on = clock.today()
    boxes = {line.name for group in difference(enterprise, on) for line in group.asked}
    kept = {name: value for name, value in given.items() if name in boxes}
    stale = overtaken(enterprise, seen, kept, actor=actor, on=on)
    if stale:
        raise Refused("stale", "您填写的同时，同事保存了新的数。两边都在下面，请核对。", stale)
    return report.report(enterprise, kept, actor=actor, on=on)


def confirm_group(enterprise: Enterprise, code: str, *, actor: Principal) -> AnnualReport:
    """One part is as it was, or as it stands now."""
    refuse_who_may_not_confirm(enterprise, actor)
    group = next((g for g in difference(enterprise, clock.today()) if g.code == code), None)
    if group is None:
        raise Missing
    _nothing_missing([group])
    with transaction.atomic():
        row = locked_report(enterprise, clock.today().year - 1)
        row.groups = row.groups | {code: _tick(actor, group)}
        row.save(update_fields=["groups"])
        detail = {"year": row.year, "group": group.title}
        record("annual_update.same", enterprise, actor=actor, detail=detail, audience="applicant")
    return row


def confirm_all(enterprise: Enterprise, *, actor: Principal, platform_reference: str = "") -> AnnualReport:
    """The whole update: every part confirmed as it stands, kept line by line with its hash. The first day stays the day."""
    refuse_who_may_not_confirm(enterprise, actor)
    groups = difference(enterprise, clock.today())
    _nothing_missing(groups)
    told = [
        {"group": g.code, "name": x.name, "label": x.label, "before": x.before, "now": x.now, "way": x.way}
        for g in groups
        for x in g.lines
    ]
    digest = hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
    moment = clock.now()
    with transaction.atomic():
        row = locked_report(enterprise, clock.today().year - 1)
        row.groups = {g.code: row.groups.get(g.code) or _tick(actor, g) for g in groups}
        row.told, row.content_hash, row.changed_at = told, digest, moment
        row.platform_reference = platform_reference.strip()[:40] or row.platform_reference
        if row.confirmed_at is None:
            row.confirmed_at, row.confirmed_by_id = moment, actor.user_id
        row.save()
        detail = {"year": row.year, "hash": digest[:12]}
        record("annual_update.confirm", enterprise, actor=actor, detail=detail, audience="applicant")
        announce("enterprise", enterprise, fields=["annual_update"])
    return row


def locked_report(enterprise: Enterprise, year: int) -> AnnualReport:
    """The locked row; two colleagues at the same moment make one."""
    try:
        with transaction.atomic():
            AnnualReport.objects.get_or_create(enterprise=enterprise, year=year)
    except IntegrityError:
        pass
    return AnnualReport.objects.select_for_update().get(enterprise=enterprise, year=year)


def _tick(actor: Principal, group: Group) -> dict[str, Any]:
    return {"at": clock.now().isoformat(), "by": actor.name, "same": not group.news}


def _open(enterprise: Enterprise, actor: Principal) -> None:
    if not actor.is_member or not may_edit(actor, enterprise.pk):
        raise Missing
    day = clock.today()
    window = update_window(enterprise, day)
    if is_shut(report_of(enterprise, day), window, day) and window is not None:
        raise Refused(
            "window_closed", f"{day.year - 1}年度的更新已经完成，{cn(window.latest)}以后不能再改。数据底表仍可以改，明年更新时会比对。"
        )  # fmt: skip


def refuse_who_may_not_confirm(enterprise: Enterprise, actor: Principal) -> None:
    """Only a verified person who answers for the whole of the firm's data says that a year is done."""
    _open(enterprise, actor)
    if not is_verified(actor, enterprise.pk):
        raise Refused("unverified", "您与企业的关系还没有核实，可以填，暂时不能确认。请先完成身份核实。")
    if parts_of(actor, enterprise.pk) is not None:
        raise Refused("forbidden", "您只负责一部分，请由负责全部的同事或法定代表人确认。")


def _nothing_missing(groups: list[Group]) -> None:
    problems = [
        Problem(
            f"{line.label}：请填写今年的数", line.name, hint=f"上年是 {line.before}" if line.before else "金额单位万元"
        )
        for group in groups
        for line in group.missing
    ]
    if problems:
        raise Refused("invalid", "有几个数上年填过，今年还没有填。", problems)
