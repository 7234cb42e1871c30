"""A second reading of the standards, written from their text with fractions and no line of the engine.

`judge()` answers {"outcome", "size", "total", "low", "high", "categories", "criteria": {code: outcome}, "points": {code: …}}.
"""

import itertools
from datetime import date, timedelta
from fractions import Fraction as F

MET, UNMET, UNKNOWN, PERSON = "met", "unmet", "unknown", "needs_person"
CLASS_ONE = {"invention", "defence_invention", "plant_variety", "crop_variety", "new_drug", "tcm_protected_1", "ic_layout"}  # fmt: skip
CLEAN = ["on_abnormal_list", "serious_dishonesty", "prohibited_product", "major_incident_3y", "tax_evasion_3y", "data_fraud_3y"]  # fmt: skip


def both(*told):
    for outcome in (UNMET, UNKNOWN, PERSON):
        if outcome in told:
            return outcome
    return MET


def either(*told):
    for outcome in (MET, UNKNOWN, PERSON):
        if outcome in told:
            return outcome
    return UNMET


def yes(truth):
    return MET if truth else UNMET


class Enterprise:
    def __init__(self, facts, on, renewal):
        self.facts, self.on, self.renewal = facts, on, renewal

    def num(self, name):
        value = self.facts.get(name)
        return None if value is None else F(str(value))

    def at_least(self, name, bound):
        value = self.num(name)
        return UNKNOWN if value is None else yes(value >= F(str(bound)))

    def at_most(self, name, bound):
        value = self.num(name)
        return UNKNOWN if value is None else yes(value <= F(str(bound)))

    def is_(self, name, wanted=True, missing=UNKNOWN):
        value = self.facts.get(name)
        return missing if value is None else yes(value is wanted)

    def holds(self, *titles):
        held = self.facts.get("holds")
        return UNKNOWN if held is None else yes(set(held) & set(titles))

    def share(self, top, bottom):
        """A fraction, or the outcome that stands for its absence."""
        a, b = self.num(top), self.num(bottom)
        if a is None or b is None:
            return UNKNOWN
        return a / b if b > 0 else PERSON

    def growth(self, name, formula):
        """rate: last year's; mean: of two yearly rates; compound: the whole change of two years, to be held against 1.05²."""
        names = {"rate": ["_y0", "_y1"], "mean": ["_y0", "_y1", "_y2"], "compound": ["_y0", "_y2"]}[formula]
        figures = [self.num(name + year) for year in names]
        if None in figures or 0 in figures[1:]:
            return UNKNOWN
        if any(base < 0 for base in figures[1:]):
            return PERSON
        rates = [a / b - 1 for a, b in itertools.pairwise(figures)]
        return sum(rates) / len(rates)

    # -- lists -----------------------------------------------------------------------------------------------------

    def count(self, name, test):
        """(certain, possible) or None; `test` answers True, False or None for an item."""
        items = self.facts.get(name)
        if items is None:
            return None
        told = [test(item) for item in items]
        return told.count(True), told.count(True) + told.count(None)

    def enough(self, name, test, needed=1):
        counted = self.count(name, test)
        if counted is None:
            return UNKNOWN
        certain, possible = counted
        return MET if certain >= needed else UNMET if possible < needed else UNKNOWN

    def back(self, years):
        try:
            return self.on.replace(year=self.on.year - years)
        except ValueError:
            return date(self.on.year - years, 2, 28)

    def recent(self, item, key, years=3):
        if item.get(key) is None:
            return None
        return self.back(years) <= date.fromisoformat(item[key]) <= self.on


def anniversary(text, years):
    day = date.fromisoformat(text)
    if (day.month, day.day) == (2, 29):
        return date(day.year + years, 2, 28 if (day.year + years) % 4 else 29)
    return date(day.year + years, day.month, day.day)


def k_all(*told):
    return False if False in told else None if None in told else True


def k_any(*told):
    return True if True in told else None if None in told else False


def has(item, key, *values):
    value = item.get(key)
    return None if value is None else value in values


def kept_2022(item, on):
    """Own, or transferred in at least a year ago."""
    since = item.get("transferred_on")
    old = None if since is None else anniversary(since, 1) <= on
    return k_any(has(item, "acquired", "self"), k_all(has(item, "acquired", "transferred"), old))


def outlived(item, years, on):
    granted = item.get("granted_on")
    return None if granted is None else on >= anniversary(granted, years) + timedelta(days=1)


def precious(item, on):
    listed = item.get("high_value")
    return k_any(None if listed is None else len(listed) > 0, outlived(item, 10, on))


def right_classes(on):
    first = lambda i: k_all(has(i, "kind", *CLASS_ONE), has(i, "related", True))  # noqa: E731
    return {
        "A": lambda i: k_all(first(i), kept_2022(i, on), precious(i, on)),
        "B": lambda i: k_all(first(i), has(i, "acquired", "self")),
        "C": lambda i: k_all(first(i), kept_2022(i, on)),
        "D": lambda i: k_all(
            has(i, "related", True),
            kept_2022(i, on),
            k_any(has(i, "kind", "software_copyright"), k_all(has(i, "kind", "utility_model", "design"), outlived(i, 2, on))),
        ),
    }  # fmt: skip


# -- the size standard: 以下 excludes the number ------------------------------------------------------------------------

SIZES = {
    "agriculture": ("Y", [20000], [500], [50]), "industry": ("XY", [1000, 40000], [300, 2000], [20, 300]),
    "construction": ("YZ", [80000, 80000], [6000, 5000], [300, 300]), "wholesale": ("XY", [200, 40000], [20, 5000], [5, 1000]),
    "retail": ("XY", [300, 20000], [50, 500], [10, 100]), "transport": ("XY", [1000, 30000], [300, 3000], [20, 200]),
    "storage": ("XY", [200, 30000], [100, 1000], [20, 100]), "post": ("XY", [1000, 30000], [300, 2000], [20, 100]),
    "lodging": ("XY", [300, 10000], [100, 2000], [10, 100]), "catering": ("XY", [300, 10000], [100, 2000], [10, 100]),
    "information_transmission": ("XY", [2000, 100000], [100, 1000], [10, 100]), "software": ("XY", [300, 10000], [100, 1000], [10, 50]),
    "real_estate": ("YZ", [200000, 10000], [1000, 5000], [100, 2000]), "property_management": ("XY", [1000, 5000], [300, 1000], [100, 500]),
    "leasing_business": ("XZ", [300, 120000], [100, 8000], [10, 100]), "other": ("X", [300], [100], [10]),
}  # fmt: skip
FIGURES = {"X": "employees_y0", "Y": "revenue_y0", "Z": "total_assets_y0"}


def sizes(e):
    """The size, and whether the enterprise is within the small and medium ones."""
    sector = e.facts.get("size_sector")
    if sector is None:
        return UNKNOWN, UNKNOWN
    letters, *bounds = SIZES[sector]
    told = [both(*(e.at_least(FIGURES[x], b) for x, b in zip(letters, row, strict=True))) for row in bounds]
    size = "micro"
    for name, outcome in zip(("large", "medium", "small"), told, strict=True):
        if outcome != UNMET:
            size = name if outcome == MET else UNKNOWN
            break
    return size, {MET: UNMET, UNMET: MET}.get(told[0], UNKNOWN)


def legal(e):
    return both(e.is_("registered_in_prc"), e.is_("independent_legal_person"), *(e.is_(n, False) for n in CLEAN))


# -- scores: an indicator is (low, high, why it is open) ----------------------------------------------------------------


def by_bands(value, bands, top, least=0):
    """`value` is a number or the outcome that stands for its absence."""
    if isinstance(value, str):
        return F(least), F(top), value
    points = next((p for holds, p in bands if holds(value)), least)
    return F(points), F(points), MET


def ge(*rows):
    return [(lambda v, edge=F(str(edge)) / 100: v >= edge, points) for edge, points in rows]


def le(*rows):
    return [(lambda v, edge=F(str(edge)) / 100: v <= edge, points) for edge, points in rows]


def choice(e, name, worth, top, least=0):
    value = e.facts.get(name)
    return (F(least), F(top), UNKNOWN) if value is None else (F(worth.get(value, least)),) * 2 + (MET,)


def rights(e, worth):
    """worth: points of A, B, C, D in this order."""
    low = high = F(0)
    for test, points in reversed(list(zip(right_classes(e.on).values(), worth, strict=True))):
        outcome = e.enough("intellectual_property", test)
        low, high = (
            (F(points), F(points)) if outcome == MET else (low, F(points)) if outcome == UNKNOWN else (low, high)
        )
    return low, high, MET if low == high else UNKNOWN


def summed(indicators, categories):
    """Totals per category and in all, as (low, high, known)."""
    told = {}
    for name, codes in {**categories, "total": list(indicators)}.items():
        rows = [indicators[code] for code in codes]
        told[name] = sum(r[0] for r in rows), sum(r[1] for r in rows), all(r[0] == r[1] for r in rows)
    return told


def reaches(sums, name, mark):
    low, high, _ = sums[name]
    return MET if low >= mark else UNMET if high < mark else UNKNOWN
