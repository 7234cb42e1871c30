"""What is wrong with an answer, and what looks like a slip: told while the form is filled in and again before it is filed.

Nothing here refuses a draft. `apply.submit()` refuses what is wrong; a slip is only shown, to the firm, to whoever signs
and to the reviewer: a real firm may really have grown a hundredfold.
"""

import re
from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from certification.filing import facts_beside, figures_beside
from certification.form import FIGURES
from certification.form_fields import FormField
from certification.models import Application, Submission
from certification.years import figure
from enterprises import report
from enterprises.facts import Fact
from enterprises.plausible import example, out_of_range
from enterprises.report import beginning
from enterprises.vocabulary import NUMBER, BadFact
from enterprises.vocabulary import Fact as Named
from enterprises.yearly import fact_named
from foundation import clock
from foundation.refusals import Problem

BOUNDS = {"万元": (0, 10**9), "%": (0, 100), "名": (1, 10**6)}
"""Least and greatest number by unit, for what the form asks beside the vocabulary; the same as in `facts.yaml`."""

EMPTY: tuple[Any, ...] = ("", None, [])
INDUSTRY = ("industry_division", "industry_class")


def wrong_with(field: FormField, value: Any) -> list[Problem]:
    """Problems of one answer, each with how to mend it; none where nothing is answered."""
    if value in EMPTY:
        return []
    if fact_named(field.name) is not None:
        return report.read({field.name: value})[1]
    reader = {
        "bool": _bool, "enum": _choice, "list[enum]": _choices, "date": _day, "decimal": _number, "int": _number,
    }.get(field.kind, _text)  # fmt: skip
    return [Problem(message, field.name, hint=hint) for message, hint in reader(field, value)]


Told = list[tuple[str, str]]
"""(what is wrong, how to mend it)."""


def _bool(field: FormField, value: Any) -> Told:
    return [] if isinstance(value, bool) else [(f"{field.label}：读不懂", "请选“是”或“否”")]


def _choice(field: FormField, value: Any) -> Told:
    if str(value) in {str(code) for code, _ in field.choices}:
        return []
    return [(f"{field.label}：没有“{beginning(value)}”这个选项", "请在所列选项中重新选择")]


def _choices(field: FormField, value: Any) -> Told:
    if not isinstance(value, list):
        return [(f"{field.label}：读不懂", "请在所列选项中重新选择")]
    return [told for one in value for told in _choice(field, one)][:1]


def _day(field: FormField, value: Any) -> Told:
    try:
        told = date.fromisoformat(str(value))
    except ValueError:
        return [(f"{field.label}读不懂：“{beginning(value)}”", "例：2015-06-30")]
    return [(f"{field.label}不会晚于今天", "与营业执照一致")] if told > clock.today() else []


def _number(field: FormField, value: Any) -> Told:
    least, most = (Decimal(bound) for bound in BOUNDS[field.unit])
    named = Named(field.name, field.kind, field.label, field.unit, minimum=least, maximum=most)
    try:
        typed = number_in(value)
        number = named.read(str(value) if typed is None else typed)
    except BadFact:
        return [(f"{field.label}读不懂：“{beginning(value)}”", example(named))]
    problem = out_of_range(named, number)
    return [(problem.message, problem.hint)] if problem else []


def number_in(value: Any) -> Decimal | None:
    """A typed number of the form as a number; None where there is none that can be read."""
    clean = str(value or "").replace(",", "").replace("，", "").strip()
    return Decimal(clean) if NUMBER.fullmatch(clean) else None


def _text(field: FormField, value: Any) -> Told:
    said = str(value)
    over = len(said) - field.limit
    if field.limit and over > 0:
        return [(f"{field.label}写了 {len(said)} 字，最多 {field.limit} 字", f"请删去 {over} 字")]
    if field.pattern and not re.fullmatch(field.pattern, said):
        return [(f"{field.label}不对：“{beginning(said)}”", field.shape)]
    return []


def clashes(answers: Mapping[str, Any]) -> list[Problem]:
    """Answers of the form that cannot both be true."""
    found = [re.search(r"[0-9]+", str(answers.get(name) or "")) for name in INDUSTRY]
    if found[0] is None or found[1] is None or found[1][0].startswith(found[0][0]):
        return []
    why = f"小类 {found[1][0]} 不属于所填的大类 {found[0][0]}"
    return [Problem(why, "industry_class", "GB/T 4754-2017", f"填 {found[0][0]} 开头的 4 位代码，或更正大类")]


def said_in(application: Application, facts: Mapping[str, Fact]) -> dict[str, Any]:
    """Every figure and fact that the draft stands on, by name; what cannot be read is left out. Money in 万元."""
    typed = {n: v for n, v in application.answers.items() if n in FIGURES and v not in EMPTY}
    locked = facts_beside(application, facts) if application.state == "returned" else {}
    known = {name: fact.value for name, fact in (locked | dict(facts)).items()}
    return report.read(figures_beside(application))[0] | known | report.read(typed)[0]


def open_to_change(application: Application, names: Collection[str]) -> set[str]:
    """Which of these answers can be mended: of a returned case only what was unlocked."""
    return set(names) & set(application.unlocked) if application.state == "returned" else set(names)


def wrong_in(application: Application, fields: Mapping[str, FormField]) -> list[Problem]:
    """Every answer to these questions that does not fit its field or another answer, in the order of the form.

    A locked answer was let through when it was filed and cannot be mended now: it is not held against the firm.
    """
    mendable = open_to_change(application, fields)
    found = [p for name, f in fields.items() if name in mendable for p in wrong_with(f, application.answers.get(name))]
    is_told = any(problem.field in INDUSTRY for problem in found)
    return found + ([] if is_told or not mendable & set(INDUSTRY) else clashes(application.answers))


def slips_filed(submission: Submission) -> list[Problem]:
    """Filed figures that look like a slip of the unit, each at its field: shown to whoever examines them."""
    told = {name: figure(submission, name) for name in FIGURES}
    return report.warnings({name: value for name, value in told.items() if value is not None})
