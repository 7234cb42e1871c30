"""R3: officials and the enterprise act on the same case at the same moment, through HTTP; each state is left once."""

import itertools
import random
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import django

from tests.chaos.stage import Processes, arguments, free_port, prepare, tell, wait_until

FORM = {
    "field": "product_text",
    "reason-product_text": "请补充关键指标（演练）",
    "opinion": "同意（演练）",
    "reason": "不符合（演练）",
    "confirmed": "1",
}
BUSY = 503


def main() -> int:
    asked = arguments()
    prepare()
    django.setup()

    from certification import apply, review
    from foundation.accounts.models import User
    from foundation.accounts.principal import Principal
    from foundation.accounts.scope import system_scope
    from portal.demo import cases
    from tests.chaos.people import Person, make_drafts, rows

    rng = random.Random(asked.seed)
    tiers = ("innovative", "specialised", "little_giant") if asked.full else ("innovative",)
    drafts = [draft for tier in tiers for draft in make_drafts(400 if asked.full else 40, tier)]
    port = free_port()
    house = Processes.at()
    statuses: Counter[int] = Counter()
    try:
        house.web(port, plant=asked.plant)
        desks: dict[str, Principal] = {}
        with system_scope("drill"):
            for user in User.objects.filter(posts__role="leader").distinct():
                principal = Principal.of_user(user)
                desks[principal.office_path] = principal
            contested = []
            for draft in drafts:
                apply.submit(draft.application, actor=draft.principal)
                desk = cases.desk_for(draft.application, desks)
                for code in review.open_points(draft.application):
                    review.judge(draft.application, code, "met", actor=desk, note="已核对（演练）")
                official, member = (User.objects.get(pk=p.user_id) for p in (desk, draft.principal))
                contested.append(
                    (draft.application, [Person.of(official, port) for _ in range(6)], Person.of(member, port))
                )
        wait_until(lambda: _alive(contested[0][2]), 30)
        with ThreadPoolExecutor(8) as crowd:
            for application, officials, member in contested:
                gate = threading.Barrier(8)
                case, mine = f"/desk/cases/{application.public_id}", f"/my/applications/{application.public_id}"
                acts = ["recommend", "recommend", "refuse", "return", "refuse", "return"]
                rng.shuffle(acts)
                tries = [(who, f"{case}/{act}/") for who, act in zip(officials, acts, strict=True)]
                tries += [(member, f"{mine}/withdraw/")] * 2

                def attempt(one: tuple[Person, str], gate: threading.Barrier = gate) -> int:
                    gate.wait(20)
                    for _ in range(5):
                        answer = one[0].post(one[1], **FORM)
                        if answer.status != BUSY:
                            return answer.status
                        time.sleep(1)  # a full house says 503 with Retry-After, and is asked again
                    return BUSY

                statuses.update(crowd.map(attempt, tries))
            beside = procedures(port)
            for _, tries in beside:
                gate = threading.Barrier(len(tries))

                def contend(one: tuple[Person, str, dict[str, str]], gate: threading.Barrier = gate) -> int:
                    gate.wait(20)
                    for _ in range(5):
                        answer = one[0].post(one[1], **one[2])
                        if answer.status != BUSY:
                            return answer.status
                        time.sleep(1)
                    return BUSY

                statuses.update(crowd.map(contend, tries))
    finally:
        house.kill_all()
    once = Counter(rows(sql, *given)[0][0] for (sql, given), _ in beside)
    left, broken = Counter(), 0
    for application, *_ in contested:
        moves = rows(
            "SELECT from_state, to_state FROM audit_auditevent WHERE object_id = %s AND act LIKE 'application.%%'"
            " AND from_state NOT IN ('', 'draft', to_state) ORDER BY id",
            application.public_id,
        )
        left[sum(before == "screening" for before, _ in moves)] += 1
        broken += any(one[1] != two[0] for one, two in itertools.pairwise(moves))
    ((doubled,),) = rows(
        "SELECT count(*) FROM (SELECT application_id FROM certification_letter WHERE state <> 'discarded' GROUP BY 1 HAVING count(*) > 1) t"
    )
    counts = {
        "cases": len(contested), "attempts": sum(statuses.values()), "statuses": dict(sorted(statuses.items())),
        "decided_once": left[1], "decided_twice_or_more": sum(n for times, n in left.items() if times > 1),
        "undecided": left[0], "broken_chains": broken, "acts_beside_the_case": len(beside),
        "of_these_done_once": once[1], "letters_doubled": doubled,
    }  # fmt: skip
    fine_beside = len(beside) >= 6 and once == Counter({1: len(beside)}) and not doubled
    failures = sum(n for status, n in statuses.items() if status >= 500)
    told = set(statuses) <= {302, 409}
    fine = fine_beside and counts["decided_once"] == len(contested) and not broken and not failures and told
    return tell(
        "R3",
        asked,
        counts,
        "each case leaves 初审 exactly once and stands on one draft, every loser gets 409, 0 answers of 5xx",
        fine,
    )


Try = tuple[Any, str, dict[str, str]]


def procedures(port: int) -> list[tuple[tuple[str, tuple], list[Try]]]:
    """Things beside a case that may be done once: to answer an objection, to conclude an item of a committee, to draft a case.

    Each with the query that counts how often it was done, and eight tries that want to do it.
    """
    from certification import committee
    from certification import object as objecting
    from certification.models import Meeting, Posting
    from foundation.accounts.models import User
    from foundation.accounts.principal import Principal
    from foundation.accounts.scope import system_scope
    from tests.chaos.people import Person

    director = User.objects.get(username="sheng-chuzhang")
    windows = [Person.of(director, port) for _ in range(8)]
    told: list[tuple[tuple[str, tuple], list[Try]]] = []
    ended = "SELECT count(*) FROM audit_auditevent WHERE object_id = %s AND act IN ('objection.uphold', 'objection.dismiss')"
    with system_scope("drill"):
        chair = Principal.of_user(director)
        for posting in Posting.objects.filter(state="running", region_path="64").order_by("id")[:2]:
            for line in posting.items.order_by("place")[:4]:
                given = {"name": "演练", "contact": "0951", "relation": "同行", "facts": "演练：请核查这一条。"}
                objection, _ = objecting.lodge(posting, line.place, given)
                objecting.take_up(objection, actor=chair)
                url = f"/desk/postings/objections/{objection.public_id}/answer/"
                forms = [{"verdict": verdict, "answer": "答复（演练）"} for verdict in ("uphold", "dismiss")]
                told.append(((ended, (objection.public_id,)), [(w, url, forms[n % 2]) for n, w in enumerate(windows)]))
        for case, url, lines, table in drafts_wanted():
            drafted = (
                f"SELECT count(*) FROM {lines} l JOIN {table} d ON d.id = l.{'posting' if table.endswith('posting') else 'draft'}_id"
                " WHERE d.state = 'draft' AND l.application_id = %s"
            )
            form = {
                "call": case.call.public_id,
                "application": case.public_id,
                "document_number": f"（演练）{case.pk}号",
            }
            told.append(((drafted, (case.pk,)), [(w, url, form) for w in windows]))
        meeting = Meeting.objects.filter(state="planned").first()
        if meeting is not None:
            committee.open_meeting(meeting, actor=chair)
            concluded = "SELECT count(*) FROM audit_auditevent WHERE object_id = %s AND act = 'meeting.conclude' AND (detail->>'place')::int = %s"
            for item in meeting.items.order_by("place"):
                for seat in meeting.members.all():
                    committee.cast(item, "approve", actor=Principal.of_user(seat.user))
                url = f"/desk/postings/meetings/{meeting.public_id}/{item.place}/conclude/"
                # What the ballots do not say is refused to everybody; what they allow is contested.
                forms = [{"result": "approve"}, {"result": "defer", "reason": "演练"}]
                told.append(
                    (
                        (concluded, (meeting.public_id, item.place)),
                        [(w, url, forms[n % 2]) for n, w in enumerate(windows)],
                    )
                )
    return told


def drafts_wanted() -> list[tuple[Any, str, str, str]]:
    """Cases that can be put on a list or on an announcement and stand on none, with address, lines and table of the draft."""
    from certification import review
    from certification.models import Application
    from certification.obstacles import obstacles
    from foundation.accounts.models import User
    from foundation.accounts.principal import Principal
    from portal.demo.consultations import settle

    reviewer = Principal.of_user(User.objects.get(username="sheng-shenhe"))
    at_province = Application.objects.filter(
        state="province_review", tier__in=["innovative", "specialised"], posting_items=None
    )
    ready = Application.objects.filter(state="decided", tier__in=["innovative", "specialised"], announcement_lines=None)
    found: list[tuple[Any, str, str, str]] = []
    for case in at_province.select_related("call").order_by("id")[:6]:
        settle(case, reviewer)
        for code in review.open_points(case):
            review.judge(case, code, "met", actor=reviewer, note="已核对（演练）")
        if not obstacles([case]) and len(found) < 2:
            found.append((case, "/desk/postings/post/", "certification_postingitem", "certification_posting"))
    for case in ready.select_related("call").order_by("id")[:2]:
        found.append(
            (case, "/desk/postings/announce/", "certification_announcementline", "certification_announcementdraft")
        )
    return found


def _alive(person: object) -> bool:
    try:
        return bool(person.get("/livez").status == 200)  # type: ignore[attr-defined]
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(main())
