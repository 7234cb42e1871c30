"""The rules that a re-review of one tier and cohort would use on a day, and what they say of many enterprises at once."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

import polars as pl

from certification import library, snapshot
from certification.rules.assess import Assessment, assess, plan_for
from certification.rules.compiling import values_on
from certification.rules.outcomes import MET, NAMES, NEEDS_PERSON, UNKNOWN, UNMET
from certification.rules.plan import Plan
from certification.rules.population import decide
from certification.rules.resolve import Resolution, Unresolvable, resolve
from certification.standing import standing_of_many
from enterprises.facts import values
from enterprises.models import Enterprise

NUMBERS = {name: number for number, name in NAMES.items()}


@dataclass(frozen=True)
class Yardstick:
    """The rules that a re-review of one tier and cohort would use on the day, and their short name `key`."""

    resolution: Resolution
    plan: Plan
    key: str
    case_type: str = "renewal"


def yardstick(tier: str, cohort: int, on: date) -> Yardstick:
    published = library.published()
    resolution = resolution_of(tier, cohort, on)
    rule_set, laid = published.rule_set(resolution.rule_set), library.overlays(list(resolution.overlays))
    plan, _ = plan_for(rule_set, "renewal", laid, on)
    told = [published.text(code) for code in (resolution.rule_set, *resolution.overlays)]
    days = [values_on(rule_set.document, on), *(values_on(overlay.document, on) for overlay in laid)]
    told += [repr(sorted(standing.items())) for standing in days]
    return Yardstick(resolution, plan, sha256("\n".join(told).encode()).hexdigest()[:16])


def resolution_of(tier: str, cohort: int, on: date) -> Resolution:
    try:
        return resolve(library.published(), tier=tier, case_type="renewal", on=on, cohort=cohort)
    except Unresolvable:
        return resolve(library.published(), tier=tier, case_type="new", on=on)


def judge(measure: Yardstick, texts: list[str], on: date) -> list[tuple[str, str]]:
    """(outcome, one digit per gate) of each, by the population evaluator."""
    if not texts:
        return []
    population = snapshot.population_of(texts, measure.plan.facts())
    laid = library.overlays(list(measure.resolution.overlays))
    rule_set = library.published().rule_set(measure.resolution.rule_set)
    decided = decide(rule_set, population, on=on, case_type=measure.case_type, overlays=laid)
    gates = [pl.col(f"o__{criterion.code}") for criterion, _ in measure.plan.tests if criterion.gate]
    outcome = pl.lit(MET)
    for worse in (NEEDS_PERSON, UNKNOWN, UNMET):
        outcome = pl.when(pl.any_horizontal([gate == worse for gate in gates])).then(worse).otherwise(outcome)
    told = decided.sort("row").select(
        outcome.alias("outcome"), pl.concat_str([gate.cast(pl.String) for gate in gates]).alias("gates")
    )
    return [(NAMES[code], digits) for code, digits in told.iter_rows()]


def one_by_one(measure: Yardstick, firms: list[int], on: date) -> list[tuple[str, str]]:
    """Figures that no column can hold exactly go through the single evaluator, which is the definition."""
    told = []
    for result in assessments(measure, firms, on):
        by_code = {line.code: line.outcome for line in result.criteria}
        digits = [str(NUMBERS[by_code[c.code]]) for c, _ in measure.plan.tests if c.gate]
        told.append((result.outcome, "".join(digits)))
    return told


def assessments(measure: Yardstick, firms: list[int], on: date, *, explain: bool = False) -> list[Assessment]:
    rows = Enterprise.objects.in_bulk(firms)
    standing = standing_of_many(rows.values(), on)
    rule_set = library.published().rule_set(measure.resolution.rule_set)
    laid = library.overlays(list(measure.resolution.overlays))
    return [
        assess(rule_set, values(standing[pk]), on=on, case_type=measure.case_type, overlays=laid, explain=explain)
        for pk in firms
    ]
