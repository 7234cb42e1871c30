"""存续: of those that came in in a year, how many were still there after one, two, three years; the test of the door.

The denominator are the lives that have reached the mark; a life that is too young for it is not counted. The interval
is Wilson's at 95 %: it stays inside 0–1 and honest for small numbers.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt

from django.conf import settings
from django.db import connection

from certification.movements import LIVED
from certification.states import LEFT
from certification.tiers import ORDER
from foundation import clock
from foundation.regions.models import bodies
from foundation.regions.paths import covers

MARKS = (1, 2, 3)
Z = 1.959964
DEFINITION = (
    "存续：某年新进的称号，满若干年当天仍有效（复核接续、由更高层级接续的算存续）的占比；分母只含到今天已满这么多年的，"
    "区间为威尔逊 95% 区间。进入方式里的评分达标和直通条件，以公告所依据的申报为准，两样都满足的算评分达标"
)
ORIGINS = {
    "announced": "本系统公告", "score": "本系统公告（评分达标）", "direct": "本系统公告（直通条件）", "imported": "存量导入",
    "national": "国家公告",
}  # fmt: skip
"""How a title came in; where its rules know two ways (创新型), the one by which the filed facts met them."""
BY = {"year": "新进年度", "region": "推荐机构", "origin": "进入方式"}


@dataclass(frozen=True)
class Life:
    """One title from its first certificate to its end; `left_on` None while it goes on."""

    tier: str
    region_path: str
    origin: str
    entered_on: date
    left_on: date | None


@dataclass(frozen=True)
class Share:
    """`kept` of `reached`, with its interval; small where the denominator is below the floor."""

    kept: int
    reached: int

    @property
    def is_small(self) -> bool:
        return self.reached < settings.SMALL_CELL

    @property
    def percent(self) -> float | None:
        return 100 * self.kept / self.reached if self.reached else None

    @property
    def interval(self) -> tuple[float, float] | None:
        return wilson(self.kept, self.reached) if self.reached else None


@dataclass(frozen=True)
class Row:
    """One group: how many came in, what was left of them at each mark, and today."""

    label: str
    entered: int
    marks: list[Share]
    now: Share


def wilson(kept: int, reached: int) -> tuple[float, float]:
    """The 95 % interval of a share, in percent."""
    share = kept / reached
    middle = share + Z * Z / (2 * reached)
    spread = Z * sqrt(share * (1 - share) / reached + Z * Z / (4 * reached * reached))
    scale = 1 + Z * Z / reached
    return max(0.0, 100 * (middle - spread) / scale), min(100.0, 100 * (middle + spread) / scale)


LIFE = """
WITH lives AS ({LIVED}),
     numbered AS (SELECT *, sum(is_entry::int) OVER (PARTITION BY enterprise_id, tier ORDER BY valid_from, id) AS life FROM lives)
SELECT enterprise_id, tier, (array_agg(region_path ORDER BY valid_from, id))[1], (array_agg(coalesce(nullif(entered_by, ''), origin) ORDER BY valid_from, id))[1],
       min(valid_from), (array_agg(state ORDER BY valid_from DESC, id DESC))[1], (array_agg(ended_on ORDER BY valid_from DESC, id DESC))[1]
FROM numbered GROUP BY enterprise_id, tier, life ORDER BY min(valid_from)
""".replace("{LIVED}", LIVED)  # nosec B608


def lives(reach: Sequence[str], tier: str = "") -> list[Life]:
    """Every life of a title at or below these bodies. One query.

    A life that a higher title took over goes on in that one, and ends where it ends: so the higher tiers come first.
    """
    with connection.cursor() as cursor:
        cursor.execute(LIFE)
        rows = cursor.fetchall()
    ends: dict[int, list[Life]] = defaultdict(list)
    found = []
    for firm, step, path, origin, entered, state, ended in sorted(rows, key=lambda row: (-ORDER[row[1]], row[4])):
        left = ended if state in LEFT else None
        if state == "absorbed":
            above = [
                life
                for life in ends[firm]
                if ORDER[life.tier] > ORDER[step] and life.entered_on <= ended and not _is_over(life, ended)
            ]
            left = _last_end(above, ended)
        life = Life(step, path, origin, entered, left)
        ends[firm].append(life)
        found.append(life)
    return [life for life in found if tier in ("", life.tier) and any(covers(path, life.region_path) for path in reach)]


def _is_over(life: Life, day: date) -> bool:
    return life.left_on is not None and life.left_on < day


def _last_end(above: Sequence[Life], ended: date) -> date | None:
    """The end of those that carry it on: None while one goes on, its own day where none is known."""
    days = [life.left_on for life in above]
    return None if None in days else max([day for day in days if day is not None], default=ended)


def anniversary(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, month=3, day=1)


def share_after(group: Iterable[Life], years: int, today: date) -> Share:
    """Those still there on the anniversary itself; a last valid day before it is too early."""
    reached = [life for life in group if anniversary(life.entered_on, years) <= today]
    kept = sum(life.left_on is None or life.left_on >= anniversary(life.entered_on, years) for life in reached)
    return Share(kept, len(reached))


def table(rows: Sequence[Life], by: str, depth: int = 2) -> list[Row]:
    """Groups by year, region (`depth` parts of its path) or way of entry, newest year first."""
    groups: dict[str, list[Life]] = defaultdict(list)
    for life in rows:
        groups[_key(life, by, depth)].append(life)
    today = clock.today()
    told = []
    for key, group in sorted(groups.items(), reverse=by == "year"):
        marks = [share_after(group, years, today) for years in MARKS]
        now = Share(sum(life.left_on is None for life in group), len(group))
        told.append(Row(_label(key, by), len(group), marks, now))
    return told


def _key(life: Life, by: str, depth: int) -> str:
    if by == "region":
        return "/".join(life.region_path.split("/")[:depth])
    return life.origin if by == "origin" else str(life.entered_on.year)


def _label(key: str, by: str) -> str:
    if by == "region":
        body = bodies().get(key)
        return body.short_name if body else key
    return ORIGINS.get(key, key) if by == "origin" else f"{key}年"
