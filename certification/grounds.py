"""The grounds on which a title may be ended before its day, as data with clause, bar and mark."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from ruamel.yaml import YAML

FILE = Path(__file__).resolve().parent / "exits.yaml"


@dataclass(frozen=True)
class Ground:
    """`bar_years` counts from the decision; 0 means that no bar follows."""

    code: str
    label: str
    clause: str
    mark: str
    bar_years: int
    reaches: str
    help_first: bool

    @property
    def is_confirmed(self) -> bool:
        return self.mark == "V"

    def barred_until(self, decided_on: date) -> date | None:
        """The last day on which no application may be filed; the next day is the first of re-application."""
        if not self.bar_years:
            return None
        try:
            anniversary = decided_on.replace(year=decided_on.year + self.bar_years)
        except ValueError:
            anniversary = decided_on.replace(year=decided_on.year + self.bar_years, month=3, day=1)
        return anniversary - timedelta(days=1)


@lru_cache(maxsize=1)
def grounds() -> dict[str, Ground]:
    rows = YAML(typ="safe").load(FILE.read_text(encoding="utf-8"))["grounds"]
    return {code: Ground(code, **row) for code, row in rows.items()}


def cited(clause: str) -> str:
    """The clause as it is put before a firm: one that nobody has compared with its text says so. Empty stays empty."""
    known = [ground.is_confirmed for ground in grounds().values() if ground.clause == clause]
    return clause if not clause or (known and all(known)) else f"{clause}（条文待核对原文）"
