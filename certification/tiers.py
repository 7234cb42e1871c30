"""The four steps of the ladder and what the law calls each act on them. A leaf: words only."""

from dataclasses import dataclass

from django.db import models

from foundation.regions.paths import PROVINCE


class Tier(models.TextChoices):
    INNOVATIVE = "innovative", "创新型中小企业"
    SPECIALISED = "specialised", "专精特新中小企业"
    LITTLE_GIANT = "little_giant", "专精特新“小巨人”企业"
    CHAMPION = "champion", "制造业单项冠军企业"


class CaseType(models.TextChoices):
    NEW = "new", "新申请"
    RENEWAL = "renewal", "复核"


@dataclass(frozen=True)
class TierWords:
    """创新型 is evaluated and announced (评价、公告); the upper tiers are recognised (认定)."""

    short: str
    act: str
    form: str
    decided_by: str
    prefix: str

    @property
    def made_known(self) -> str:
        """What a list or a former title is called by: 公告 where the tier is evaluated, else 认定."""
        return "公告" if self.act == "评价" else self.act


WORDS: dict[str, TierWords] = {
    Tier.INNOVATIVE: TierWords("创新型", "评价", "创新型中小企业自评表", "自治区工业和信息化厅", "CX"),
    Tier.SPECIALISED: TierWords("专精特新", "认定", "专精特新中小企业申请书", "自治区工业和信息化厅", "ZJTX"),
    Tier.LITTLE_GIANT: TierWords("小巨人", "认定", "专精特新“小巨人”企业申请书", "工业和信息化部", "XJR"),
    Tier.CHAMPION: TierWords("单项冠军", "认定", "制造业单项冠军企业申请书", "工业和信息化部", "DXGJ"),
}

PROVINCIAL = (Tier.INNOVATIVE, Tier.SPECIALISED)
NATIONAL = (Tier.LITTLE_GIANT, Tier.CHAMPION)
ORDER = {tier: place for place, tier in enumerate(Tier.values)}
VALID_YEARS = 3
"""Every step of the ladder is held for as long (facts.md §7)."""


def is_national(tier: str) -> bool:
    """National titles are recommended from here and recognised by the ministry; no certificate of ours."""
    return tier in NATIONAL


def given_here(tier: str, office_path: str) -> str:
    """What an office gives or refuses: 推荐 below the province and for national titles, else the act of the tier."""
    return "推荐" if is_national(tier) or office_path != PROVINCE else WORDS[tier].act


def label(tier: str) -> str:
    return str(Tier(tier).label)
