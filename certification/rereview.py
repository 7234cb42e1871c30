"""有进有出, every night: titles due for re-review, updates overdue, titles that today's facts no longer support.

A night is a cycle; its work items are slices of titles; a title is judged once a cycle whatever is killed or repeated.
Findings only list. Nobody loses a title here: that is an official's act, with due process.
"""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from certification import library
from certification.models import Certificate, Cycle, Finding, Outcome
from certification.rule_day import latest_update_day
from certification.rules.assess import Assessment
from certification.rules.population import assess_population
from certification.rules.resolve import Resolution, Unresolvable, resolve
from certification.standing import standing_of_many
from enterprises.facts import values
from enterprises.models import AnnualReport
from foundation import clock
from foundation.ledger.models import WorkItem
from foundation.ledger.work import enqueue_many, work

DUE_WITHIN = timedelta(days=180)
KIND = "rereview.slice"


def open_cycle(night: date | None = None) -> Cycle:
    """Open the night's cycle and write its slices; asked twice, it is the same cycle and the same slices."""
    day = night or clock.today()
    with transaction.atomic():
        cycle, is_new = Cycle.objects.get_or_create(night=day, defaults={"opened_at": clock.now()})
        if not is_new:
            return cycle
        ids = list(Certificate.objects.filter(state="valid").order_by("id").values_list("id", flat=True))
        size = settings.REREVIEW_SLICE
        slices = [ids[n : n + size] for n in range(0, len(ids), size)]
        enqueue_many(KIND, [(f"{day.isoformat()} {part[0]}", {"cycle": cycle.pk, "ids": part}) for part in slices])
        cycle.slices = len(slices)
        cycle.save(update_fields=["slices"])
    return cycle


@work(KIND)
def judge_slice(item: WorkItem) -> dict[str, Any]:
    """Judge one slice by the rule set that a re-review of each title would use today."""
    cycle = Cycle.objects.get(pk=item.payload["cycle"])
    on = cycle.night
    titles = list(Certificate.objects.filter(pk__in=item.payload["ids"], state="valid").select_related("enterprise"))
    judged = set(Outcome.objects.filter(cycle=cycle, certificate__in=titles).values_list("certificate_id", flat=True))
    titles = [title for title in titles if title.pk not in judged]
    standing = standing_of_many([title.enterprise for title in titles], on)
    updated = set(
        AnnualReport.objects.filter(
            enterprise_id__in=[t.enterprise_id for t in titles], year=on.year - 1, confirmed_at__isnull=False
        ).values_list("enterprise_id", flat=True)
    )
    groups: dict[Resolution, list[Certificate]] = {}
    for title in titles:
        groups.setdefault(resolution_for(title, on), []).append(title)
    found = 0
    for resolution, members in groups.items():
        rows = [values(standing[title.enterprise_id]) for title in members]
        results = assess_population(
            library.published().rule_set(resolution.rule_set),
            rows,
            on=on,
            case_type="renewal",
            overlays=library.overlays(list(resolution.overlays)),
        )
        Outcome.objects.bulk_create(
            [
                Outcome(cycle=cycle, certificate=title, outcome=result.outcome, rule_set_code=resolution.rule_set)
                for title, result in zip(members, results, strict=True)
            ],
            ignore_conflicts=True,
        )
        for title, result in zip(members, results, strict=True):
            found += note(title, result, resolution, on, is_updated=title.enterprise_id in updated)
    return {"titles": len(titles), "findings": found}


def resolution_for(title: Certificate, on: date) -> Resolution:
    """A re-review of this title, were it held today. The cohort is the year it was announced."""
    try:
        return resolve(library.published(), tier=title.tier, case_type="renewal", on=on, cohort=title.announced_on.year)
    except Unresolvable:
        return resolve(library.published(), tier=title.tier, case_type="new", on=on)


def note(title: Certificate, result: Assessment, resolution: Resolution, on: date, *, is_updated: bool) -> int:
    """Open, keep or close this title's lines; returns how many are open."""
    wanted: dict[str, list[str]] = {}
    if title.valid_until - on <= DUE_WITHIN:
        wanted["due"] = [f"有效期至{_cn(title.valid_until)}，到期前申请复核"]
    if not is_updated and on > update_deadline(on.year):
        wanted["overdue"] = [f"{on.year}年度信息更新没有完成（按较晚的期限 {_cn(update_deadline(on.year))}）"]
    if result.outcome == "unmet":
        unmet = [line for line in result.criteria if line.gate and line.outcome == "unmet"]
        wanted["unsupported"] = [f"{line.title}（{line.clause}）不满足" for line in unmet]
    for kind, sentences in wanted.items():
        Finding.objects.update_or_create(
            certificate=title,
            kind=kind,
            closed_on=None,
            defaults={
                "region_path": title.region_path, "rule_set_code": resolution.rule_set,
                "overlays": list(resolution.overlays), "why_rule_set": resolution.reason, "sentences": sentences, "on": on,
            },
            create_defaults={
                "region_path": title.region_path, "rule_set_code": resolution.rule_set,
                "overlays": list(resolution.overlays), "why_rule_set": resolution.reason, "sentences": sentences, "on": on,
                "first_seen": on,
            },
        )  # fmt: skip
    Finding.objects.filter(certificate=title, closed_on=None).exclude(kind__in=wanted).update(closed_on=on)
    return len(wanted)


def update_deadline(year: int) -> date:
    """30 April by the 2022 measures, 31 May by those of 2026: nothing is lost before the later one."""
    return latest_update_day(year)


def _cn(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def movements(year: int) -> tuple[int, int]:
    """(entries, exits) of the year: titles that began, and titles that ended without being renewed."""
    entries = Certificate.objects.filter(valid_from__year=year).count()
    exits = Certificate.objects.filter(ended_on__year=year, state__in=["expired", "withdrawn", "revoked"]).count()
    return entries, exits
