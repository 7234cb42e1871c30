"""The year's targets as published: 100 / 50 / 1–3 a year, and the outcomes promised for 2027."""

from decimal import Decimal

from certification.models import Target

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
