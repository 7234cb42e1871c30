"""Re-review cohorts (复核名单): who is due, by which rules, who is visited; built once, whatever is killed or repeated.

The list and its draw are written in one transaction with the work item's `done` mark; telling the firms is work of its own.
"""

import hashlib
import hmac
import math
import secrets
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from certification.models import Call, Certificate, Cohort, CohortTitle
from certification.permissions import is_provincial_reviewer
from certification.tiers import CaseType
from certification.yardstick import Yardstick, yardstick
from enterprises.models import Membership
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.audit.record import record
from foundation.ledger.models import WorkItem
from foundation.ledger.work import enqueue, enqueue_many, work
from foundation.mailroom.models import Message, Topic
from foundation.mailroom.posting import send, send_by_hand
from foundation.refusals import Missing, Problem, Refused
from foundation.regions.models import bodies

ALGORITHM = "HMAC-SHA256（密钥为种子，内容为 名单号|证书编号），层内由小到大，取前 ⌈比例×层内数⌉ 项"
FILL, TELL = "rereview.list", "rereview.tell"
AT_ONCE = 100


def build(
    call: Call, ends_from: date | None, ends_until: date | None, share: int | None, *, actor: Principal
) -> Cohort:
    """Ask for the list of a call for re-review; the ledger fills it. Once per call, before the first application."""
    if not is_provincial_reviewer(actor, call):
        raise Missing
    problems = []
    if call.case_type != CaseType.RENEWAL:
        problems.append(Problem("只有复核批次才有名单", "call"))
    if ends_from is None or ends_until is None or ends_from > ends_until:
        problems.append(Problem("请填写有效期截止的起止日期，起不晚于止", "ends_from"))
    if share is None or not 0 <= share <= 100:
        problems.append(Problem("请填 0 到 100 之间的整数", "share", hint="不做实地抽查的填 0"))
    if problems or ends_from is None or ends_until is None or share is None:
        raise Refused("invalid", "名单没有建立。", problems)
    for year in cohorts_of(call, ends_from, ends_until):
        _same_rules(call, yardstick(call.tier, year, opening_day(call)), year)
    with transaction.atomic():
        cohort, is_new = Cohort.objects.get_or_create(
            call=call,
            defaults={
                "ends_from": ends_from, "ends_until": ends_until, "share": share, "seed": secrets.token_hex(32),
                "algorithm": ALGORITHM, "built_at": clock.now(), "built_by_id": actor.user_id,
            },
        )  # fmt: skip
        if not is_new:
            raise Refused("already_moved", "这个批次的名单已经建立，种子已定，不能重抽。")
        record("cohort.build", cohort, actor=actor, detail={"seed": cohort.seed, "share": share})
        enqueue(FILL, cohort.public_id)
    return cohort


def _same_rules(call: Call, measure: Yardstick, year: int) -> None:
    told = (measure.resolution.rule_set, sorted(measure.resolution.overlays))
    if told != (call.rule_set.code, sorted(call.overlays)):
        raise Refused(
            "conflict",
            f"{year}年公告的一批适用 {told[0]}（{'、'.join(told[1]) or '无通知'}），本批次固定的是 {call.rule_set.code}"
            f"（{'、'.join(call.overlays) or '无通知'}）。请按公告年度分开发布复核批次。",
        )


def due_titles(call: Call, ends_from: date, ends_until: date) -> Any:
    rows = Certificate.objects.filter(
        state="valid", tier=call.tier, valid_until__gte=ends_from, valid_until__lte=ends_until
    )
    return rows.filter(announced_on__year=call.cohort) if call.cohort else rows


def cohorts_of(call: Call, ends_from: date, ends_until: date) -> list[int]:
    years = due_titles(call, ends_from, ends_until).order_by().values_list("announced_on__year", flat=True).distinct()
    if not years:
        raise Refused("conflict", "这段时间没有到期的称号，名单是空的。请核对层级、公告年度和起止日期。")
    return sorted(years)


def opening_day(call: Call) -> date:
    return timezone.localtime(call.opens_at).date()


def ticket(seed: str, cohort_id: str, number: str) -> str:
    return hmac.new(bytes.fromhex(seed), f"{cohort_id}|{number}".encode(), hashlib.sha256).hexdigest()


@work(FILL)
def fill(item: WorkItem) -> dict[str, Any]:
    """Write the list, draw the visits by stratum, and queue the telling; a second run finds it written."""
    cohort = Cohort.objects.select_for_update().select_related("call__rule_set").get(public_id=item.key)
    if cohort.filled_at is not None:
        return {"titles": 0}
    call = cohort.call
    rows = list(due_titles(call, cohort.ends_from, cohort.ends_until).select_related("judgement").order_by("id"))
    measures: dict[int, Yardstick] = {}
    strata: dict[str, list[CohortTitle]] = defaultdict(list)
    for title in rows:
        year = title.announced_on.year
        measure = measures.setdefault(year, yardstick(call.tier, year, opening_day(call)))
        name = stratum_of(title)
        strata[name].append(
            CohortTitle(
                cohort=cohort, certificate=title, enterprise_id=title.enterprise_id, region_path=title.region_path,
                stratum=name, rule_set_code=measure.resolution.rule_set, overlays=list(measure.resolution.overlays),
                why_rule_set=measure.resolution.reason, ticket=ticket(cohort.seed, cohort.public_id, title.number), place=0,
            )
        )  # fmt: skip
    for members in strata.values():
        members.sort(key=lambda line: line.ticket)
        for place, line in enumerate(members, 1):
            line.place, line.is_on_site = place, place <= visits_of(len(members), cohort.share)
    lines = [line for name in sorted(strata) for line in strata[name]]
    CohortTitle.objects.bulk_create(lines, batch_size=1000)
    cohort.size, cohort.on_site = len(lines), sum(line.is_on_site for line in lines)
    cohort.record_hash, cohort.filled_at = hash_of(lines), clock.now()
    cohort.save(update_fields=["size", "on_site", "record_hash", "filled_at"])
    parts = range(0, len(lines), AT_ONCE)
    enqueue_many(TELL, [(f"{cohort.public_id} {n}", {"cohort": cohort.pk, "from": n}) for n in parts])
    return {"titles": len(lines), "on_site": cohort.on_site}


def stratum_of(title: Certificate) -> str:
    """City, and whether today's data still carry the title; a title that was never judged stands by itself."""
    judgement = getattr(title, "judgement", None)
    told = {"unmet": "数据不再支持", None: "尚未核算"}.get(judgement.outcome if judgement else None, "数据支持或待补")
    city = bodies().get("/".join(title.region_path.split("/")[:2]))
    return f"{city.name if city else title.region_path}・{told}"


def visits_of(count: int, share: int) -> int:
    """Rounded up, so that a small stratum is never left out of sight."""
    return math.ceil(count * share / 100)


def hash_of(lines: list[CohortTitle]) -> str:
    """Over every line; numbers of titles are public, nothing else names anybody."""
    rows = sorted(f"{x.certificate.number}|{x.stratum}|{x.place}|{x.ticket}|{int(x.is_on_site)}" for x in lines)
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


@work(TELL)
def tell(item: WorkItem) -> dict[str, Any]:
    """Tell a hundred firms that their re-review is due; who was told already is not told again.

    Where nobody of the firm is verified it was not told: its office gets the task to do so by phone or on paper.
    """
    cohort = Cohort.objects.select_related("call").get(pk=item.payload["cohort"])
    first = item.payload["from"]
    lines = list(
        CohortTitle.objects.filter(cohort=cohort).select_related("certificate").order_by("id")[first : first + AT_ONCE]
    )
    due, told = timezone.localtime(cohort.call.closes_at).date(), 0
    by_hand = 0
    people = defaultdict(list)
    members = Membership.objects.filter(enterprise_id__in=[x.enterprise_id for x in lines], state="verified")
    for member in members.select_related("user"):
        people[member.enterprise_id].append(member.user)
    for line in lines:
        reached = people[line.enterprise_id]
        moment = clock.now() if reached else None
        if line.told_at or not CohortTitle.objects.filter(pk=line.pk, told_at=None).update(told_at=moment):
            continue
        title = line.certificate
        letter: dict[str, Any] = {
            "subject": f"{title.get_tier_display()}称号到期复核",
            "body": f"称号（{title.number}）有效期至{title.valid_until:%Y年%m月%d日}，已列入{cohort.call.title}。{line.why_rule_set}",
            "what_to_do": "在开放期内提交复核申请；已有的资料会带过来，只需核对变化的部分",
            "due_on": due, "topic": Topic.DUE, "url": reverse("certification:my_applications"), "about": title,
        }  # fmt: skip
        if reached:
            send(reached, **letter)
            told += 1
        elif not by_hand_already(cohort, title):
            send_by_hand(why="企业没有已核实的人员，复核通知电子方式送不到", **letter)
            by_hand += 1
    return {"told": told, "by_hand": by_hand}


def by_hand_already(cohort: Cohort, title: Certificate) -> bool:
    """The task for this title was written by an earlier run; the row of the list is locked by now."""
    rows = Message.objects.filter(
        recipient=None, about_type=title._meta.label_lower, about_id=title.public_id, created_at__gte=cohort.built_at
    )
    return rows.exists()


@dataclass(frozen=True)
class Coverage:
    """One stratum, in titles: due, drawn for a visit, visited, applied, decided."""

    stratum: str
    due: int
    drawn: int
    visited: int
    applied: int
    decided: int


COVERAGE = """
SELECT t.stratum, count(*), count(*) FILTER (WHERE t.is_on_site), count(*) FILTER (WHERE EXISTS (
  SELECT 1 FROM certification_visit v JOIN certification_application b ON b.id = v.application_id
  WHERE b.call_id = %s AND b.enterprise_id = t.enterprise_id AND v.state IN ('finished', 'countersigned', 'not_signed'))),
  count(a.id), count(a.id) FILTER (WHERE a.state IN ('granted', 'refused', 'national_granted', 'national_refused'))
FROM certification_cohorttitle t
LEFT JOIN LATERAL (SELECT id, state FROM certification_application
  WHERE call_id = %s AND enterprise_id = t.enterprise_id AND submitted_at IS NOT NULL ORDER BY id DESC LIMIT 1) a ON true
WHERE t.cohort_id = %s GROUP BY t.stratum ORDER BY t.stratum
"""
"""A title counts once: a firm that withdrew and filed again is told by what it filed last."""


def coverage(cohort: Cohort) -> list[Coverage]:
    """Counted from the list and from the applications of its call; the published table is this one."""
    with connection.cursor() as cursor:
        cursor.execute(COVERAGE, [cohort.call_id, cohort.call_id, cohort.pk])
        return [Coverage(*row) for row in cursor.fetchall()]


def coverage_shown(cohort: Cohort) -> list[Coverage]:
    """For the public: the same table, counted by the house, with strata of fewer than SMALL_CELL titles put together."""
    with transaction.atomic(), scoped(Principal.system("cohort")):
        rows = coverage(cohort)
    large = [row for row in rows if row.due >= settings.SMALL_CELL]
    small = [row for row in rows if row.due < settings.SMALL_CELL]
    if small:
        sums = [sum(getattr(row, name) for row in small) for name in ("due", "drawn", "visited", "applied", "decided")]
        large.append(Coverage("其余各层合计", *sums))
    return large


def differences(cohort: Cohort) -> list[str]:
    """What the record says otherwise than the seed; empty when the draw can be repeated to the letter."""
    lines = list(CohortTitle.objects.filter(cohort=cohort).select_related("certificate").order_by("stratum", "place"))
    told = []
    strata: dict[str, list[CohortTitle]] = defaultdict(list)
    for line in lines:
        strata[line.stratum].append(line)
    for name, members in strata.items():
        again = sorted(
            (ticket(cohort.seed, cohort.public_id, x.certificate.number), x.certificate.number) for x in members
        )
        if again != [(x.ticket, x.certificate.number) for x in members]:
            told.append(f"{name}: the order is not that of the seed")
        if [x.is_on_site for x in members] != [n < visits_of(len(members), cohort.share) for n in range(len(members))]:
            told.append(f"{name}: visits are not the first {cohort.share} %")
    if len(lines) != cohort.size or hash_of(lines) != cohort.record_hash:
        told.append("the lines are not those of the record")
    return told
