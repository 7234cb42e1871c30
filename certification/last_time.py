"""What the firm has said before: a new form starts from it, a re-review is compared with what was filed last time."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import F, Q
from django.utils import timezone

from certification.form_fields import FormField
from certification.models import Application, Certificate, MajorChange, Submission
from certification.tiers import WORDS
from enterprises.models import AnnualReport, Enterprise
from enterprises.words import cn
from enterprises.yearly import fact_named
from foundation import clock

ANEW = ("truth", "compliance", "signed_by", "helper")
"""Declarations and signatures are of this time; nobody's name is signed by a copy."""


def last_filed(
    enterprise_id: int, tier: str, but: int | None = None, before: datetime | None = None
) -> Submission | None:
    """The last version of the application on which the title rests; `before` keeps a printed form what it was."""
    rows = Submission.objects.filter(
        application__enterprise_id=enterprise_id, application__tier=tier, application__state__in=["granted", "national_granted"]
    )  # fmt: skip
    if before is not None:
        rows = rows.filter(submitted_at__lt=before)
    return rows.exclude(application_id=but).order_by("-submitted_at", "-number").first()


def carried_over(enterprise: Enterprise, fields_of: Callable[[], Mapping[str, FormField]]) -> dict[str, Any]:
    """Answers of the firm's own applications, of any tier and state, to the questions of this form; the newest wins.

    Facts and figures come from the data sheet, where a year is its own year; what is said of one year or signed is said
    anew.
    """
    newest_last = Application.objects.filter(enterprise=enterprise).order_by(F("saved_at").asc(nulls_first=True), "pk")
    told: dict[str, Any] = {}
    for answers in newest_last.values_list("answers", flat=True):
        told |= {name: value for name, value in answers.items() if value not in ("", None, [])}
    if not told:
        return {}
    fields = fields_of()
    return {
        name: value
        for name, value in told.items()
        if name in fields and name not in ANEW and fact_named(name) is None and not fields[name].is_of_year
    }


def not_looked_at(application: Application, fields: Mapping[str, FormField]) -> dict[str, Any]:
    """Answers that were brought in when the draft was begun and that nobody has confirmed by saving their step.

    `field_versions` knows every answer that somebody wrote or confirmed here.
    """
    return {
        name: value
        for name, value in application.answers.items()
        if application.state == "draft"
        and name in fields
        and name not in application.field_versions
        and value not in ("", None, [])
    }


def _update_words(row: AnnualReport, end: datetime) -> str:
    """The year, and where it was made on which day, as known at that moment."""
    days = []
    if row.confirmed_at is not None and row.confirmed_at <= end:
        days.append(cn(timezone.localtime(row.confirmed_at).date()))
    if row.platform_on is not None and row.platform_noted_at is not None and row.platform_noted_at <= end:
        days.append(f"国家平台{cn(row.platform_on)}{row.platform_reference and '，编号' + row.platform_reference}")
    return f"{row.year}年度（{'；'.join(days)}）"


def record_of(application: Application, until: datetime | None = None) -> list[tuple[str, str]]:
    """What the form of a re-review adds: the title so far, the yearly updates in it, the major changes in it."""
    end = until or clock.now()
    held = Certificate.objects.filter(
        enterprise_id=application.enterprise_id, tier=application.tier, valid_from__lte=timezone.localtime(end).date()
    )
    act = WORDS[application.tier].made_known
    title = held.exclude(application_id=application.pk).order_by("-valid_from").first()
    if title is None:
        return [(f"上次{act}", "系统里没有记录，请附证书")]
    made = [
        (f"上次{act}批次", title.batch or "—"),
        ("公告文号和编号", f"{title.document_number or '—'}　{title.number}"),
        ("有效期", f"{cn(title.valid_from)}至{cn(title.valid_until)}"),
    ]
    here = Q(confirmed_at__date__gte=title.valid_from, confirmed_at__lte=end)
    there = Q(platform_on__gte=title.valid_from, platform_noted_at__lte=end)
    updates = AnnualReport.objects.filter(here | there, enterprise_id=application.enterprise_id)
    done = [_update_words(row, end) for row in updates.order_by("year")]
    made.append(("年度更新记录", "、".join(done) or "没有记录"))
    changes = MajorChange.objects.filter(
        enterprise_id=application.enterprise_id, happened_on__gte=title.valid_from, created_at__lte=end
    )
    told = []
    for c in changes.exclude(state="withdrawn").order_by("happened_on"):
        reported = f"{cn(c.reported_on)}报告" if c.reported_on else "没有报告"
        told.append(f"{c.kind_words}（{cn(c.happened_on)}发生，{reported}）")
    made.append(("有效期内重大变化", "、".join(told) or "没有报告过"))
    return made
