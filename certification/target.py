"""The year's targets: as published (100 / 50 / 1–3 a year, outcomes for 2027), and as the province divides them."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from django.db import transaction

from certification.models import Target
from certification.permissions import decides
from certification.tiers import Tier
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.exchange.announce import announce
from foundation.refusals import Missing, Problem, Refused
from foundation.regions.models import bodies
from foundation.regions.paths import PROVINCE

SOURCE = "《关于促进专精特新中小企业高质量发展的实施意见》引言（以官网原文为准）"
YEARS = (2025, 2026, 2027)


def load_targets() -> None:
    """Write the published targets that are not there yet; edited ones stay as they are."""
    for year in YEARS:
        for tier, low, high in (("innovative", 100, None), ("specialised", 50, None), ("little_giant", 1, 3)):
            Target.objects.get_or_create(
                year=year,
                region_path="64",
                tier=tier,
                measure="new_titles",
                defaults={"minimum": low, "maximum": high, "unit": "家", "source": SOURCE},
            )
    for tier, measure, value, exclusive, source in (
        ("specialised", "rd_share", Decimal(10), True, SOURCE),
        ("specialised", "digital_level_2", Decimal(80), False, SOURCE),
        ("little_giant", "trained_managers", Decimal(100), False, "实施意见（十三）：对“小巨人”企业实现全覆盖"),
    ):
        Target.objects.get_or_create(
            year=2027,
            region_path="64",
            tier=tier,
            measure=measure,
            defaults={"minimum": value, "is_exclusive": exclusive, "unit": "%", "source": source},
        )


NEW_TITLES = "new_titles"
MOST = Decimal(99_999)


def regions() -> dict[str, str]:
    """Where a target may stand: the province, and the bodies right below it. {path: name}"""
    return {path: body.short_name for path, body in bodies().items() if path.count("/") < 2}


def visible_targets(principal: Principal) -> list[Target]:
    """The province sees every target; a city its own and the published ones of the province."""
    rows = Target.objects.all()
    if principal.level != "province":
        rows = rows.filter(region_path__in=[PROVINCE, *principal.reach])
    return list(rows)


def read_target(given: Mapping[str, str]) -> Target:
    """A target as typed. Refused("invalid") names each field that cannot be; nothing is written."""
    problems: list[Problem] = []
    typed = {
        name: given.get(name, "").strip()
        for name in ("year", "region_path", "tier", "measure", "minimum", "maximum", "source")
    }
    year = int(typed["year"]) if typed["year"].isascii() and typed["year"].isdigit() and len(typed["year"]) == 4 else 0
    if not 2022 <= year <= 2099:
        problems.append(Problem("年度应在2022到2099之间", "year"))
    if typed["region_path"] not in regions():
        problems.append(Problem("请选择自治区、五市或者宁东", "region_path"))
    if typed["tier"] not in Tier.values:
        problems.append(Problem("请选择称号", "tier"))
    measure = typed["measure"] or NEW_TITLES
    if measure not in dict(Target._meta.get_field("measure").flatchoices):
        problems.append(Problem("请选择指标", "measure"))
    elif measure != NEW_TITLES and typed["region_path"] != PROVINCE:
        problems.append(Problem("这项指标只有自治区的目标", "measure", hint="分到各地的只有本年新增家数"))
    counted = measure == NEW_TITLES
    low, high = (_number(typed[name], name, counted, problems) for name in ("minimum", "maximum"))
    if not typed["minimum"]:
        problems.append(Problem("请填写目标", "minimum"))
    if low is not None and high is not None and high < low:
        problems.append(Problem("上限小于目标", "maximum", hint="目标是区间时填，例：1–3家，目标填1，上限填3"))
    if len(typed["source"]) < 4:
        problems.append(Problem("请写明依据", "source", hint="文件名、文号，或会议的名称和日期"))
    if problems or low is None:
        raise Refused("invalid", "目标没有保存。", problems)
    return Target(
        year=year, region_path=typed["region_path"], tier=typed["tier"], measure=measure, minimum=low, maximum=high,
        is_exclusive=bool(given.get("is_exclusive")) and not counted, unit="家" if counted else "%", source=typed["source"][:200],
    )  # fmt: skip


def _number(text: str, field: str, counted: bool, problems: list[Problem]) -> Decimal | None:
    if not text:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        problems.append(Problem(f"“{text[:20]}”不是数", field))
        return None
    if not value.is_finite() or value < 0 or value > (MOST if counted else 100):
        problems.append(Problem("家数应在0到99999之间" if counted else "占比应在0到100之间", field))
    elif value != value.quantize(Decimal(1) if counted else Decimal("0.01")):
        problems.append(Problem("家数是整数" if counted else "占比最多两位小数", field))
    else:
        return value
    return None


def set_target(given: Mapping[str, str], seen_version: int, *, actor: Principal) -> Target:
    """Write one target; the same year, region, tier and measure is the same row. Refused("already_moved") after a colleague."""
    if not decides(actor, None):
        raise Missing
    wanted = read_target(given)
    key = {name: getattr(wanted, name) for name in ("year", "region_path", "tier", "measure")}
    with transaction.atomic():
        row = Target.objects.select_for_update().filter(**key).first()
        if (row.version if row else 0) != seen_version:
            told = f"现在是{row.amount}" if row else "已经撤下"
            raise Refused("already_moved", f"同一项目标在您打开之后被改过，{told}。请看过再改。")
        before = row.amount if row else "没有"
        if row is None:
            row = wanted
        else:
            for name in ("minimum", "maximum", "is_exclusive", "unit", "source"):
                setattr(row, name, getattr(wanted, name))
            row.version += 1
        row.save()
        detail = {"what": describe(row), "before": before, "after": row.amount}
        record("target.set", row, actor=actor, detail=detail, reason=row.source)
        announce("target", row, op="update" if seen_version else "create", fields=["minimum", "maximum", "source"])
    return row


def remove_target(target: Target, seen_version: int, reason: str, *, actor: Principal) -> None:
    """Take back what was divided by mistake; the province's own targets are published and only change."""
    if not decides(actor, None):
        raise Missing
    if target.region_path == PROVINCE:
        raise Refused("invalid", "自治区的目标不能撤下，可以修改。", [Problem("自治区的目标不能撤下", "reason")])
    if len(reason.strip()) < 2:
        raise Refused("invalid", "目标没有撤下。", [Problem("请写明原因", "reason")])
    with transaction.atomic():
        row = Target.objects.select_for_update().filter(pk=target.pk, version=seen_version).first()
        if row is None:
            raise Refused("already_moved", "这项目标在您打开之后被改过。请看过再撤。")
        detail = {"what": describe(row), "before": row.amount}
        record("target.remove", row, actor=actor, detail=detail, reason=reason.strip()[:200])
        announce("target", row, op="delete")
        row.delete()


def describe(target: Target) -> str:
    """2026年银川市专精特新中小企业本年新增, as a phrase of a sentence."""
    where = bodies()[target.region_path].short_name
    return f"{target.year}年{where}{target.get_tier_display()}{target.get_measure_display()}"
