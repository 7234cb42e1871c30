"""What follows the review in the demo: an objection under examination, a served letter, a planned committee."""

from datetime import timedelta

from django.conf import settings

from certification import committee, review
from certification import letter as letters
from certification import object as object_verbs
from certification.models import Application, Call, Posting
from certification.tiers import Tier
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from portal.demo.judging import judge_all


def demonstrate_letter(application: Application, reviewer: Principal, director: Principal) -> None:
    """One refusal of the demo has gone its whole way: judged, refused, written, signed by another, served."""
    filed = application.submissions.get()
    judged = set(application.verdicts.filter(stage="province_review").values_list("criterion", flat=True))
    reasons = letters.reasons_of(application, filed)
    code = next(r["code"] for r in reasons[3:] if r["code"] not in judged)
    note = "所附材料与申报数不一致，不予认可（演示）"
    verdict = "unmet" if code in review.open_points(application) else "disagree"
    review.judge(application, code, verdict, actor=reviewer, note=note)
    review.refuse(application, actor=reviewer, reason="有条件经审核不满足，见逐条理由（演示）", reason_code="evidence")
    letter = letters.draft(application, actor=reviewer)
    letters.edit(letter, {"number": f"（演示）宁示例决〔{clock.today().year}〕1号"}, seen_version=1, actor=reviewer)
    letters.sign(letter, actor=director)
    if settings.LETTER_REMEDY or settings.DEMO:
        letters.serve(letter, actor=director)


COMMITTEE = ("sheng-chuzhang", "sheng-shenhe", "sheng-heyi")
"""Three sit; the other leaders of the province stay free for whatever asks for another person."""


def demonstrate_meeting(call: Call, director: Principal) -> None:
    """One committee of the demo is planned; its cases wait at the province."""
    cases = list(Application.objects.filter(call=call, state="province_review").exclude(posting_items__posting__state="draft"))
    people = [person for person in committee.may_sit() if person.username in COMMITTEE]
    # What a person must judge was judged before the meeting, or its approvals could not be carried out.
    reviewer = Principal.of_user(User.objects.get(username="sheng-shenhe"))
    for case in cases:
        judge_all(case, reviewer)
    chair = next((person for person in people if person.pk == director.user_id), None)
    if cases and chair:
        committee.plan(
            call, cases, people, chair=chair, title=f"{call.year}年{call.batch}创新型中小企业审议会（演示）",
            held_on=clock.today() + timedelta(days=3), place="示例会议室（演示）", actor=director,
        )  # fmt: skip


def demonstrate_objection(running: Posting, director: Principal) -> None:
    """One list of the demo carries an objection under examination; its firm waits, the others do not."""
    if running.call.tier != Tier.INNOVATIVE:
        return
    given = {
        "name": "吴某某（演示）", "contact": "0951-000 0009", "relation": "同行",
        "facts": "名单第1家企业申报的主导产品收入与其公开年报所载不一致，请核查。以上为演示内容。",
    }  # fmt: skip
    objection, _ = object_verbs.lodge(running, 1, given)
    object_verbs.take_up(objection, actor=director)
