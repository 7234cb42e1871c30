"""申报内容: what an application says, weighed once. The rules judge it, the signature covers it, the submission keeps it.

An answer given in the application counts, for the firm answers for what it files; where a more trusted source says
otherwise the answer is `self`, and what that source says stands beside it for whoever reviews the case.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q

from certification import library
from certification.form import FIGURES, Step, steps_for
from certification.models import Application, Submission
from certification.paper_list import held
from certification.rules.assess import Assessment, assess
from certification.snapshot import PARENTS
from certification.standing import standing_of
from enterprises import report
from enterprises.facts import Fact, is_figure, plain
from enterprises.items import LISTINGS
from enterprises.models import Evidence, Source
from enterprises.showing import item_words
from enterprises.vocabulary import vocabulary
from enterprises.yearly import known_values


def steps_of(application: Application) -> list[Step]:
    return steps_for(library.pinned(application.rule_set_code, application.rule_set_hash))


def weigh(application: Application) -> dict[str, Fact]:
    """Every known fact with the answers laid over; an answer that cannot be read is left out, not guessed.

    In a returned case only what was unlocked is read anew: the rest stays as it was filed, whatever the sheet says now.
    """
    known: dict[str, Fact] = dict(standing_of(application.enterprise, application.judged_on))
    before = filed_before(application)
    if before is not None:
        locked = {name: fact for name, fact in _as_filed(before).items() if name not in application.unlocked}
        known = locked | {name: fact for name, fact in known.items() if name in application.unlocked}
    for name, raw in own_facts(application).items():
        clean, _ = report.read({name: raw})
        if name in clean:
            known[name] = laid_over(name, _kept(name, clean[name]), known.get(name))
        else:
            known.pop(name, None)
    return known


def filed_before(application: Application) -> Submission | None:
    """The version that a returned case corrects; None while it is a draft."""
    if application.state != "returned":
        return None
    return application.submissions.order_by("-number").first()


def own_facts(application: Application) -> dict[str, Any]:
    """The facts that the firm answers here and may still change; locked answers were weighed when they were filed."""
    known = vocabulary().facts
    return {
        name: value
        for name, value in application.answers.items()
        if name in known
        and value not in ("", None)
        and not known[name].judged_by_person
        and (application.state != "returned" or name in application.unlocked)
    }


def _as_filed(before: Submission) -> dict[str, Fact]:
    """What was filed, with its sources."""
    return {
        name: Fact(
            name,
            value,
            before.sources.get(name, ""),
            conflicting=tuple((s, v) for s, v in before.conflicts.get(name, ())),
        )
        for name, value in before.facts.items()
    }


def laid_over(name: str, answer: Any, trusted: Fact | None) -> Fact:
    """An answer that agrees keeps the better source; one that differs is the firm's own word, the other a conflict."""
    if trusted is None:
        return Fact(name, answer, Source.SELF)
    if _same(answer, trusted.value):
        others = tuple(told for told in trusted.conflicting if told[0] != Source.SELF)
        return replace(trusted, conflicting=others)
    said = ((trusted.source, trusted.value), *trusted.conflicting)
    others = tuple((s, v) for s, v in said if s != Source.SELF and not _same(answer, v))
    return Fact(name, answer, Source.SELF, conflicting=others, evidence_id=trusted.evidence_id)


def _kept(name: str, value: Any) -> Any:
    """A typed value in the shape in which facts are kept: figures as plain text, days as ISO text."""
    if is_figure(name):
        return plain(Decimal(value))
    return value.isoformat() if isinstance(value, date) else value


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, list) and isinstance(other, list):
        return sorted(map(repr, one)) == sorted(map(repr, other))
    return bool(one == other)


@dataclass(frozen=True)
class Filing:
    """What is filed: answers, papers, every fact that the rules read, its source and what other sources say of it.

    `listed` are the things that are told one by one, in full: {"awards": [[title, detail], …]}.

    `about` says which case, by which rules, as of which day; the digest covers that as well.
    """

    about: tuple[str, str, str]
    answers: Mapping[str, Any]
    listed: Mapping[str, list[list[str]]]
    facts: Mapping[str, Any]
    sources: Mapping[str, str]
    conflicts: Mapping[str, list[list[Any]]]
    evidence: Sequence[Mapping[str, Any]]

    @property
    def content_hash(self) -> str:
        """The digest that is signed and that the submission carries: one and the same."""
        text = json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()


def filing_of(application: Application) -> Filing:
    """The application as it would be filed now."""
    asked = library.pinned(application.rule_set_code, application.rule_set_hash).facts()
    weighed = weigh(application)
    facts = {name: fact for name, fact in weighed.items() if name in asked}
    beside = facts_beside(application, weighed)
    told = facts | beside
    return Filing(
        about=(application.public_id, application.rule_set_hash, application.judged_on.isoformat()),
        answers=figures_beside(application) | {n: fact.value for n, fact in beside.items()} | application.answers,
        listed=listed_of(application, asked),
        facts={name: fact.value for name, fact in facts.items()},
        sources={name: str(fact.source) for name, fact in told.items()},
        conflicts={n: [[str(s), v] for s, v in fact.conflicting] for n, fact in told.items() if fact.conflicting},
        evidence=papers_of(application, facts),
    )


def facts_beside(application: Application, weighed: Mapping[str, Fact]) -> dict[str, Fact]:
    """Facts that the form asks for and no rule reads, with their sources; of a returned case those locked as they were filed."""
    known = vocabulary().facts
    names = {
        field.name
        for step in steps_of(application)
        for field in step.fields
        if not field.is_fact and field.kind != "list" and field.name in known
    }
    before = filed_before(application)
    kept = {} if before is None else {
        name: Fact(name, before.answers[name], before.sources.get(name, ""),
                   conflicting=tuple((s, v) for s, v in before.conflicts.get(name, ())))
        for name in names - set(application.unlocked)
        if before.answers.get(name) not in ("", None)
    }  # fmt: skip
    return kept | {name: fact for name, fact in weighed.items() if name in names}


def figures_beside(application: Application) -> dict[str, Any]:
    """Figures that the form asks for and no rule reads, as the data sheet has them; of a returned case as they were filed."""
    names = {field.name for step in steps_of(application) for field in step.fields if not field.is_fact}
    before = filed_before(application)
    if before is not None:
        return {
            name: before.answers[name] for name in names & set(FIGURES) if before.answers.get(name) not in ("", None)
        }
    known = known_values(application.enterprise, application.judged_on)
    return {name: value for name, value in known.items() if name in names}


def listed_of(application: Application, asked: Iterable[str]) -> dict[str, list[list[str]]]:
    """Every right, award and certificate that the rules or the form ask for, in words; a returned case keeps what stays locked."""
    codes = {PARENTS.get(name, name) for name in asked} | lists_of(application)
    before = filed_before(application)
    told: dict[str, list[list[str]]] = {}
    for code, listing in LISTINGS.items():
        if code not in codes:
            continue
        opened = before is None or any(PARENTS.get(name, name) == code for name in application.unlocked)
        if before is not None and not opened:
            told[code] = before.listed.get(code, [])
            continue
        rows = listing.model.objects.filter(enterprise_id=application.enterprise_id).order_by("id")
        told[code] = [list(item_words(row)) for row in rows]
    return {code: rows for code, rows in told.items() if rows}


def lists_of(application: Application) -> set[str]:
    """The lists of the data sheet that the form itself asks for."""
    return {field.name for step in steps_of(application) for field in step.fields if field.kind == "list"}


def papers_of(application: Application, facts: Mapping[str, Fact]) -> list[dict[str, Any]]:
    """The papers that are filed: what stands for each line of the call's list, and what listed items rest on.

    Earlier versions, letters of authority and papers of other cases stay in the vault. A returned case keeps what it
    was filed with, unless the papers were returned.
    """
    before = filed_before(application)
    if before is not None and "papers" not in application.unlocked:
        return list(before.evidence)
    listed = held(application.call, application.enterprise_id)
    wanted = {paper.pk for _, files in listed for paper in files}
    wanted |= {fact.evidence_id for fact in facts.values() if fact.evidence_id}
    anew = set(facts) if before is None else set(facts) & set(application.unlocked)
    for code in {PARENTS.get(name, name) for name in anew} & set(LISTINGS):
        rows = LISTINGS[code].model.objects.filter(enterprise_id=application.enterprise_id, evidence__isnull=False)
        wanted |= set(rows.values_list("evidence_id", flat=True))
    kinds = {line.kind for line, _ in listed}
    cited = [paper["public_id"] for paper in (before.evidence if before else []) if paper["kind"] not in kinds]
    told = Evidence.objects.filter(Q(pk__in=wanted) | Q(public_id__in=cited), enterprise_id=application.enterprise_id)
    return list(told.order_by("id").values("public_id", "kind", "title", "year", "sha256", "original_name"))


def judged(application: Application, facts: Mapping[str, Any]) -> Assessment:
    """What the pinned rules say of these facts on the day of the case; not a verdict."""
    return assess(
        library.pinned(application.rule_set_code, application.rule_set_hash),
        facts,
        on=application.judged_on,
        case_type=application.case_type,
        overlays=library.overlays(application.overlays),
    )


def live_result(application: Application) -> tuple[Assessment, dict[str, Fact]]:
    """The machine's view of the draft now, and the facts it was taken from."""
    facts = weigh(application)
    return judged(application, {name: fact.value for name, fact in facts.items()}), facts
