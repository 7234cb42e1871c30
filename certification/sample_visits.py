"""抽取核查对象: risk triggers as versioned data, and beside them a random share, so that the triggers can be judged by it."""

import hashlib
import hmac
import math
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet
from ruamel.yaml import YAML

from certification.models import Application, Call, Certificate, CohortTitle, Submission, Visit, VisitLine, VisitSample
from certification.models.visit import BY_LIST
from certification.permissions import VISIT, is_provincial_reviewer, visits
from certification.states import IN_REVIEW
from certification.worksheet import Row, worksheet
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.ledger.models import WorkItem
from foundation.ledger.work import work
from foundation.refusals import Missing, Problem, Refused
from foundation.transitions import begin

FILE = Path(__file__).resolve().parent / "visit_triggers.yaml"
ALGORITHM = "HMAC-SHA256（密钥为种子，内容为 批次号|申请号），由小到大，取前 ⌈比例×件数⌉ 件"
LOOKS = ("first_application", "fact_at_most", "corrections", "self_reported")
ARRIVED = "visits.on_list"
BY_DRAW = "随机抽中"
MOST_LINES = 20


@dataclass(frozen=True)
class Trigger:
    code: str
    label: str
    looks_at: str
    at_least: int = 1
    fact: str = ""
    most: float = 0


@lru_cache(maxsize=1)
def triggers() -> tuple[str, tuple[Trigger, ...]]:
    """(version, triggers)."""
    told = YAML(typ="safe").load(FILE.read_text(encoding="utf-8"))
    found = tuple(Trigger(code, **row) for code, row in told["triggers"].items())
    unknown = {one.looks_at for one in found} - set(LOOKS)
    if unknown:
        raise ValueError(f"{FILE.name}: nobody knows how to look at {sorted(unknown)}")
    return str(told["version"]), found


def fires(trigger: Trigger, application: Application, filed: Submission, *, is_first: bool, corrections: int) -> bool:
    """Does this trigger choose the case? A fact that is missing chooses nothing: it is asked for elsewhere."""
    if trigger.looks_at == "first_application":
        return is_first
    if trigger.looks_at == "corrections":
        return corrections >= trigger.at_least
    if trigger.looks_at == "self_reported":
        return sum(source == "self" for source in filed.sources.values()) >= trigger.at_least
    value = filed.facts.get(trigger.fact)
    try:
        return value not in (None, "") and Decimal(str(value)) <= Decimal(str(trigger.most))
    except InvalidOperation:
        return False


def reasons_of(application: Application) -> list[str]:
    """Why this case would be chosen, in the words of the triggers."""
    filed = application.submissions.order_by("-number").first()
    if filed is None:
        return []
    held = Certificate.objects.filter(enterprise_id=application.enterprise_id, tier=application.tier)
    asked = Application.objects.filter(
        enterprise_id=application.enterprise_id, tier=application.tier, submitted_at__isnull=False
    )
    is_first = not held.exists() and not asked.exclude(pk=application.pk).exists()
    version, known = triggers()
    corrections = application.corrections.count()
    return [
        f"{one.label}（{version}）"
        for one in known
        if fires(one, application, filed, is_first=is_first, corrections=corrections)
    ]


def ticket(seed: str, call_id: str, application_id: str) -> str:
    return hmac.new(bytes.fromhex(seed), f"{call_id}|{application_id}".encode(), hashlib.sha256).hexdigest()


def drawn(seed: str, call_id: str, ids: Iterable[str], share: int) -> set[str]:
    """The same seed gives the same cases, whoever asks."""
    listed = sorted(ids, key=lambda one: ticket(seed, call_id, one))
    return set(listed[: math.ceil(len(listed) * share / 100)])


def waiting(call: Call) -> QuerySet[Application]:
    """Cases under review that no draw of this call has taken in yet and that nobody has to visit."""
    earlier = VisitSample.objects.filter(call=call)
    seen = {one for pool in earlier.values_list("pool", flat=True) for one in pool}
    rows = under_review(call).exclude(public_id__in=seen)
    # A draw from before the numbers were kept took in whatever was there.
    unkept = earlier.filter(record_hash="").order_by("-at").first()
    return rows.filter(submitted_at__gt=unkept.at) if unkept else rows


def under_review(call: Call) -> QuerySet[Application]:
    visited = Visit.objects.filter(application=OuterRef("pk")).exclude(state="cancelled")
    return Application.objects.filter(~Exists(visited), call=call, state__in=IN_REVIEW)


def newly_fired(call: Call, taken: Iterable[Application]) -> list[Application]:
    """Cases of earlier draws that were never chosen: a trigger may speak for them since (returned for correction)."""
    never = under_review(call).exclude(pk__in=[case.pk for case in taken]).exclude(visits__state="cancelled")
    return list(never.select_related("enterprise").order_by("id"))


def sample(call: Call, share: int | None, *, actor: Principal, seed: str = "") -> VisitSample:
    """Choose the cases of a call that are visited. Each case takes part in one draw; pressed again, it is for late ones.

    `seed` is given by a repetition or a test; the office has no way to choose one.
    """
    if not is_provincial_reviewer(actor, call):
        raise Missing
    if share is None or not 0 <= share <= 100:
        raise Refused(
            "invalid",
            "没有抽取。",
            [Problem("随机比例填 0 到 100 的整数", "share", hint="比例由自治区确定；不随机抽的填 0")],
        )
    cases = list(waiting(call).select_related("enterprise").order_by("id"))
    because = {case.pk: reasons_of(case) for case in [*cases, *newly_fired(call, cases)]}
    if not cases and not any(because.values()):
        raise Refused("conflict", "这个批次现在没有还没参加过抽取的在审申请，没有可以抽取的。")
    seed, pool = seed or secrets.token_hex(32), sorted(case.public_id for case in cases)
    listed = sorted(cohort_draw(call, cases))
    by_lot = drawn(seed, call.public_id, pool, share)
    every = {case.pk: case for case in Application.objects.filter(pk__in=because).select_related("enterprise")}
    fired = sorted(every[pk].public_id for pk, words in because.items() if words)
    with transaction.atomic():
        try:
            with transaction.atomic():
                made = VisitSample.objects.create(
                    call=call, number=VisitSample.objects.filter(call=call).count() + 1, region_path=call.region_path, share=share, seed=seed,
                    algorithm=ALGORITHM, triggers_version=triggers()[0], among=len(pool), triggered=len(fired),
                    drawn=len(by_lot | set(listed)), pool=pool, listed=listed, fired=fired,
                    record_hash=hash_of(seed, call.public_id, pool, share, listed, fired), by_id=actor.user_id, by_name=actor.name,
                    at=clock.now(),
                )  # fmt: skip
        except IntegrityError as error:
            raise Refused("duplicate", "同事刚刚抽取过，请刷新后再看。个别增加的，在案件里安排。") from error
        record("visit_sample.draw", made, actor=actor, detail={"seed": seed, "share": share, "drawn": made.drawn})
        for pk, case in sorted(every.items()):
            words = list(because[pk])
            words += [f"{BY_DRAW}（{share}%）"] if case.public_id in by_lot else []
            words += [BY_LIST] if case.public_id in listed else []
            if words:
                choose(case, words, actor=actor, made=made)
    return made


def hash_of(
    seed: str, call_id: str, pool: Iterable[str], share: int, listed: Iterable[str], fired: Iterable[str]
) -> str:
    """Over every case that took part: its number, its ticket, and by which of the ways it was chosen."""
    pool, listed, fired = set(pool), set(listed), set(fired)
    by_lot = drawn(seed, call_id, pool, share)
    rows = (
        f"{one}|{ticket(seed, call_id, one)}|{int(one in pool)}{int(one in by_lot)}{int(one in listed)}{int(one in fired)}"
        for one in sorted(pool | fired)
    )
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def differences(made: VisitSample) -> list[str]:
    """What the record says otherwise than the seed; empty when the draw can be repeated to the letter."""
    if not made.record_hash:
        return ["this draw was made before the numbers drawn from were kept: it cannot be repeated"]
    told, call_id = [], made.call.public_id
    by_lot = drawn(made.seed, call_id, made.pool, made.share)
    expected = by_lot | set(made.listed) | set(made.fired)
    visited = list(made.visits.values_list("application__public_id", flat=True))
    if sorted(visited) != sorted(expected):
        told.append(f"visits differ from the draw: {sorted(set(visited) ^ expected)}")
    counts = (len(made.pool), len(made.fired), len(by_lot | set(made.listed)))
    if counts != (made.among, made.triggered, made.drawn):
        told.append(f"counts are {counts}, recorded were {(made.among, made.triggered, made.drawn)}")
    again = hash_of(made.seed, call_id, made.pool, made.share, made.listed, made.fired)
    if again != made.record_hash:
        told.append(f"the record's hash is {again}, published was {made.record_hash}")
    return told


def seed_mark(made: VisitSample) -> str:
    """SHA-256 of the seed: published at once, so that nobody can exchange the seed before it is shown."""
    return hashlib.sha256(bytes.fromhex(made.seed)).hexdigest()


def is_settled(made: VisitSample) -> bool:
    """Does every firm that was chosen know its day? Before that, the seed would tell it who is coming."""
    return not made.visits.filter(state="chosen").exists()


def cohort_draw(call: Call, cases: Iterable[Application]) -> list[str]:
    """Firms that the list of a re-review has already drawn for a visit keep that place."""
    firms = set(CohortTitle.objects.filter(cohort__call=call, is_on_site=True).values_list("enterprise_id", flat=True))
    return [case.public_id for case in cases if case.enterprise_id in firms]


@work(ARRIVED)
def on_arrival(item: WorkItem) -> dict[str, Any]:
    """A firm that the list of its re-review has drawn is visited whenever it files, before or after the call's draw."""
    case = Application.objects.select_related("call", "enterprise").get(public_id=item.key)
    if not cohort_draw(case.call, [case]) or case.visits.exists() or case.state not in IN_REVIEW:
        return {"visits": 0}
    choose(case, [BY_LIST], actor=Principal.system(ARRIVED))
    return {"visits": 1}


def choose(application: Application, reasons: list[str], *, actor: Principal, made: VisitSample | None = None) -> Visit:
    """One visit with its checklist, made from what this firm claims by its own word or what a person must judge."""
    row = Visit(
        application=application, enterprise_id=application.enterprise_id, enterprise_name=application.enterprise_name,
        region_path=application.region_path, tier=application.tier, sample=made, reasons=reasons,
    )  # fmt: skip
    with transaction.atomic():
        begin(row, actor=actor, machine=VISIT, audience="office")
        VisitLine.objects.bulk_create(
            VisitLine(
                visit=row, enterprise_id=row.enterprise_id, region_path=row.region_path, place=place, title=title[:200], claim=claim,
                source=source[:40],
            )
            for place, (title, claim, source) in enumerate(checklist(application), start=1)
        )  # fmt: skip
    return row


def checklist(application: Application) -> list[tuple[str, str, str]]:
    """(what to look at, what was claimed, by which source): risky claims first, and the place itself always."""
    lines = [("生产经营场所和在册人员", application.enterprise.address, "")]
    filed = application.submissions.order_by("-number").first()
    if filed is None:
        return lines
    gates, parts = worksheet(application, filed, {}, [])
    for row in [*gates, *parts]:
        if row.is_self_reported or row.outcome == "needs_person":
            lines.append((f"{row.title}（{row.clause}）", claim_words(row), "、".join(row.sources)))
    return lines[:MOST_LINES]


def claim_words(row: Row) -> str:
    return "；".join(f"{claim.label}：{claim.value}" for claim in row.claims) or row.sentence


def choose_one(application: Application, why: str, *, actor: Principal) -> Visit:
    """An office adds a single case, with its reason."""
    if not visits(actor, application) or application.state not in IN_REVIEW:
        raise Missing
    if len(why.strip()) < 4:
        raise Refused("invalid", "没有安排。", [Problem("请写明为什么核查", "reason")])
    if application.visits.exclude(state="cancelled").exists():
        raise Refused("duplicate", "这件申请已经安排了实地核查。")
    return choose(application, [why.strip()[:200]], actor=actor)
