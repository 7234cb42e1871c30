"""Lives of exits for R21: any act by anybody at any time; nobody loses a title by an act that skipped its proof."""

import random
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

GROUNDS = ("accident", "fraud")
FACTS = {"facts": "应急部门已认定发生较大事故（演练）", "source": "事故调查报告批复（演练）"}
DELIBERATED = {
    "deliberation": "事实清楚，证据充分，建议取消称号（演练）",
    "panel": "甲、乙、丙",
    "answer_to_reply": "补缴不改变已认定的事实（演练）",
}
DECIDED = {"decision": "依据第十六条，决定取消称号（演练）", "document_number": "（演练）9号"}
SET_ASIDE = {"basis": "review", "document_number": "（演练）12号", "reason": "复议机关认定事实不清，撤销原决定（演练）"}
MORE = 5
"""Walks go on to so many times the lives asked for, while an edge has not been walked."""
AHEAD = {
    "drafted": ["serve_notice"] * 5 + ["drop"], "noticed": ["read_notice", "paper", "reply_finally", "close_hearing"],
    "heard": ["deliberate", "deliberate", "deliberate", "drop", "title_granted", "serve_anew"],
    "deliberated": ["decide", "decide", "propose", "propose", "drop", "title_granted", "serve_anew", "reply_by_phone"],
    "decided": ["read_decision", "paper", "announce", "announce", "announce", "title_ends", "set_aside"],
    "proposed": ["report", "report", "set_aside"], "reported": ["national_end", "national_end", "national_keep"],
    "announced": ["set_aside"], "ended_nationally": ["national_restore"], "set_aside": ["paper"],
}  # fmt: skip


def walk(rng: random.Random, lives: int, plant: str) -> dict[str, Any]:
    """Walk so many exits, and more while an edge is left; each is undone afterwards.

    Returns steps, edges walked and not walked, refusals, violations.
    """
    from django.conf import settings
    from django.db import transaction

    from certification import certify, exit, hear, reach, served, set_aside
    from certification.models import Certificate, Exit
    from certification.national_exit import national_step
    from certification.permissions import EXIT
    from foundation import clock
    from foundation.accounts.models import Office, Post, User
    from foundation.accounts.principal import Principal
    from foundation.accounts.scope import scoped
    from foundation.mailroom.models import Message
    from foundation.mailroom.serve import open_letter
    from foundation.refusals import Refused

    walked: Counter[tuple[str, str]] = Counter()
    tried: Counter[tuple[str, str]] = Counter()
    wrong: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    steps, began = 0, settings.CLOCK_OFFSET_SECONDS
    with transaction.atomic(), scoped(Principal.system("drill")):
        second = User.objects.create(username="drill-second", name="演练副主任")
        office = Office.objects.filter(posts__user__username="sheng-chuzhang").distinct().get()
        Post.objects.create(user=second, office=office, role="leader", since="2020-01-01")
        desk = [
            Principal.of_user(User.objects.get(username=n)) for n in ("sheng-shenhe", "sheng-chuzhang", "drill-second")
        ]
        strangers = [Principal.of_user(User.objects.get(username=n)) for n in ("yinchuan", "xingqing", "zhuanjia-1")]
        free = Certificate.objects.filter(state="valid").exclude(pk__in=Exit.objects.values("certificate_id"))
        own = list(free.filter(enterprise__memberships__state="verified").distinct().order_by("id")[:20])
        national = list(free.filter(tier="little_giant").order_by("id")[:10])
        titles = [title for pair in zip(own, (national * 20)[: len(own)], strict=True) for title in pair]

        def read(row: Exit, ids: list[str]) -> None:
            for message in Message.objects.filter(public_id__in=ids).select_related("recipient"):
                open_letter(message, actor=Principal.of_user(message.recipient))

        def title_ends(row: Exit) -> None:
            """Renewed, or over by the calendar; the procedure knows nothing of it."""
            title = reach.heir(row.certificate)
            if title is None:
                return
            if title.tier == "innovative" and title.valid_from < clock.today():
                first = clock.today()
                certify.issue(
                    title.enterprise, tier=title.tier, first=first, last=certify.last_valid_day(first),
                    actor=Principal.system("drill"), origin="imported",
                )  # fmt: skip
            else:
                certify.run_out(title, actor=Principal.system("drill"))

        def title_granted(row: Exit) -> None:
            """A title that the notice cannot have named."""
            first = clock.today()
            held = set(
                Certificate.objects.filter(enterprise_id=row.enterprise_id, state="valid").values_list(
                    "tier", flat=True
                )
            )
            for tier in [tier for tier in ("innovative", "specialised", "little_giant") if tier not in held][:1]:
                certify.issue(
                    row.enterprise, tier=tier, first=first, last=certify.last_valid_day(first), actor=Principal.system("drill"),
                    origin="imported",
                )  # fmt: skip

        def by_phone(row: Exit) -> dict[str, Any]:
            """Called on the day on which the notice was there, whenever it is written down."""
            on = max(served.notice_served_on(row) or clock.today(), served.day_of(row.created_at))
            return {"way": "phone", "said_by": "演练，经办人", "received_on": on, "text": "事实有误（演练）。"}

        def announced() -> dict[str, Any]:
            return {"document_number": "国家公告（演练）", "dated_on": clock.today()}

        def verbs(row: Exit, who: Principal, firm: Principal) -> dict[str, Callable[[], Any]]:
            return {
                "serve_notice": lambda: exit.serve_notice(row, actor=who, hearing_workdays=5),
                "serve_anew": lambda: exit.serve_notice(row, actor=who, hearing_workdays=5),
                "title_ends": lambda: title_ends(row),
                "title_granted": lambda: title_granted(row),
                "read_notice": lambda: read(row, row.notices),
                "read_decision": lambda: read(row, row.decision_notices),
                "paper": lambda: exit.serve_on_paper(row, clock.today(), "EMS（演练）", actor=who),
                "reply": lambda: exit.reply(row, "事实有误（演练）。", actor=firm),
                "reply_by_phone": lambda: hear.hear_exit(row, by_phone(row), actor=who),
                "reply_finally": lambda: exit.reply(row, "没有别的意见（演练）。", actor=firm, is_final=True),
                "close_hearing": lambda: exit.close_hearing(row, actor=who),
                "deliberate": lambda: exit.deliberate(row, DELIBERATED, actor=who),
                "decide": lambda: exit.decide(row, DECIDED, actor=who),
                "announce": lambda: exit.announce(row, actor=who),
                "drop": lambda: exit.drop(row, "证据不足（演练）", actor=who),
                "propose": lambda: national_step(row, "propose", "建议取消（演练）", actor=who),
                "report": lambda: national_step(row, "report", "上报（演练）", actor=who),
                "national_end": lambda: national_step(row, "record_national_end", "", actor=who, announced=announced()),
                "national_keep": lambda: national_step(
                    row, "record_national_keep", "", actor=who, announced=announced()
                ),
                "set_aside": lambda: set_aside.set_aside(row, SET_ASIDE | {"dated_on": clock.today()}, actor=who),
                "national_restore": lambda: set_aside.set_aside(
                    row, SET_ASIDE | {"basis": "ministry", "dated_on": clock.today()}, actor=who
                ),
            }

        edges = set(EXIT.states.edges)
        for number in range(lives if plant else MORE * lives):
            if number >= lives and not edges - set(walked):
                break
            title = titles[number % len(titles)]
            person = User.objects.filter(memberships__enterprise_id=title.enterprise_id).first()
            firm = Principal.of_user(person) if person else strangers[0]
            with transaction.atomic():
                settings.CLOCK_OFFSET_SECONDS = began
                row = exit.open_exit(title, FACTS | {"ground": rng.choice(GROUNDS)}, actor=rng.choice(desk))
                name = ""
                for _ in range(24):
                    row = Exit.objects.select_related("certificate").get(pk=row.pk)
                    if rng.random() < 0.15:
                        settings.CLOCK_OFFSET_SECONDS += int(timedelta(days=rng.randint(1, 12)).total_seconds())
                    who = rng.choice(strangers) if rng.random() < 0.1 else rng.choice(desk)
                    known = verbs(row, who, firm)
                    ahead = AHEAD.get(row.state, [])
                    if name == "title_granted" and rng.random() < 0.75:
                        name = "serve_anew"  # the one that the notice did not name is what a new notice is for
                    elif ahead and rng.random() < 0.75:
                        # What was tried least in this state comes first, so that no edge is left to luck.
                        name = min(
                            rng.sample(ahead, len(ahead)),
                            key=lambda one, row=row, ahead=ahead: tried[row.state, one] / ahead.count(one),
                        )
                    else:
                        name = rng.choice(sorted(known))
                    tried[row.state, name] += 1
                    steps += 1
                    before = row.state
                    if plant == "announced_without_proof" and row.state == "decided":
                        Exit.objects.filter(pk=row.pk).update(state="announced", ended_on=row.decided_on)
                        Certificate.objects.filter(pk=title.pk).update(state="revoked", ended_on=row.decided_on)
                    else:
                        try:
                            with transaction.atomic():
                                known[name]()
                        except Refused as refusal:
                            refused[refusal.code] += 1
                        except Exception as broke:
                            wrong[f"{name} broke: {type(broke).__name__}"] += 1
                    after = Exit.objects.select_related("certificate").get(pk=row.pk)
                    if after.state != before:
                        walked[before, after.state] += 1
                        if who in strangers and not name.startswith(("read", "reply")) and plant == "":
                            wrong[f"{name} by somebody else"] += 1
                    wrong.update(broken(after))
                transaction.set_rollback(True)
        transaction.set_rollback(True)
    settings.CLOCK_OFFSET_SECONDS = began
    return {
        "steps": steps, "edges": len(edges), "not_walked": sorted(" ".join(e) for e in edges - set(walked)),
        "outside": sorted(" ".join(e) for e in set(walked) - edges), "refused": dict(refused), "wrong": dict(wrong.most_common(6)),
    }  # fmt: skip


def broken(row: Any) -> list[str]:
    """What must be true of an exit and its title at any moment."""
    from certification import bar, reach, served
    from foundation import clock

    told = []
    if row.certificate.state == "revoked" and row.state not in ("announced", "ended_nationally"):
        told.append("a title ended without an announcement that stands")
    if row.state == "set_aside":
        if row.set_aside_by_id == row.decided_by_id:
            told.append("who decided set it aside")
        if bar.barred(row.enterprise, clock.today()) == row or not row.set_aside_number:
            told.append("set aside, and it bars or nobody knows by what")
        if reach.ended_by(row):
            told.append("set aside, and the title is still ended by it")
    if row.state in ("decided", "announced"):
        if served.notice_served_on(row) is None:
            told.append("decided without proof that the firm had the notice")
        if row.decided_by_id in (row.opened_by_id, row.deliberated_by_id):
            told.append("one person opened or deliberated, and decided")
        if row.replies.exists() and not row.answer_to_reply:
            told.append("what the firm said was not answered")
    if row.state == "announced" and served.decision_served_on(row) is None:
        told.append("announced before the firm had the decision")
    if row.state in ("announced", "ended_nationally") and reach.heir(row.certificate) is not None:
        told.append("announced, and the title lives on")
    today, is_over = clock.today(), row.state in ("announced", "ended_nationally")
    if is_over and row.barred_until and row.barred_until >= today and bar.barred(row.enterprise, today) is None:
        told.append("announced, and nobody is barred")
    return told
