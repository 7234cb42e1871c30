"""Every number on the overview comes from one function here or in outcomes.py, with its definition beside it."""

from collections import Counter, defaultdict
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, When

from certification.models import Certificate, Target, running
from certification.tiers import Tier
from foundation import clock
from foundation.regions.models import bodies
from foundation.regions.paths import ancestors

DEFINITIONS = {
    "new_titles": "本年新增：公告日期在本年的新称号数，复核换证不计，含导入的存量。",
    "pace": "按天数应到：年度目标 × 已过天数 ÷ 全年天数。",
    "rd_share": "户均研发占比：有效期内专精特新中小企业，上年度研发费用 ÷ 营业收入；两种口径并列，待裁定。来源不一致的，依次取政府数据、审计报告、国家平台、企业填报。",
    "digital_level_2": "数字化二级及以上占比：分母为有效期内专精特新中小企业；已测评的另列。测评等级在有新的测评以前一直算。",
    "patents": "专利实施率：有效期内专精特新中小企业的有效专利，已实施的 ÷ 填写了是否实施的；产业化率：有产业化产品收入的 ÷ 填写了是否实施的。实施意见只要求显著提升，没有数值。",
    "trained_managers": "经营管理人才培训覆盖：培训记录尚未接入，列为缺数据。",
    "valid": "有效期内：今天在起止日之间、状态为有效的称号数。",
}


def new_titles_of(year: int) -> Counter[tuple[str, str]]:
    """{(tier, path): titles announced in the year there or below}; a renewal is not a new title. One query."""
    told: Counter[tuple[str, str]] = Counter()
    rows = Certificate.objects.filter(announced_on__year=year).exclude(application__case_type="renewal").order_by()
    for tier, path, many in rows.values_list("tier", "region_path").annotate(many=Count("id")):
        for place in ancestors(path):
            told[tier, place] += many
    return told


def target_line(target: Target, counts: Counter[tuple[str, str]]) -> dict[str, Any]:
    """One target with what was reached; `counts` are new_titles_of() its year."""
    done = counts[target.tier, target.region_path]
    top = target.maximum or target.minimum
    return {
        "target": target, "tier": target.tier, "done": done, "top": top, "pace": pace(target),
        "short": max(Decimal(0), target.minimum - done),
        "words": f"{target.minimum:.0f}" + (f"–{target.maximum:.0f}" if target.maximum else ""),
    }  # fmt: skip


def pace(target: Target) -> Decimal:
    """Where the count would stand if the year ran evenly; seasons of windows are not modelled yet."""
    today = clock.today()
    if target.year != today.year:
        return target.minimum if target.year < today.year else Decimal(0)
    return (target.minimum * today.timetuple().tm_yday / 365).quantize(Decimal(1))


def by_city(year: int) -> list[dict[str, Any]]:
    """Valid titles, this year's and what was set for them, by city and 宁东, per tier: {path, name, cells: [(tier, valid, new, target | None)]}."""
    set_for = {
        (target.region_path, target.tier): target for target in Target.objects.filter(year=year, measure="new_titles")
    }
    today = clock.today()
    table: dict[str, dict[str, Any]] = defaultdict(lambda: {"valid": defaultdict(int), "new": defaultdict(int)})
    rows = Certificate.objects.annotate(runs=Case(When(running(today), then=True), default=False)).values_list(
        "region_path", "tier", "runs", "announced_on", "application__case_type"
    )
    for path, tier, runs, announced, case_type in rows:
        city = "/".join(path.split("/")[:2])
        if runs:
            table[city]["valid"][tier] += 1
        if announced.year == year and case_type != "renewal":
            table[city]["new"][tier] += 1
    places = bodies()
    return [
        {
            "path": path, "name": places[path].short_name,
            "cells": [(tier, table[path]["valid"][tier], table[path]["new"][tier], set_for.get((path, tier))) for tier in Tier.values],
        }
        for path in places
        if path.count("/") == 1
    ]  # fmt: skip
