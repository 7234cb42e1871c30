"""Drawings of the overview: coordinates only; every chart has its table twin from the same function."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from certification.models import Application, Certificate, Target, running
from certification.reached import STEPS, of_year, reached
from certification.tiers import Tier
from foundation import clock
from foundation.regions.models import bodies

WIDTH, HEIGHT, LEFT, BOTTOM = 340, 150, 34, 128
FEW = 5
"""Fewer than five are shown as a count, hatched, and never compared."""

TILES = {
    "64/6402/640205": (3, 0), "64/6402/640202": (2, 1), "64/6402/640221": (3, 1), "64/6401/640122": (2, 2),
    "64/6401/JK": (0, 3), "64/6401/640105": (1, 3), "64/6401/640106": (2, 3), "64/6401/640104": (3, 3),
    "64/6401/640121": (2, 4), "64/6401/640181": (3, 4), "64/ND": (4, 4), "64/6403/640381": (2, 5),
    "64/6403/640302": (3, 5), "64/6403/640323": (4, 5), "64/6405/640502": (0, 6), "64/6405/640521": (1, 6),
    "64/6403/640303": (2, 6), "64/6405/640522": (1, 7), "64/6403/640324": (2, 7), "64/6404/640422": (1, 8),
    "64/6404/640402": (2, 8), "64/6404/640425": (3, 8), "64/6404/640423": (1, 9), "64/6404/640424": (2, 9),
}  # fmt: skip
SHADES = ((35, "d"), (20, "c"), (12, "b"), (FEW, "a"))


@dataclass(frozen=True)
class Tile:
    path: str
    name: str
    count: int
    shade: str
    x: float
    y: float

    @property
    def middle(self) -> float:
        return self.x + 37.5

    @property
    def is_zone(self) -> bool:
        """Not a county: drawn with a dashed border."""
        return not self.path.rpartition("/")[2].isdigit()


def tiles(tier: str) -> list[Tile]:
    """Valid titles of the tier by first examiner, placed on a sketch that is not a map of borders."""
    today = clock.today()
    rows = Certificate.objects.filter(running(today), tier=tier)
    counts = Counter(rows.values_list("region_path", flat=True))
    known = bodies()
    made = []
    for path, (column, row) in TILES.items():
        if path not in known:
            continue
        count = counts[path]
        shade = next((word for least, word in SHADES if count >= least), "few" if count else "0")
        made.append(Tile(path, known[path].short_name, count, shade, 23.5 + 78 * column, 7.5 + 62 * row))
    return made


def rhythm(target: Target) -> dict[str, Any]:
    """The year's new titles day by day against an even pace; `steps` is a polyline, `rows` its table."""
    first, last = date(target.year, 1, 1), date(target.year, 12, 31)
    rows = Certificate.objects.filter(tier=target.tier, announced_on__year=target.year).exclude(
        application__case_type="renewal"
    )
    by_day = Counter(rows.values_list("announced_on", flat=True))
    goal = int(target.minimum)
    total = sum(by_day.values())
    top = max(goal, total, 1)

    def x(day: date) -> float:
        return round(LEFT + (day - first).days / (last - first).days * (WIDTH - LEFT - 8), 1)

    def y(count: int) -> float:
        return round(BOTTOM - count / top * (BOTTOM - 12), 1)

    so_far, points, table = 0, [f"{x(first)},{y(0)}"], []
    for day in sorted(by_day):
        points.append(f"{x(day)},{y(so_far)}")
        so_far += by_day[day]
        points.append(f"{x(day)},{y(so_far)}")
        table.append((day, by_day[day], so_far))
    end = min(clock.today(), last)
    points.append(f"{x(end)},{y(so_far)}")
    months = [(x(date(target.year, month, 1)), f"{month}月") for month in (1, 4, 7, 10)]
    return {
        "target": target, "label": Tier(target.tier).label, "steps": " ".join(points), "rows": table, "done": so_far,
        "pace": f"{x(first)},{y(0)} {x(last)},{y(goal)}", "end": (x(end), y(so_far)), "months": months,
        "lines": [(y(n), n) for n in (0, goal // 2, goal)], "goal": goal, "bottom": BOTTOM, "left": LEFT,
    }  # fmt: skip


def funnel(tier: str, year: int) -> list[dict[str, Any]]:
    """Where this year's applications of the tier have come to; the worklist opens the same rows by `step`."""
    rows = of_year(Application.objects.filter(tier=tier), year)
    counts = {step: reached(rows, step).count() for step in STEPS}
    top, before = max(counts["started"], 1), None
    told = []
    for step, label in STEPS.items():
        lost = counts[before] - counts[step] if before else 0
        told.append(
            {
                "step": step,
                "label": label,
                "count": counts[step],
                "width": round(counts[step] / top * 320, 1),
                "lost": lost,
            }
        )
        before = step
    return told


def elapsed(year: int) -> str:
    """How much of the year is over, in words."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    today = min(max(clock.today(), first), last)
    days, all_days = (today - first + timedelta(days=1)).days, (last - first + timedelta(days=1)).days
    return f"全年已过 {days} 天（{days / all_days:.0%}）"
