"""The size standard (工信部联企业〔2011〕300号): its "以下" excludes the number, so every bound here is "at least"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from certification.rules.outcomes import MET, UNKNOWN, UNMET
from certification.rules.problems import PackError
from certification.rules.quantities import BadQuantity, quantity, scales
from certification.rules.schema import PackDocument
from enterprises.vocabulary import vocabulary

CLASSES = ("large", "medium", "small")


@dataclass(frozen=True)
class SizeStandard:
    """For each sector and class the bounds that must all be reached, in stored units."""

    bounds: Mapping[str, Mapping[str, tuple[tuple[str, int], ...]]]
    clause: str

    @property
    def facts(self) -> frozenset[str]:
        named = {fact for classes in self.bounds.values() for rows in classes.values() for fact, _ in rows}
        return frozenset(named | {"size_sector"})

    def reaches(self, size: str, facts: Mapping[str, Any]) -> int:
        """Whether the bounds of this class are all reached; unknown without a sector."""
        sector = facts.get("size_sector")
        if sector is None:
            return UNKNOWN
        outcome = MET
        for fact, bound in self.bounds[sector][size]:
            value = facts.get(fact)
            step = UNKNOWN if value is None else MET if value >= bound else UNMET
            outcome = min(outcome, step)
        return outcome

    def classify(self, facts: Mapping[str, Any]) -> str:
        """large, medium, small, micro, or unknown when a missing figure could still change the class."""
        for size in CLASSES:
            outcome = self.reaches(size, facts)
            if outcome == MET:
                return size
            if outcome == UNKNOWN:
                return "unknown"
        return "micro"

    def not_large(self, facts: Mapping[str, Any]) -> int:
        return {MET: UNMET, UNMET: MET}.get(self.reaches("large", facts), UNKNOWN)


def compile_size(document: PackDocument) -> SizeStandard:
    known = scales(vocabulary())
    sectors = set(vocabulary().facts["size_sector"].of)
    bounds: dict[str, dict[str, tuple[tuple[str, int], ...]]] = {}
    for sector, text in document.sectors.items():
        if sector not in sectors:
            raise PackError(document.code, f"sectors.{sector}", "没有这个划型行业")
        bounds[sector] = {}
        for size in CLASSES:
            rows = []
            for fact, raw in getattr(text, size).items():
                try:
                    number: Fraction = quantity(raw)[0] * known[fact]
                except (BadQuantity, KeyError) as error:
                    raise PackError(document.code, f"sectors.{sector}.{size}.{fact}", str(error)) from error
                rows.append((fact, int(number)))
            bounds[sector][size] = tuple(rows)
    missing = sectors - set(bounds)
    if missing:
        raise PackError(document.code, "sectors", f"缺少行业：{sorted(missing)}")
    return SizeStandard(bounds, document.origin.number)
