"""Draft and publish a call. The rule set is resolved and pinned, with the reason in words."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from certification import library
from certification.models import Application, Call, Overlay, RuleSet
from certification.notify import tell_applicants
from certification.permissions import CALL, is_provincial_reviewer
from certification.rules.resolve import Resolution, Unresolvable, resolve
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.refusals import Missing, Problem, Refused
from foundation.transitions import begin, move


def draft(call: Call, *, actor: Principal) -> Call:
    """Save a new call with the rule set that applies on its opening day. Refused when none does."""
    if not (actor.is_system or is_provincial_reviewer(actor, call)):
        raise Missing
    pin(call)
    try:
        with transaction.atomic():
            return begin(call, actor=actor, machine=CALL, audience="office")
    except IntegrityError as error:
        raise twice() from error


def twice() -> Refused:
    words = "同一层级、事项、年度和批次已有一个批次。请换一个批次名称。"
    return Refused("duplicate", words, [Problem(words, "batch")])


def edit(call: Call, values: dict[str, Any], *, actor: Principal) -> Call:
    """Only a draft can be edited; what is published is a promise."""
    if not is_provincial_reviewer(actor, call):
        raise Missing
    if call.state != "draft":
        raise Refused("already_moved", "批次已发布，不能再改。需要更正时请另行通知。")
    for name, value in values.items():
        setattr(call, name, value)
    pin(call)
    try:
        with transaction.atomic():
            call.save()
            record("call.edit", call, actor=actor)
    except IntegrityError as error:
        raise twice() from error
    return call


def pin(call: Call) -> None:
    try:
        found = _resolved(call)
    except Unresolvable as error:
        raise Refused("invalid", str(error), [Problem(str(error), "opens_at")]) from error
    call.rule_set = RuleSet.objects.get(code=found.rule_set, state="published")
    call.overlays = list(found.overlays)
    call.notice_hashes = dict(_notices(found.overlays).values_list("code", "content_hash"))
    call.why_rule_set = found.reason


def _resolved(call: Call) -> Resolution:
    opens: datetime = call.opens_at
    return resolve(
        library.published(),
        tier=call.tier,
        case_type=call.case_type,
        on=opens.astimezone(clock.now().tzinfo).date(),
        cohort=call.cohort,
    )


def _notices(codes: Iterable[str]) -> QuerySet[Overlay]:
    return Overlay.objects.filter(code__in=list(codes), state="published")


def changed_since(call: Call) -> list[str]:
    """What applies now otherwise than was pinned when this draft was saved, in words; empty when it is the same."""
    try:
        found = _resolved(call)
    except Unresolvable as error:
        return [f"现在不能确定适用哪一套规则：{error}"]
    old, new = call.rule_set, RuleSet.objects.get(code=found.rule_set, state="published")
    told = []
    if new.code != old.code:
        told.append(f"适用的规则集由 {old.code} 变为 {new.code}（{new.title}）")
    elif new.pk != old.pk:
        told.append(f"{new.code} 已发布第 {new.revision} 版，草稿保存时是第 {old.revision} 版")
    before, now = set(call.overlays), set(found.overlays)
    titles = dict(Overlay.objects.filter(code__in=before ^ now, state="published").values_list("code", "title"))
    told += [f"新增年度通知 {code}（{titles.get(code, code)}）" for code in sorted(now - before)]
    told += [f"不再适用年度通知 {code}（{titles.get(code, code)}）" for code in sorted(before - now)]
    # A notice revised under its code may be applied for the same reason and ask for something else. Drafts of an older
    # release have no hashes; for them the reason in words decides, as it did.
    told += [
        f"年度通知 {row.code}（{row.title}）已发布第 {row.revision} 版，与草稿保存时的不同"
        for row in _notices(before & now).order_by("code")
        if call.notice_hashes.get(row.code, row.content_hash) != row.content_hash
    ]
    if not told and found.reason != call.why_rule_set:
        told.append(f"年度通知的内容有变，现在是：{found.reason}")
    return told


def publish(call: Call, *, actor: Principal) -> Call:
    """Refused("conflict") when other rules apply by now than the draft shows: they are never exchanged behind the desk."""
    if call.closes_at <= clock.now():
        raise Refused("invalid", "截止时间已过，不能发布。", [Problem("截止时间应在今天之后", "closes_at")])
    with transaction.atomic():
        # Whoever retires the pinned text or one of its notices waits until the call is out, or was here first and is seen below.
        RuleSet.objects.select_for_update().get(pk=call.rule_set_id)
        list(_notices(call.overlays).select_for_update().order_by("pk"))
        if CALL.can(actor, "publish", call) and (changes := changed_since(call)):
            raise Refused(
                "conflict",
                f"草稿保存后规则有变动，还没有发布：{'；'.join(changes)}。"
                "请打开草稿核对现在适用的规则和材料清单，保存一次，再发布。",
                [Problem(words, hint="保存草稿后按现行规则重新确定") for words in changes],
            )
        return move(call, "publish", actor=actor, machine=CALL)


def close(call: Call, *, actor: Principal, reason: str) -> Call:
    """End a published call early, while nobody has filed: what has been filed was promised an answer under its notice.

    Whoever has a draft is told; what was written stays readable.
    """
    if not CALL.can(actor, "close", call):
        raise Missing
    if not reason.strip():
        raise Refused("invalid", "提前结束批次要写明理由，企业会看到。", [Problem("请写明理由", "close-reason")])
    cases = Application.objects.filter(call=call)
    if cases.exclude(submitted_at=None).exists():
        raise Refused("conflict", "已经有企业提交申请，批次不能提前结束。请按通知办完。")
    with transaction.atomic():
        move(call, "close", actor=actor, machine=CALL, reason=reason.strip())
        for draft_case in cases.filter(state="draft"):
            tell_applicants(draft_case, f"{call.title}已提前结束", reason.strip())
    return call


def is_open(call: Call) -> bool:
    """Published, and the window is open by the office's clock."""
    return call.state == "published" and call.opens_at <= clock.now() < call.closes_at
