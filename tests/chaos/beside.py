"""Lives of site visits and of objections for R21: any act by anybody in any order; what was found and what is held stays true."""

import random
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

GIVEN = {"name": "演练", "contact": "0951", "relation": "同行", "facts": "请核查这一条（演练）。"}
AHEAD = {
    "chosen": ["plan", "plan", "cancel"], "planned": ["answer", "answer", "answer", "finish", "finish", "replan", "cancel"],
    "finished": ["sign", "decline"],
    "received": ["take_up", "take_up", "withdraw"], "under_examination": ["uphold", "dismiss", "withdraw"],
}  # fmt: skip
STEPS = 14


def walk(rng: random.Random, lives: int, plant: str) -> dict[str, Any]:
    """Walk so many visits and objections, each undone afterwards. Returns steps, edges walked and not walked, refusals, violations."""
    from django.db import transaction

    from certification.permissions import OBJECTION, VISIT
    from foundation.accounts.principal import Principal
    from foundation.accounts.scope import scoped
    from foundation.refusals import Refused

    told = SimpleNamespace(steps=0, walked=Counter(), refused=Counter(), wrong=Counter())
    edges = {(m.states.name, *edge) for m in (VISIT, OBJECTION) for edge in m.states.edges}
    with transaction.atomic(), scoped(Principal.system("drill")):
        begin = [a_visit(rng), an_objection(rng)]
        for number in range(lives if plant else 5 * lives):
            if number >= lives and not edges - set(told.walked):
                break
            with transaction.atomic():
                life = begin[number % 2]()
                for _ in range(STEPS):
                    step(life, rng, told, plant, Refused)
                transaction.set_rollback(True)
        transaction.set_rollback(True)
    return {
        "steps": told.steps, "edges": len(edges), "not_walked": sorted(" ".join(e) for e in edges - set(told.walked)),
        "outside": sorted(" ".join(e) for e in set(told.walked) - edges), "refused": dict(told.refused), "wrong": dict(told.wrong.most_common(6)),
    }  # fmt: skip


def step(life: Any, rng: random.Random, told: Any, plant: str, refused: type[Exception]) -> None:
    """One act, likely or not, by somebody who may or may not; then the house is looked at."""
    from django.db import transaction

    row = life.fresh()
    before, version = row.state, row.version  # a verb moves what it is given
    who = rng.choice(life.strangers) if rng.random() < 0.15 else rng.choice(life.people)
    verbs: dict[str, Callable[[], Any]] = life.verbs(row, who)
    ahead = AHEAD.get(before, [])
    name = rng.choice(ahead) if ahead and rng.random() < 0.75 else rng.choice(sorted(verbs))
    told.steps += 1
    if plant == "finished_unanswered" and before == "planned":
        type(row).objects.filter(pk=row.pk).update(state="finished")
    else:
        try:
            with transaction.atomic():
                verbs[name]()
        except refused as refusal:
            told.refused[getattr(refusal, "code", "")] += 1
        except Exception as broke:
            told.wrong[f"{name} broke: {type(broke).__name__} {str(broke)[:120]}"] += 1
    after = life.fresh()
    if after.version != version:
        told.walked[life.kind, before, after.state] += 1
        if who in life.strangers and not plant:
            told.wrong[f"{life.kind}: {name} by somebody else"] += 1
    told.wrong.update(life.broken(after))


def a_visit(rng: random.Random) -> Callable[[], Any]:
    from certification import sample_visits, visit
    from certification.models import Application, Visit
    from certification.states import IN_REVIEW
    from foundation import clock
    from foundation.accounts.models import User
    from foundation.accounts.principal import Principal

    def known(name: str) -> Principal:
        return Principal.of_user(User.objects.get(username=name))

    leader, strangers = known("sheng-chuzhang"), [known("zhuanjia-1"), known("sheng-fabu"), known("shizuishan")]
    cases = Application.objects.filter(state__in=IN_REVIEW, visits=None, region_path__startswith="64/6401/")
    cases = list(cases.filter(enterprise__memberships__state="verified").distinct().order_by("id"))

    def begin() -> Any:
        case = Application.objects.select_related("call", "enterprise").get(pk=rng.choice(cases).pk)
        row = sample_visits.choose_one(case, "核查主要设备（演练）", actor=leader)
        member = case.enterprise.memberships.filter(state="verified").select_related("user").first()
        firm, desk = Principal.of_user(member.user), known("yinchuan")

        def verbs(now: Visit, who: Principal) -> dict[str, Callable[[], Any]]:
            day = (clock.now() + timedelta(days=rng.randint(1, 9))).isoformat()
            places = list(now.lines.values_list("place", flat=True))

            def answer() -> None:
                for place in places if rng.random() < 0.7 else places[:1]:
                    line = now.lines.get(place=place)
                    given = {
                        "verdict": rng.choice(["matches", "differs"]),
                        "note": rng.choice(["", "少一台"]),
                        "seen": line.key,
                    }
                    visit.answer(now, place, given, actor=who)

            def finish() -> None:
                visit.finish(now, {"summary": "与申报一致（演练）", "seen": now.summary_key}, actor=who)

            return {
                "plan": lambda: visit.plan(now, day, "甲、乙", actor=who), "replan": lambda: visit.plan(now, day, "甲、丙", actor=who),
                "answer": answer, "finish": finish,
                "sign": lambda: visit.countersign(now, "", actor=who, agrees=True),
                "decline": lambda: visit.countersign(now, "设备已经到场（演练）", actor=who, agrees=False),
                "cancel": lambda: visit.cancel(now, "改为书面核查（演练）", actor=who),
            }  # fmt: skip

        def broken(now: Visit) -> list[str]:
            told = []
            if now.state in visit.OVER:
                if now.finished_at is None or not now.summary or now.lines.filter(verdict="").exists():
                    told.append("a visit is over and something was not answered")
                if now.lines.filter(at__gt=now.finished_at or now.created_at).exists():
                    told.append("a line was written after the visit was over")
            if now.state in ("countersigned", "not_signed") and now.signed_by_id != firm.user_id:
                told.append("signed by somebody who is not of the firm")
            if now.state == "not_signed" and not now.remark:
                told.append("not signed, and nobody knows why")
            return told

        return SimpleNamespace(
            kind="visit",
            fresh=lambda: Visit.objects.get(pk=row.pk),
            people=[leader, desk, firm, firm],
            strangers=strangers,
            verbs=verbs,
            broken=broken,
        )

    return begin


def an_objection(rng: random.Random) -> Callable[[], Any]:
    from certification import object as verbs_of
    from certification.models import Objection, Posting
    from foundation.accounts.models import User
    from foundation.accounts.principal import Principal

    def known(name: str) -> Principal:
        return Principal.of_user(User.objects.get(username=name))

    desk = [
        known("sheng-chuzhang"),
        known("sheng-fuchuzhang")
        if User.objects.filter(username="sheng-fuchuzhang").exists()
        else known("sheng-chuzhang"),
    ]
    strangers = [known("yinchuan"), known("xingqing"), known("zhuanjia-1"), known("sheng-fabu")]
    posting = Posting.objects.filter(state="running", region_path="64").order_by("id").first()
    lines = [] if posting is None else list(posting.items.order_by("place"))

    def begin() -> Any:
        Objection.objects.filter(posting=posting).exclude(state="withdrawn").update(state="withdrawn")
        item = rng.choice(lines)
        others = [line.application_id for line in lines if line.pk != item.pk]
        row, code = verbs_of.lodge(posting, item.place, GIVEN)

        def verbs(now: Objection, who: Principal) -> dict[str, Callable[[], Any]]:
            return {
                "take_up": lambda: verbs_of.take_up(now, actor=who),
                "uphold": lambda: verbs_of.answer(now, "uphold", "经核查成立（演练）", actor=who),
                "dismiss": lambda: verbs_of.answer(now, "dismiss", "经核查不成立（演练）", actor=who),
                "withdraw": lambda: verbs_of.withdraw(now.receipt_number, code if who in desk else "x" * 20),
                "say_nothing": lambda: verbs_of.answer(now, "dismiss", " ", actor=who),
            }

        def broken(now: Objection) -> list[str]:
            told, stopped = [], verbs_of.held([item.application_id, *others])
            if (now.state in ("received", "under_examination", "upheld")) != (item.application_id in stopped):
                told.append("an objection holds its firm too short or too long")
            if stopped & set(others):
                told.append("an objection holds another firm of its list")
            if (now.state in ("upheld", "dismissed")) != bool(now.answer and now.answered_by_id):
                told.append("ended without an answer, or answered and not ended")
            return told

        return SimpleNamespace(
            kind="objection", fresh=lambda: Objection.objects.select_related("posting", "application").get(pk=row.pk), people=desk,
            strangers=strangers, verbs=verbs, broken=broken,
        )  # fmt: skip

    return begin
