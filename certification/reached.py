"""How far the new applications of a year have come; each later step is part of the one before."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from certification.models import Application, Opinion

STEPS = {
    "started": "开始填报", "filed": "提交", "past_county": "过了县（区）一环", "at_province": "到自治区",
    "posted": "列入公示", "granted": "公告",
}  # fmt: skip


def of_year(rows: QuerySet[Application], year: int) -> QuerySet[Application]:
    """New applications under the calls of the year."""
    return rows.filter(case_type="new", call__year=year)


def reached(rows: QuerySet[Application], step: str) -> QuerySet[Application]:
    """Those of `rows` that have come as far as `step`, a key of STEPS."""
    if step == "started":
        return rows
    rows = rows.exclude(submitted_at=None)
    recommended = Opinion.objects.filter(application=OuterRef("pk"), conclusion="recommend")
    if step == "past_county":
        never_there = Q(call__route="province") | Q(call__route="city", region_path__regex="/.+/")
        return rows.filter(Q(Exists(recommended.filter(stage="screening"))) | never_there)
    if step == "at_province":
        came = rows.filter(Q(Exists(recommended)) | Q(call__route="province"))
        return came.exclude(state__in=["screening", "city_review"])
    if step == "posted":
        return rows.filter(state__in=["posted", "decided", "granted"])
    return rows.filter(state="granted") if step == "granted" else rows
