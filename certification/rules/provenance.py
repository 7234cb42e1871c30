"""Where each number of a pack comes from, and which of them still wait for an official's confirmation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from certification.rules.schema import OverlayDocument, PackDocument
from enterprises.vocabulary import vocabulary


class PolicyNumber(NamedTuple):
    """One number as written, with its unit in the text; `source` are ids explained in the pack's `origin.sources`."""

    path: str
    value: str
    clause: str
    mark: str
    checked_on: date
    source: tuple[str, ...]


class Unconfirmed(NamedTuple):
    """M from memory, C ambiguous, X not found: what it is and why it is open."""

    path: str
    mark: str
    note: str
    title: str = ""
    clause: str = ""


def numbers_of(document: PackDocument | OverlayDocument) -> list[PolicyNumber]:
    every = tuple(document.origin.sources)

    def told(path: str, value: Any, row: Any, clause: str = "", checked: date | None = None) -> PolicyNumber:
        source = tuple(row.source) or every
        return PolicyNumber(path, str(value), clause or row.clause, row.mark, checked or document.checked_on, source)

    found = []
    for name, parameter in document.parameters.items():
        if parameter.value is not None:
            found.append(told(f"parameters.{name}", parameter.value, parameter, checked=parameter.checked_on))
        for start, value in parameter.values.items():
            found.append(told(f"parameters.{name}.{start}", value, parameter, checked=parameter.checked_on))
    if isinstance(document, OverlayDocument):
        return found + [told(f"replace.{r.parameter}", r.value, r) for r in document.replace]
    for name, counted in document.counts.items():
        found += [told(f"counts.{name}.{key}", value, counted) for key, value in _numbers_in(counted.where)]
    for scored in document.indicators:
        for key, value in _numbers_in(scored.model_dump(exclude={"code", "title", "requirement", "help", "note"})):
            found.append(told(f"indicators.{scored.code}.{key}", value, scored))
    for sector, text in document.sectors.items():
        for size in ("large", "medium", "small"):
            for fact, value in getattr(text, size).items():
                found.append(told(f"sectors.{sector}.{size}.{fact}", value, text, document.origin.number))
    return found


def _numbers_in(raw: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Whole numbers and texts that begin with a digit, wherever they stand; `$name` is counted as a parameter."""
    if isinstance(raw, dict):
        for key, value in raw.items():
            if key not in ("category", "clause", "mark", "source", "measure", "fact"):
                yield from _numbers_in(value, f"{path}.{key}" if path else str(key))
    elif isinstance(raw, list | tuple):
        for number, value in enumerate(raw):
            yield from _numbers_in(value, f"{path}[{number}]")
    elif (isinstance(raw, int) and not isinstance(raw, bool)) or (isinstance(raw, str) and raw[:1].isdigit()):
        yield path, raw


def unconfirmed_in(document: PackDocument | OverlayDocument) -> list[Unconfirmed]:
    found = [
        Unconfirmed(f"parameters.{key}", p.mark, p.note, clause=p.clause)
        for key, p in document.parameters.items()
        if p.mark != "V"
    ]
    if isinstance(document, OverlayDocument):
        rows = [(f"gates.{g.code}", g) for g in document.gates]
        return found + [Unconfirmed(path, g.mark, g.note, g.title, g.clause) for path, g in rows if g.mark != "V"]
    for path, row in [(f"counts.{k}", c) for k, c in document.counts.items()]:
        if row.mark != "V":
            found.append(Unconfirmed(path, row.mark, row.note, row.label, row.clause))
    for key, measure in document.measures.items():
        if measure.mark != "V":
            found.append(Unconfirmed(f"measures.{key}", measure.mark, measure.note, measure.label))
    for kind, lines in (("criteria", document.criteria), ("indicators", document.indicators)):
        for line in lines:
            if line.mark != "V":
                found.append(Unconfirmed(f"{kind}.{line.code}", line.mark, line.note, line.title, line.clause))
    for name, sector in document.sectors.items():
        if sector.mark != "V":
            found.append(Unconfirmed(f"sectors.{name}", sector.mark, sector.note, name, document.origin.number))
    return found


BOUNDS = {"ge": "≥", "gt": "＞", "le": "≤", "lt": "＜"}


def bounded_by(document: PackDocument) -> dict[str, str]:
    """What each parameter bounds, in words, by its name: 上年末资产负债率 ≤. One that no condition names keeps its name."""
    found: dict[str, dict[str, str]] = {}
    for criterion in document.criteria:
        for what, how, name in _bounds_in(criterion.test):
            found.setdefault(name, {})[_label(document, what) or criterion.title] = BOUNDS[how]
    return {
        name: f"{'、'.join(found[name])} {list(found[name].values())[-1]}" if name in found else name
        for name in document.parameters
    }


def _label(document: PackDocument, what: str) -> str:
    if what == "total":
        return "总分"
    if what in document.categories:
        return document.categories[what].title
    known = vocabulary().facts.get(what) or document.measures.get(what) or document.counts.get(what)
    return known.label if known is not None else ""


def _bounds_in(raw: Any) -> Iterator[tuple[str, str, str]]:
    """(fact, measure or score; operator; parameter) of each comparison with a parameter."""
    if isinstance(raw, list):
        for one in raw:
            yield from _bounds_in(one)
    elif isinstance(raw, dict):
        aside = {*BOUNDS, "id", "when"}
        subject = next((value for key, value in raw.items() if key not in aside and isinstance(value, str)), "")
        for key, value in raw.items():
            if key in BOUNDS and isinstance(value, str) and value.startswith("$"):
                yield subject, key, value[1:]
            elif isinstance(value, dict | list):
                yield from _bounds_in(value)
