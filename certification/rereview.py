"""有进有出: titles due for re-review, updates overdue, titles that today's facts no longer support.

A sweep is a cycle; its work items are slices of titles (sweep.py cuts them); a title is judged once a cycle whatever is
killed or repeated. Findings only list. Nobody loses a title here: that is an official's act, with due process.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection

from certification import assist, snapshot
from certification.models import Certificate, Cycle, Finding, Outcome, Snapshot
from certification.rule_day import UpdateDays, update_days
from certification.rules.outcomes import UNMET
from certification.rules.resolve import Resolution
from certification.yardstick import Yardstick, assessments, judge, one_by_one, resolution_of, yardstick
from enterprises.models import AnnualReport, Enterprise, Touched
from enterprises.words import cn
from foundation.ledger.models import WorkItem
from foundation.ledger.work import work

DUE_WITHIN = timedelta(days=180)
KIND = "rereview.slice"


@dataclass(frozen=True)
class Title:
    """One row of a slice, with what the last sweep knew of it."""

    pk: int
    enterprise_id: int
    region_path: str
    tier: str
    cohort: int
    valid_from: date
    valid_until: date
    taken_flips_on: date | None
    taken_on: date | None
    is_odd: bool | None
    outcome: str | None
    gates: str | None
    rule_key: str | None
    flips_on: date | None


@dataclass(frozen=True)
class Found:
    """What this sweep says of one title."""

    title: Title
    outcome: str
    gates: str
    flips_on: date
    yardstick: Yardstick


ROWS = """
SELECT c.id, c.enterprise_id, c.region_path, c.tier, extract(year FROM c.announced_on)::int, c.valid_from, c.valid_until,
       s.flips_on, s.taken_on, s.is_odd, j.outcome, j.gates, j.rule_key, j.flips_on
FROM certification_certificate c
LEFT JOIN certification_snapshot s ON s.enterprise_id = c.enterprise_id
LEFT JOIN certification_judgement j ON j.certificate_id = c.id
WHERE c.state = 'valid' AND {which} ORDER BY c.id
"""


def titles_of(payload: dict[str, Any]) -> list[Title]:
    """A slice is a range of titles, or a list of them."""
    by_range = "from" in payload
    which = "c.id BETWEEN %s AND %s" if by_range else "c.id = ANY (%s)"
    given = [payload["from"], payload["to"]] if by_range else [payload["ids"]]
    with connection.cursor() as cursor:
        cursor.execute(ROWS.format(which=which), given)
        return [Title(*row) for row in cursor.fetchall()]


@work(KIND)
def judge_slice(item: WorkItem) -> dict[str, Any]:
    """Judge one slice by the rules that a re-review of each title would use on the day; write only what changed."""
    cycle = Cycle.objects.get(pk=item.payload["cycle"])
    on = cycle.night
    titles = titles_of(item.payload)
    firms = sorted({title.enterprise_id for title in titles})
    touched = set(Touched.objects.filter(enterprise_id__in=firms).values_list("enterprise_id", flat=True))
    stale = {
        t.enterprise_id
        for t in titles
        if t.taken_on is None or t.taken_on.year != on.year or t.taken_flips_on is None or t.taken_flips_on <= on
    }  # fmt: skip
    taken = retake(sorted(stale | touched), on)
    texts = snapshot.texts_of([pk for pk in firms if pk not in taken])
    texts |= {pk: snapshot.as_text(row) for pk, row in taken.items()}
    flips = {t.enterprise_id: t.taken_flips_on for t in titles} | {pk: row.flips_on for pk, row in taken.items()}
    odd = {t.enterprise_id for t in titles if t.is_odd} - set(taken) | {pk for pk, row in taken.items() if row.is_odd}
    found: list[Found] = []
    days = update_days((on.year - 1, on.year))
    for measure, members in grouped(titles, on):
        plain = [t for t in members if t.enterprise_id not in odd]
        rest = [t for t in members if t.enterprise_id in odd]
        told = judge(measure, [texts[t.enterprise_id] for t in plain], on) + one_by_one(
            measure, [t.enterprise_id for t in rest], on
        )
        found += [
            Found(title, outcome, gates, next_look(title, flips[title.enterprise_id], on, days), measure)
            for title, (outcome, gates) in zip([*plain, *rest], told, strict=True)
        ]
    changed = keep(cycle, found)
    return {"titles": len(titles), "changed": changed, "findings": note(found, on, item.key, days), "taken": len(taken)}


def grouped(titles: Iterable[Title], on: date) -> list[tuple[Yardstick, list[Title]]]:
    by_cohort: dict[tuple[str, int], list[Title]] = {}
    for title in titles:
        by_cohort.setdefault((title.tier, title.cohort), []).append(title)
    groups: dict[str, tuple[Yardstick, list[Title]]] = {}
    for (tier, cohort), members in by_cohort.items():
        measure = yardstick(tier, cohort, on)
        groups.setdefault(measure.key, (measure, []))[1].extend(members)
    return list(groups.values())


def resolution_for(title: Certificate, on: date) -> Resolution:
    """A re-review of this title, were it held on that day. The cohort is the year it was announced."""
    return resolution_of(title.tier, title.announced_on.year, on)


def retake(firms: list[int], on: date) -> dict[int, Snapshot]:
    """Read the facts of these anew. One sweep at a time per enterprise; what is written meanwhile keeps its mark."""
    locked = list(Enterprise.objects.filter(pk__in=firms).order_by("id").select_for_update(no_key=True))
    marks = list(Touched.objects.filter(enterprise_id__in=firms).values_list("pk", flat=True))
    taken = snapshot.take(locked, on)
    Touched.objects.filter(pk__in=marks).delete()
    return taken


def keep(cycle: Cycle, found: list[Found]) -> int:
    """Write the judgements that differ from the last, and a trace where the outcome itself changed.

    A judgement that another sweep changed meanwhile is left alone, and its enterprise marked for the next night.
    """
    different = [
        f for f in found
        if (f.outcome, f.gates, f.yardstick.key, f.flips_on)
        != (f.title.outcome, f.title.gates, f.title.rule_key, f.title.flips_on)
    ]  # fmt: skip
    written: set[int] = set()
    for statement, part in (
        (INSERT, [f for f in different if f.title.outcome is None]),
        (UPDATE, [f for f in different if f.title.outcome is not None]),
    ):
        if part:
            with connection.cursor() as cursor:
                cursor.execute(statement, {"cycle": cycle.pk, "on": cycle.night, **_columns(part)})
                written.update(pk for (pk,) in cursor.fetchall())
    overtaken = {f.title.enterprise_id for f in different if f.title.pk not in written}
    Touched.objects.bulk_create([Touched(enterprise_id=pk, names=["holds"]) for pk in sorted(overtaken)])
    turned = [f for f in different if f.title.pk in written and f.title.outcome not in (None, f.outcome)]
    Outcome.objects.bulk_create(
        [
            Outcome(
                cycle=cycle, certificate_id=f.title.pk, region_path=f.title.region_path, was=f.title.outcome,
                outcome=f.outcome, rule_set_code=f.yardstick.resolution.rule_set, trace=trace,
            )
            for f, trace in traced(turned, cycle.night)
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    return len(turned)


NEW = """
unnest(%(pk)s::bigint[], %(path)s::varchar[], %(outcome)s::varchar[], %(gates)s::varchar[], %(code)s::varchar[], %(key)s::varchar[],
       %(flips)s::date[], %(was_outcome)s::varchar[], %(was_gates)s::varchar[], %(was_key)s::varchar[])
  AS new (pk, path, outcome, gates, code, key, flips, was_outcome, was_gates, was_key)
"""
INSERT = """
INSERT INTO certification_judgement
  (certificate_id, region_path, outcome, gates, rule_set_code, rule_key, flips_on, cycle_id, since)
SELECT pk, path, outcome, gates, code, key, flips, %(cycle)s, %(on)s::date FROM {NEW}
ON CONFLICT DO NOTHING RETURNING certificate_id
""".replace("{NEW}", NEW)  # nosec B608
UPDATE = """
UPDATE certification_judgement j SET
  region_path = new.path, outcome = new.outcome, gates = new.gates, rule_set_code = new.code, rule_key = new.key,
  flips_on = new.flips, cycle_id = %(cycle)s,
  since = CASE WHEN j.outcome = new.outcome THEN j.since ELSE %(on)s::date END
FROM {NEW}
WHERE j.certificate_id = new.pk
  AND (j.outcome, j.gates, j.rule_key) = (new.was_outcome, new.was_gates, new.was_key)
RETURNING j.certificate_id
""".replace("{NEW}", NEW)  # nosec B608


def _columns(found: list[Found]) -> dict[str, list[Any]]:
    return {
        "pk": [f.title.pk for f in found], "path": [f.title.region_path for f in found],
        "outcome": [f.outcome for f in found], "gates": [f.gates for f in found],
        "code": [f.yardstick.resolution.rule_set for f in found], "key": [f.yardstick.key for f in found],
        "flips": [f.flips_on for f in found], "was_outcome": [f.title.outcome for f in found],
        "was_gates": [f.title.gates for f in found], "was_key": [f.title.rule_key for f in found],
    }  # fmt: skip


def traced(found: list[Found], on: date) -> list[tuple[Found, dict[str, Any]]]:
    """The trace of the single evaluator, which explains with the same node values that decided."""
    by_key: dict[str, list[Found]] = {}
    for one in found:
        by_key.setdefault(one.yardstick.key, []).append(one)
    told = []
    for group in by_key.values():
        results = assessments(group[0].yardstick, [f.title.enterprise_id for f in group], on, explain=True)
        told += [(one, result.as_dict()) for one, result in zip(group, results, strict=True)]
    return told


def next_look(title: Title, taken_until: date | None, on: date, update: UpdateDays) -> date:
    """The first day on which time alone may change what is said of this title."""
    last = update.latest(on.year, title.tier, title.valid_from, title.valid_until)
    days = [taken_until, title.valid_until - DUE_WITHIN, last and last + timedelta(days=1)]
    return min([day for day in days if day is not None and day > on] or [date(on.year + 1, 1, 1)])


def note(found: list[Found], on: date, key: str, days: UpdateDays) -> int:
    """Open, keep or close the lines of these titles; returns how many are open. Unchanged lines are not rewritten."""
    late = {f.title.pk: missed(f.title, on, days) for f in found}
    updated: dict[int, set[int]] = defaultdict(set)
    for firm, year in AnnualReport.objects.filter(
        AnnualReport.DONE, enterprise_id__in=[f.title.enterprise_id for f in found if late[f.title.pk]], year__gte=on.year - 2,
    ).values_list("enterprise_id", "year"):  # fmt: skip
        updated[firm].add(year)
    wanted = {
        (f.title.pk, kind): (f, sentences)
        for f in found
        for kind, sentences in lines_of(f, on, still_owed(late[f.title.pk], updated[f.title.enterprise_id])).items()
    }
    rows = Finding.objects.filter(certificate_id__in=[f.title.pk for f in found], closed_on=None)
    open_ = {
        (title, kind): (pk, (sentences, code))
        for title, kind, pk, sentences, code in rows.values_list(
            "certificate_id", "kind", "pk", "sentences", "rule_set_code"
        )
    }
    over = [pk for key, (pk, _) in open_.items() if key not in wanted]
    if over:
        Finding.objects.filter(pk__in=over).update(closed_on=on)
    fresh = []
    for key, (one, sentences) in wanted.items():
        told = {
            "rule_set_code": one.yardstick.resolution.rule_set, "overlays": list(one.yardstick.resolution.overlays),
            "why_rule_set": one.yardstick.resolution.reason, "sentences": sentences,
        }  # fmt: skip
        row = open_.get(key)
        if row is None:
            fresh.append(
                Finding(
                    certificate_id=key[0], kind=key[1], region_path=one.title.region_path, on=on, first_seen=on, **told
                )
            )
        elif row[1] != (sentences, told["rule_set_code"]):
            Finding.objects.filter(pk=row[0]).update(on=on, **told)
    Finding.objects.bulk_create(fresh, ignore_conflicts=True)
    lit = {row.certificate_id for row in fresh if row.kind == assist.LIGHT}
    dark = {title for title, kind in open_ if (title, kind) not in wanted and kind == assist.LIGHT}
    assist.look_at(key, [*(lit | dark)])
    return len(wanted)


def missed(title: Title, on: date, days: UpdateDays) -> dict[int, date]:
    """{year: its last day} of this year and the year before, where the title owed an update and the day is over.

    30 April by the 2022 measures, 31 May by those of 2026: nothing is lost before the later one, or the ruled one.
    """
    found = {}
    for year in (on.year - 1, on.year):
        last = days.latest(year, title.tier, title.valid_from, title.valid_until)
        if last is not None and on > last:
            found[year] = last
    return found


def still_owed(late: dict[int, date], updated: set[int]) -> dict[int, date]:
    """An update made in a year is about the year before; the one of this year makes up for the last."""
    return {year: last for year, last in late.items() if not any(done >= year - 1 for done in updated)}


def lines_of(one: Found, on: date, overdue: dict[int, date]) -> dict[str, list[str]]:
    told: dict[str, list[str]] = {}
    if one.title.valid_until - on <= DUE_WITHIN:
        told["due"] = [f"有效期至{cn(one.title.valid_until)}，到期前申请复核"]
    if overdue:
        told["overdue"] = [f"{year}年度信息更新没有完成（按较晚的期限 {cn(last)}）" for year, last in overdue.items()]
    if one.outcome == "unmet":
        gates = [criterion for criterion, _ in one.yardstick.plan.tests if criterion.gate]
        told["unsupported"] = [
            f"{criterion.title}（{criterion.clause}）不满足"
            for criterion, digit in zip(gates, one.gates, strict=True)
            if digit == str(UNMET)
        ]
    return told
