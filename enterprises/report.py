"""Keep facts: what the enterprise reports, checked against the vocabulary, never thrown away."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import JSONField, Value

from enterprises import items
from enterprises.facts import FEN, Fact, amount, facts_of, plain, stored_name
from enterprises.models import FROM_OFFICES, PRECEDENCE, Enterprise, Evidence, Figure, Source, Statement
from enterprises.permissions import may_edit
from enterprises.plausible import contradictions, example, out_of_range, warnings
from enterprises.vocabulary import BadFact
from enterprises.yearly import fact_named, known_values, own_values
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.exchange.announce import announce
from foundation.refusals import Missing, Problem, Refused

LONGEST_ECHO = 20
JSON_NULL = Value(None, JSONField())
"""An answer taken back is a row as well; SQL NULL is not allowed there."""

__all__ = ["contradictions", "read", "report", "warnings"]


def report(
    enterprise: Enterprise,
    given: Mapping[str, Any],
    *,
    actor: Principal,
    on: date,
    source: str = Source.SELF,
    evidence: Evidence | None = None,
    act: str = "enterprise.facts",
) -> list[str]:
    """Write what changed and return its names. Refused("invalid") with a problem per field; then nothing is written.

    `given`: names of the vocabulary (or the same figure of another year), money in 万元. A correction is a new row;
    what other sources say stays beside it. None takes a yes/no answer back; for figures it means not given.
    """
    if not actor.is_system and not may_edit(actor, enterprise.pk):
        raise Missing
    clean, problems = read(given)
    before = facts_of(enterprise, on)
    known = known_values(enterprise, on) | {name: fact.value for name, fact in before.items()}
    # The firm is held to its own figures: what an office says otherwise is a conflict to be kept, and it cannot mend it.
    problems += contradictions((own_values(enterprise, on) if source not in FROM_OFFICES else known) | clean)
    if problems:
        raise Refused("invalid", "有几处数据需要更正，已填的都还在。", problems)
    own = _said_by(enterprise, source, given, on)
    changed = [n for n, v in clean.items() if _is_news(n, v, own, known.get(n), before.get(n), source)]
    taken_back = [n for n in given if given[n] is None and own.get(n) is not None and not _is_number(n)]
    if not changed and not taken_back:
        return []
    with transaction.atomic():
        new: dict[str, Any] = {name: clean[name] for name in changed} | dict.fromkeys(taken_back)
        _write(enterprise, new, actor=actor, on=on, source=source, evidence=evidence)
        if source == Source.AUDITED and actor.is_member:
            # Who copies the audited figure replaces an own figure that said otherwise; else the two would contradict.
            mine = _said_by(enterprise, Source.SELF, new, on)
            stale = {n: v for n, v in new.items() if n in mine and not _same(mine[n], v)}
            _write(enterprise, stale, actor=actor, on=on, source=Source.SELF, evidence=None)
        names = [*changed, *taken_back]
        detail = {"names": "、".join(_label(name) for name in names), "fields": names, "source": str(source)}
        record(act, enterprise, actor=actor, detail=detail, audience="applicant")
        announce("enterprise", enterprise, fields=names)
    return [*changed, *taken_back]


def beginning(raw: Any) -> str:
    """Enough of what was typed to know it again; a page of it would hide the sentence."""
    text = str(raw)
    return text if len(text) <= LONGEST_ECHO else f"{text[:LONGEST_ECHO]}…"


def read(given: Mapping[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
    """Typed values, and a problem for every value that is not of its type or out of its range. Empty means not given."""
    clean: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, raw in given.items():
        fact = fact_named(name)
        if fact is None:
            problems.append(Problem(f"没有“{name}”这个数据项", name))
            continue
        if raw is None or raw == "":
            continue
        try:
            value = fact.read(raw.replace(",", "").replace("，", "").strip() if _is_text_number(name, raw) else raw)
        except BadFact:
            problems.append(Problem(f"{fact.label}读不懂：“{beginning(raw)}”", name, hint=example(fact)))
            continue
        problem = out_of_range(fact, value)
        if problem:
            problems.append(problem)
        else:
            clean[name] = value
    return clean, problems


def _is_text_number(name: str, raw: Any) -> bool:
    return isinstance(raw, str) and _is_number(name)


def _is_number(name: str) -> bool:
    fact = fact_named(name)
    return fact is not None and fact.type in ("int", "decimal")


def _label(name: str) -> str:
    fact = fact_named(name)
    return fact.label if fact else name


def _said_by(enterprise: Enterprise, source: str, names: Iterable[str], on: date) -> dict[str, Any]:
    """What this source itself said last, by the names asked for, as they stand on the day."""
    figures = {stored_name(name, on): name for name in names if _is_number(name)}
    found: dict[str, Any] = {}
    rows = Figure.objects.filter(enterprise=enterprise, source=source, year__in={year for _, year in figures})
    for base, year, fen, quantity in rows.order_by("id").values_list("name", "year", "fen", "quantity"):
        if (base, year) in figures:
            value = amount(fen, quantity)
            found[figures[base, year]] = plain(value) if value is not None else None
    found = {name: value for name, value in found.items() if value is not None}
    statements = Statement.objects.filter(enterprise=enterprise, source=source, name__in=list(names)).order_by("id")
    return found | dict(statements.values_list("name", "value"))


def _is_news(name: str, value: Any, own: Mapping[str, Any], counts: Any, fact: Fact | None, source: str) -> bool:
    """A source repeats itself silently; a weaker source that agrees with what counts adds nothing."""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return not _same(counts, items.plain_items(value))
    if name in own:
        return not _same(own[name], value)
    if counts is None or not _same(counts, value):
        return True
    return fact is not None and fact.source in PRECEDENCE and PRECEDENCE.index(source) < PRECEDENCE.index(fact.source)


def _same(old: Any, new: Any) -> bool:
    if isinstance(new, Decimal | int) and not isinstance(new, bool) and old is not None:
        return Decimal(str(old)) == Decimal(str(new))
    return bool(old == new)


def _write(
    enterprise: Enterprise,
    clean: Mapping[str, Any],
    *,
    actor: Principal,
    on: date,
    source: str,
    evidence: Evidence | None,
) -> None:
    moment = clock.now()
    common: dict[str, Any] = {
        "enterprise": enterprise,
        "source": source,
        "seen_at": moment,
        "by_id": actor.user_id,
        "evidence": evidence,
    }
    figures, statements = [], []
    for name, value in clean.items():
        fact = fact_named(name)
        if fact is None:
            continue
        if fact.type == "list":
            items.replace_list(enterprise, name, value, source=source, seen_at=moment)
        elif _is_number(name):
            base, year = stored_name(name, on)
            if fact.unit == "万元":
                figures.append(Figure(name=base, year=year, fen=int(value * FEN), unit="fen", **common))
            else:
                figures.append(Figure(name=base, year=year, quantity=value, unit=fact.unit, **common))
        else:
            stored = JSON_NULL if value is None else value
            statements.append(Statement(name=name, value=stored, **common))
    Figure.objects.bulk_create(figures)
    Statement.objects.bulk_create(statements)
