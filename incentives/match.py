"""What the titles of an enterprise open: by the text, by applying, as a service, or by another authority's judgement."""

from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import Q

from incentives.models import MeasureItem
from incentives.ways import EXPLAINED, Way


@dataclass
class Group:
    """Items that come the same way; `words` says what the enterprise has to do."""

    code: str
    title: str
    words: str
    items: list[MeasureItem] = field(default_factory=list)


TITLES = {
    "title": ("称号直接带来", "文件把这些与称号直接相连，取得称号即可享受。"),
    Way.APPLY: ("可以申请", EXPLAINED[Way.APPLY]),
    Way.SERVICE: ("可以得到的服务", EXPLAINED[Way.SERVICE]),
    Way.REGULATORY: ("由主管部门判断", EXPLAINED[Way.REGULATORY]),
    Way.AUTOMATIC: ("符合规定即可享受", EXPLAINED[Way.AUTOMATIC]),
}


def opened_by(tiers: Collection[str]) -> list[Group]:
    """The items for holders of `tiers` and those for every SME, in groups; internal tasks are left out."""
    groups = {code: Group(str(code), *words) for code, words in TITLES.items()}
    everybody = Q(tiers=[]) & Q(audience="中小企业")
    rows = MeasureItem.objects.filter(Q(tiers__overlap=list(tiers)) | everybody).exclude(way=Way.INTERNAL)
    for item in rows.select_related("measure").order_by("measure__code", "position"):
        groups["title" if item.by_title else Way(item.way)].items.append(item)
    return [group for group in groups.values() if group.items]
