"""Start a draft, keep it, submit it. A draft is never refused; submitting checks everything again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Min
from django.db.models.functions import Coalesce

from certification import quiet
from certification.answers import open_to_change, said_in, wrong_in
from certification.bar import refuse_when_barred
from certification.call import is_open
from certification.filing import Filing, filing_of, judged, live_result, own_facts, steps_of, weigh
from certification.form import FIGURES, all_fields
from certification.form_fields import FormField
from certification.lacking import without_any_figure
from certification.last_time import carried_over
from certification.models import Application, Call, Correction, Submission
from certification.numbering import next_number
from certification.own_parts import keep_to_own_parts
from certification.paper_list import held
from certification.permissions import APPLICATION, is_applicant, stages_of
from certification.reconsider import opens_again
from certification.renewable import renewable_title
from certification.rule_continuation import SET_ASIDE
from certification.sample_visits import ARRIVED
from certification.sign import unsigned
from certification.tiers import WORDS, CaseType, Tier
from certification.write_back import known_answers, write_back
from enterprises import report
from enterprises.models import Enterprise
from enterprises.permissions import is_verified, may_edit, parts_of
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.ledger.work import enqueue
from foundation.refusals import Missing, Problem, Refused
from foundation.transitions import already_moved, begin, hold, move

__all__ = ["live_result", "start", "steps_of", "submit", "withdraw"]

SUBMIT = {"screening": "submit", "city_review": "submit_to_city", "province_review": "submit_to_province"}
"""The act that files a case, by the stage where it begins."""


def start(call: Call, enterprise: Enterprise, *, actor: Principal) -> Application:
    """The enterprise's draft in this call; the one that is there already, when there is one."""
    if not may_edit(actor, enterprise.pk):
        raise Missing
    refuse_when_barred(enterprise)
    open_one = Application.objects.filter(enterprise=enterprise, call=call).exclude(
        state__in=["withdrawn", "refused", "granted", "national_granted", "national_refused"]
    )
    found = open_one.first()
    if found is not None:
        return found
    anew = opens_again(enterprise, call)
    if not is_open(call) and anew is None:
        raise Refused("window_closed", f"“{call.title}”现在不在申报时间内，不能新建申请。")
    if call.case_type == CaseType.RENEWAL:
        renewable_title(call, enterprise)
    draft = Application(
        enterprise=enterprise,
        call=call,
        tier=call.tier,
        case_type=call.case_type,
        region_path=enterprise.region_path,
        enterprise_name=enterprise.name,
        credit_code=enterprise.credit_code,
        rule_set_code=call.rule_set.code,
        rule_set_hash=call.rule_set.content_hash,
        overlays=call.overlays,
        judged_on=anew.judged_on if anew else clock.today(),
        saved_at=clock.now(),
        saved_by_id=actor.user_id,
    )
    before = carried_over(enterprise, lambda: all_fields(steps_of(draft)))
    draft.answers = before | (anew.answers if anew else {}) | known_answers(enterprise)
    try:
        with transaction.atomic():
            return begin(draft, actor=actor, machine=APPLICATION)
    except IntegrityError as error:
        raise Refused(
            "duplicate", f"贵公司已有一件{Tier(call.tier).label}的申请在办，一个层级同时只能办一件。"
        ) from error


def save(
    application: Application, given: Mapping[str, Any], *, seen_version: int, actor: Principal, is_seen: bool = False
) -> Application:
    """Keep what was typed, right or wrong. Refused("stale") with both versions of what a colleague changed meanwhile.

    Only the same answer can clash: what a colleague wrote elsewhere in the form since the page was shown stays as well.
    `is_seen`: a person saved the page by hand, and so confirmed what had been brought into it.
    """
    if not is_applicant(actor, application) or not may_edit(actor, application.enterprise_id):
        raise Missing
    if application.state not in ("draft", "returned"):
        raise already_moved(application, APPLICATION)
    allowed = set(all_fields(steps_of(application)))
    if application.state == "returned":
        allowed &= set(application.unlocked)
    kept = {name: value for name, value in given.items() if name in allowed}
    confirmed = set(kept) - set(application.field_versions) if is_seen else set()
    if not confirmed and all(application.answers.get(name) == value for name, value in kept.items()):
        return application
    keep_to_own_parts(application, steps_of(application), kept, actor)
    with transaction.atomic():
        now = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
        if (now.state, now.version) != (application.state, application.version):
            raise already_moved(now, APPLICATION)
        changed = {name: value for name, value in kept.items() if now.answers.get(name) != value}
        clash = [name for name in changed if now.field_versions.get(name, 1) > seen_version]
        if clash:
            raise Refused(
                "stale",
                "这份申请在另一个窗口或由同事保存过更新的内容。两份都在下面，请选择保留哪一份。",
                yours={name: kept[name] for name in clash},
                theirs={name: now.answers.get(name) for name in clash},
                draft_version=now.draft_version,
            )
        version = now.draft_version + bool(changed)
        Application.objects.filter(pk=now.pk).update(
            answers=now.answers | changed,
            # A confirmed answer is as old as the draft: a colleague who changes it meanwhile overwrites nothing.
            field_versions=dict.fromkeys(confirmed, 1) | now.field_versions | dict.fromkeys(changed, version),
            draft_version=version,
            saved_at=clock.now(),
            saved_by_id=actor.user_id,
        )
    application.refresh_from_db()
    return application


def problems_of(application: Application) -> list[Problem]:
    """Everything that stands in the way of submitting, in the order of the form."""
    fields = all_fields(steps_of(application))
    wrong: dict[str, list[Problem]] = {}
    for problem in wrong_in(application, fields):
        wrong.setdefault(problem.field, []).append(problem)
    found: list[Problem] = []
    for name, field in fields.items():
        found += _left_open(field, application.answers.get(name)) or wrong.get(name, [])
    known = weigh(application)
    found += without_any_figure(application, known)
    # Where the other half of a pair is locked, it was let through and cannot be mended: nothing is held against the firm.
    clashing = report.contradictions(said_in(application, known))
    mendable = open_to_change(application, {problem.field for problem in clashing})
    found += [problem for problem in clashing if problem.field in mendable]
    found += missing_papers(application)
    return found


def _left_open(field: FormField, value: Any) -> list[Problem]:
    if field.is_required and (value in ("", None, []) or (field.kind == "bool" and value is not True)):
        words = "请勾选确认" if field.kind == "bool" else "没有填写"
        return [Problem(f"{field.label}：{words}", field.name, hint=field.help)]
    return []


def missing_papers(application: Application) -> list[Problem]:
    """Papers that the call asks for and the vault does not hold; nothing where the papers are locked."""
    if application.state == "returned" and "papers" not in application.unlocked:
        return []
    return [
        Problem(f"缺少材料：{line.title}", "papers", clause="材料清单", hint=line.hint)
        for line, files in held(application.call, application.enterprise_id)
        if line.is_required and not files
    ]


def submit(application: Application, *, actor: Principal, tells_profile: bool = False) -> Submission:
    """File the draft: everything is checked again, facts are kept with their names and sources, a receipt is drawn.

    What a colleague saved until now is filed too; who saves from now on waits, and is told that it has been filed.
    `tells_profile`: what the form says of the firm itself is kept in its profile as well. Refused: "already_moved",
    "unverified", "window_closed", "invalid" with every problem; "conflict" under a bar, or where a re-review has no title
    left to renew.
    """
    if not is_applicant(actor, application):
        raise Missing
    if not is_verified(actor, application.enterprise_id):
        raise Refused(
            "unverified",
            "您与企业的关系还没有核实，可以填报，暂时不能提交。请先完成身份核实或等县（区）核对授权委托书。",
        )
    with transaction.atomic():
        # The firm before its draft, as a change of body takes them: whoever comes second waits, and nobody for each other.
        Enterprise.objects.select_for_update(no_key=True).get(pk=application.enterprise_id)
        hold(application, machine=APPLICATION)
        return _file(application, actor, tells_profile=tells_profile)


def _file(application: Application, actor: Principal, *, tells_profile: bool) -> Submission:
    """The row is ours: what is checked is what is signed, kept and moved."""
    refuse_when_barred(application.enterprise)
    resubmitting = application.state == "returned"
    if not resubmitting and application.state != "draft":
        raise already_moved(application, APPLICATION)
    if (
        not resubmitting
        and not is_open(application.call)
        and opens_again(application.enterprise, application.call) is None
    ):
        raise Refused("window_closed", "申报时间已经截止，不能提交。您填写的内容都还在。")
    if application.case_type == CaseType.RENEWAL:
        renewable_title(application.call, application.enterprise)
    body = application.enterprise.region_path
    # A draft begun in the very moment of a change of body was not taken along; it is filed where the firm belongs now.
    late = {} if resubmitting or application.region_path == body else {"region_path": body}
    application.region_path = late.get("region_path", application.region_path)
    if parts_of(actor, application.enterprise_id) is not None:
        raise Refused("forbidden", "您只负责申请的一部分，请由负责全部的同事或法定代表人提交。")
    filed = filing_of(application)
    problems = problems_of(application) + unsigned(application, actor, filed.content_hash)
    if problems:
        raise Refused("invalid", f"还不能提交：有 {len(problems)} 处要改，已填的都在。", problems)
    keep_facts(application, actor)
    if tells_profile:
        write_back(application, actor=actor)
    submission = snapshot(application, actor, filed)
    act = f"resubmit_{_stage_word(application)}" if resubmitting else SUBMIT[stages_of(application)[0]]
    receipt = application.receipt_number or draw_receipt(application)
    moment = clock.now()
    move(
        application,
        act,
        actor=actor,
        machine=APPLICATION,
        detail={"receipt": receipt, "number": submission.number},
        receipt_number=receipt,
        submitted_at=application.submitted_at or moment,
        first_filed_at=application.first_filed_at or filed_before(application),
        stage_since=moment,
        outcome=submission.result["outcome"],
        unlocked=[],
        **late,
    )
    Correction.objects.filter(application=application, answered_at=None).update(answered_at=moment)
    if application.case_type == CaseType.RENEWAL:
        enqueue(ARRIVED, application.public_id)
    return submission


def filed_before(application: Application) -> datetime | None:
    """When it was filed first in this call, where that was refused and the refusal set aside; None where nothing was."""
    undone = Application.objects.filter(SET_ASIDE, enterprise_id=application.enterprise_id, call_id=application.call_id)
    first: datetime | None = undone.aggregate(first=Min(Coalesce("first_filed_at", "submitted_at")))["first"]
    return first


def _stage_word(application: Application) -> str:
    return application.returned_from.removesuffix("_review")


def keep_facts(application: Application, actor: Principal) -> None:
    """What was answered here becomes what the enterprise is known by: a fact is never asked twice.

    Of a returned case only what was unlocked: a locked answer is old news by now and must not overwrite newer figures.
    """
    figures = {
        name: value
        for name, value in application.answers.items()
        if name in FIGURES
        and value not in ("", None)
        and (application.state != "returned" or name in application.unlocked)
    }
    given = figures | own_facts(application)
    report.report(application.enterprise, given, actor=actor, on=application.judged_on)


def snapshot(application: Application, actor: Principal, filed: Filing | None = None) -> Submission:
    """Keep exactly what the rules were given, with its sources, and what more trusted sources say otherwise."""
    filed = filed or filing_of(application)
    return Submission.objects.create(
        application=application,
        enterprise_id=application.enterprise_id,
        region_path=application.region_path,
        number=application.submissions.count() + 1,
        answers=filed.answers,
        facts=filed.facts,
        sources=filed.sources,
        conflicts=filed.conflicts,
        listed=filed.listed,
        evidence=filed.evidence,
        content_hash=filed.content_hash,
        result=judged(application, filed.facts).as_dict(),
        submitted_at=clock.now(),
        submitted_by_id=actor.user_id,
        submitted_by_name=actor.name,
    )


def draw_receipt(application: Application) -> str:
    """A gapless number under a row lock: NX-ZJTX-2026-000123."""
    number = next_number("receipt", clock.today().year)
    return f"NX-{WORDS[application.tier].prefix}-{clock.today().year}-{number:06d}"


def withdraw(application: Application, *, actor: Principal) -> Application:
    """Also while a refusal waits to be served, which the firm does not know of: the letter is void then."""
    was_refused = application.state == "to_refuse"
    with transaction.atomic():
        move(application, "withdraw", actor=actor, machine=APPLICATION)
        if was_refused:
            house = Principal.system("applications")
            with scoped(house):
                quiet.discard_letters(application, "企业已撤回申请", actor=house)
    return application
