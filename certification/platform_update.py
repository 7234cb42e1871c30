"""已在国家平台更新: an update that was made where the text asks for it is recorded here, and is not asked for again.

The firm says so with the day and a number or a picture; the platform's own list, brought in by an office, says it for
many (platform_list.py) and counts for more. An office takes back what proves to be wrong, with a reason.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from certification.change import people_of
from certification.obligation_rules import book
from certification.permissions import takes_in_words
from certification.update import locked_report, refuse_who_may_not_confirm
from enterprises.attach import attach
from enterprises.models import AnnualReport, Enterprise
from enterprises.queries import visible_to
from enterprises.words import cn
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.exchange.announce import announce
from foundation.mailroom.models import Topic
from foundation.mailroom.posting import send
from foundation.refusals import Missing, Problem, Refused

SHORTEST = 4
LONGEST = 40


def note(enterprise: Enterprise, given: Mapping[str, Any], *, actor: Principal, upload: Any = None) -> AnnualReport:
    """The firm's own word for this year. Refused("invalid") with a problem per field, ("conflict") where a list has said it."""
    refuse_who_may_not_confirm(enterprise, actor)
    year = clock.today().year - 1
    on, reference = clock.as_day(given.get("platform_on")), str(given.get("platform_number") or "").strip()
    problems = day_problems(on, year)
    if not reference and upload is None:
        problems.append(
            Problem("请填写国家平台编号，或附一张显示更新日期的截图", "platform_number", hint="两样有一样就可以")
        )
    if len(reference) > LONGEST:
        problems.append(Problem(f"编号最多{LONGEST}个字", "platform_number"))
    if problems or on is None:
        raise Refused("invalid", f"还没有登记：有 {len(problems)} 处要改。", problems)
    with transaction.atomic():
        row = locked_report(enterprise, year)
        if row.platform_source == "list" and row.platform_on is not None:
            raise Refused("conflict", f"国家平台的名单已经登记贵公司{cn(row.platform_on)}更新，不需要再登记。")
        paper = attach(enterprise, upload, kind="other", title="国家平台更新截图", actor=actor) if upload else None
        keep(row, on, reference or row.platform_reference, "firm", actor)
        if paper is not None:
            AnnualReport.objects.filter(pk=row.pk).update(platform_paper=paper)
        detail = {"year": year, "day": cn(on)}
        record("annual_update.platform", enterprise, actor=actor, detail=detail, audience="applicant")
    row.refresh_from_db()
    return row


def keep(row: AnnualReport, on: date, reference: str, source: str, actor: Principal) -> None:
    """Write it into the locked row, and tell the feed."""
    AnnualReport.objects.filter(pk=row.pk).update(
        platform_on=on, platform_reference=reference, platform_source=source, platform_noted_at=clock.now(),
        platform_noted_by_id=actor.user_id, platform_office=actor.office_name,
    )  # fmt: skip
    announce("enterprise", row.enterprise, fields=["annual_update"])


def day_problems(on: date | None, year: int, field: str = "platform_on") -> list[Problem]:
    """The update about `year` is made in the year after it, and not tomorrow."""
    if on is None:
        return [Problem("请填写在国家平台更新的日期", field, hint="以国家平台显示的提交日期为准")]
    if on > clock.today():
        return [Problem("更新日期不能晚于今天", field)]
    if on.year != year + 1:
        return [Problem(f"{year}年度的信息在{year + 1}年更新，这个日期不在{year + 1}年", field, hint="请核对年份")]
    return []


def strike(enterprise: Enterprise, year: int, reason: str, *, actor: Principal) -> AnnualReport:
    """An office has looked and found none on the platform: the update is owed again, and the firm is told why."""
    if not takes_in_words(actor, enterprise):
        raise Missing
    if len(reason.strip()) < SHORTEST:
        raise Refused("invalid", "没有撤销。", [Problem("请写明怎样核对、为什么撤销，企业会看到", "reason")])
    with transaction.atomic():
        row = AnnualReport.objects.select_for_update().filter(enterprise=enterprise, year=year).first()
        if row is None or row.platform_on is None:
            raise Missing
        was = row.platform_on
        AnnualReport.objects.filter(pk=row.pk).update(
            platform_on=None, platform_source="", platform_noted_at=None, platform_noted_by=None, platform_office="",
            platform_paper=None,
        )  # fmt: skip
        record(
            "annual_update.strike", enterprise, actor=actor, reason=reason.strip()[:2000], audience="applicant",
            detail={"office": actor.office_name, "year": year, "day": cn(was)},
        )  # fmt: skip
        announce("enterprise", enterprise, fields=["annual_update"])
        row.refresh_from_db()
        if row.done_on is None:
            send(
                people_of(row), subject=f"{year}{book().rule('annual_update').label}：国家平台上没有查到", topic=Topic.DUE,
                about=enterprise, url="/my/update/", what_to_do="在国家平台更新后重新登记，或在这里更新",
                body=f"{actor.office_name}核对：{reason.strip()}\n登记的更新日期{cn(was)}已撤销，年度更新仍要办理。",
            )  # fmt: skip
    return row


def noted(principal: Principal) -> QuerySet[AnnualReport]:
    """Updates of this year and the last that are said to be made on the platform, of firms in sight; the firm's own word first."""
    rows = AnnualReport.objects.filter(platform_on__isnull=False, year__gte=clock.today().year - 2)
    rows = rows.filter(enterprise__in=visible_to(principal)).select_related("enterprise", "platform_paper")
    return rows.defer("told", "groups").order_by("platform_source", "-platform_on", "id")
