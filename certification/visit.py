"""On the spot: the firm knows the day, each answer and picture is written once however often the phone sends it, the firm signs."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from certification import seen_words
from certification.change import people_of
from certification.drawn_visits import refuse_unfit_to_publish
from certification.models import Visit, VisitLine, VisitPhoto
from certification.models.visit import VERDICTS
from certification.permissions import VISIT, visits
from certification.queries import within_reach
from enterprises import scan
from enterprises.attach import LARGEST, check, keep, last_part
from enterprises.permissions import is_verified
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.exchange.announce import announce
from foundation.mailroom.models import Topic
from foundation.mailroom.posting import send
from foundation.refusals import Missing, Problem, Refused
from foundation.transitions import move

MOST_PHOTOS = 40
OPEN = ("planned",)
OVER = ("finished", "countersigned", "not_signed")


def visible(principal: Principal) -> QuerySet[Visit]:
    """The firm sees its own once a day is fixed; offices those in reach."""
    if principal.is_member:
        return Visit.objects.filter(enterprise_id__in=principal.enterprise_ids).exclude(state="chosen")
    if principal.is_official and principal.has_role("reviewer", "leader"):
        return Visit.objects.filter(within_reach(principal))
    return Visit.objects.none()


def plan(row: Visit, when: str, visitors: str, *, actor: Principal) -> Visit:
    """Fix or move the day; the firm is told before anybody comes."""
    moment = as_moment(when)
    names = [name.strip() for name in visitors.replace("，", "、").split("、") if name.strip()]
    problems = []
    if moment is None or moment < clock.now():
        problems.append(Problem("请填写约定的时间，晚于现在", "when"))
    if len(names) < 2:
        problems.append(Problem("请写明核查人员，至少两位，用顿号分开", "visitors"))
    if problems:
        raise Refused("invalid", "没有安排。", problems)
    act = "replan" if row.state == "planned" else "plan"
    with transaction.atomic():
        moved = move(
            row, act, actor=actor, machine=VISIT, planned_for=moment, visitors="、".join(names)[:120], office_name=actor.office_name
        )  # fmt: skip
        send(
            people_of(row), subject=f"实地核查：{timezone.localtime(moment):%-m月%-d日 %H:%M}", about=row, topic=Topic.DUE,
            body=f"{actor.office_name}将到贵公司实地核查，核查人员：{'、'.join(names)}。核对的是申报表里贵公司自述的各项，现场由贵公司确认签字。"
            "核查不收取任何费用；时间不便的，请与办理单位联系。",
            url=f"/my/visits/{row.public_id}/", what_to_do="准备好有关原件，安排熟悉情况的人员", due_on=timezone.localtime(moment).date(),
        )  # fmt: skip
    return moved


def answer(row: Visit, place: int, given: Mapping[str, str], *, actor: Principal) -> VisitLine:
    """One line as it was found. The same key or the same words again change nothing; a later word replaces what it has seen.

    `seen` in what is given: the keys the writer knows (seen_words.py). Refused("stale") over words that he does not.
    """
    line = _open_line(row, place, actor)
    verdict, note = given.get("verdict", ""), seen_words.plain(given.get("note", ""))[:2000]
    now, what, field = seen_words.on_line(line), f"第 {place} 项", f"line-{place}"
    if given.get("key", "")[:40] == line.key != "" or (verdict, note) == now.words:
        return line
    if verdict and verdict not in dict(VERDICTS):
        raise Refused("invalid", "没有保存。", [Problem("请选择相符、不符或现场无法核实", field)])
    if not now.is_known_by(given):
        raise seen_words.unseen(what, field, now)
    detail = {"place": place, "verdict": dict(VERDICTS).get(verdict, "未判断")}
    with transaction.atomic():
        found = VisitLine.objects.filter(pk=line.pk, key=line.key, at=line.at)
        if not found.update(verdict=verdict, note=note, key=_key(given), at=clock.now(), by_name=actor.name):
            line.refresh_from_db()
            raise seen_words.unseen(what, field, seen_words.on_line(line))
        if now.is_anothers(given, actor.name):
            record("visit.answer_over", row, actor=actor, detail=detail | {"by": now.signed, "before": now.said})
        else:
            record("visit.answer", row, actor=actor, detail=detail)
    line.refresh_from_db()
    return line


def _key(given: Mapping[str, str]) -> str:
    """The phone's; a form without a script has none, and gets one so that the next writer can say what he has seen."""
    return given.get("key", "")[:40] or f"form-{secrets.token_hex(12)}"


def _open_line(row: Visit, place: int, actor: Principal) -> VisitLine:
    _open(row, actor)
    line = row.lines.filter(place=place).first()
    if line is None:
        raise Missing
    return line


def _open(row: Visit, actor: Principal) -> None:
    if not visits(actor, row):
        raise Missing
    if row.state not in OPEN:
        raise Refused("already_moved", "这次核查已经结束，没有保存。", state=row.state)


def _open_for_photo(row: Visit, taken_at: datetime | None, actor: Principal) -> None:
    """While the visit lasts; afterwards only what a phone took before its end and could not send in time."""
    if not visits(actor, row):
        raise Missing
    if row.state in OPEN:
        return
    if row.state not in OVER or row.finished_at is None or taken_at is None or taken_at > row.finished_at:
        raise Refused("already_moved", "这次核查已经结束，只收结束前拍下的照片。这一张没有保存。", state=row.state)


def photograph(row: Visit, upload: Any, given: Mapping[str, str], *, actor: Principal) -> VisitPhoto:
    """Keep a picture. The phone's own hash must be that of what arrived; the same key again is the same picture."""
    taken_at = as_moment(given.get("taken_at", ""))
    _open_for_photo(row, taken_at, actor)
    key = given.get("key", "")[:40]
    if len(key) < 8:
        raise Refused("invalid", "没有保存。", [Problem("缺少本机编号，请刷新页面后再拍", "file")])
    known = row.photos.filter(key=key).first()
    if known is not None:
        return known
    if upload is None:
        raise Refused("invalid", "没有保存。", [Problem("请拍照或选择照片", "file")])
    if upload.size > LARGEST:
        raise Refused(
            "too_large", "照片超过 20 MB，没有保存。", [Problem("照片过大", "file", hint="请用较低的画质再拍")]
        )
    if row.photos.count() >= MOST_PHOTOS:
        raise Refused("too_large", f"一次核查最多 {MOST_PHOTOS} 张照片。", [Problem("照片过多", "file")])
    content, name = upload.read(LARGEST + 1), last_part(upload.name)
    media_type = check(name, content)
    if not media_type.startswith("image/"):
        raise Refused("invalid", "没有保存。", [Problem("只接受照片：JPG 或 PNG", "file")])
    digest, told = hashlib.sha256(content).hexdigest(), given.get("sha256", "").lower()
    if told and told != digest:
        raise Refused(
            "invalid", "照片在传送中变了，没有保存，请重新发送。", [Problem("照片与拍摄时的哈希不一致", "file")]
        )
    state = scan.state_of(content)
    if state == "refused":
        raise Refused("invalid", "安全扫描发现风险，没有保存。", [Problem("照片没有通过安全扫描", "file")])
    try:
        keep(content, digest)
    except OSError as error:
        raise Refused("unavailable", "照片这会儿存不下来，请稍后再发；本机还留着。") from error
    with transaction.atomic():
        VisitPhoto.objects.bulk_create(
            [
                VisitPhoto(
                    visit=row, enterprise_id=row.enterprise_id, region_path=row.region_path, key=key, sha256=digest, media_type=media_type,
                    original_name=name[-200:], size=len(content), scan_state=state, hashed_at_capture=bool(told),
                    taken_at=taken_at, caption=given.get("caption", "").strip()[:120],
                    received_at=clock.now(), by_name=actor.name,
                )
            ],
            ignore_conflicts=True,
        )  # fmt: skip
        made = row.photos.get(key=key)
        act = "visit.photograph" if row.state in OPEN else "visit.photograph_late"
        record(act, row, actor=actor, detail={"hash": digest[:16]})
    return made


def note(row: Visit, given: Mapping[str, str], *, actor: Principal) -> Visit:
    """Keep the summary and the position, as far as they are given, while the visit lasts; the same again changes nothing."""
    _open(row, actor)
    with transaction.atomic():
        # The lock, not a version: a summary does not move the visit, and two phones may write it in the same second.
        row = Visit.objects.select_for_update().get(pk=row.pk)
        _open(row, actor)
        now = seen_words.in_summary(row)
        said = _position(given) | _summary(row, given, actor)
        changed = {name: value for name, value in said.items() if value != getattr(row, name)}
        if not changed:
            return row
        Visit.objects.filter(pk=row.pk).update(updated_at=clock.now(), **changed)
        row.refresh_from_db()
        if "summary" in changed and now.is_anothers(given, actor.name):
            record("visit.note_over", row, actor=actor, detail={"by": now.signed, "before": now.said})
        else:
            record("visit.note", row, actor=actor)
        announce("visit", row, fields=sorted(name for name in changed if not name.startswith("summary_")))
    return row


def _position(given: Mapping[str, str]) -> dict[str, Decimal | None]:
    """A position that was taken; none given takes none away."""
    told = {name: as_degrees(given.get(name, ""), most) for name, most in (("latitude", 90), ("longitude", 180))}
    return {name: value for name, value in told.items() if value is not None}


def _summary(row: Visit, given: Mapping[str, str], actor: Principal) -> dict[str, Any]:
    """The columns of a summary that says something new. Refused("stale") over one that the writer has not seen."""
    now, words = seen_words.in_summary(row), seen_words.plain(given.get("summary", row.summary))[:4000]
    if (words,) == now.words:
        return {}
    if not now.is_known_by(given):
        raise seen_words.unseen("核查小结", "summary", now)
    return {"summary": words, "summary_key": _key(given), "summary_by_name": actor.name, "summary_at": clock.now()}


def finish(row: Visit, given: Mapping[str, str], *, actor: Principal) -> Visit:
    """The visit is over: every line answered, a difference with its note; then it is the firm's turn."""
    _open(row, actor)
    summary, problems = seen_words.plain(given.get("summary", row.summary)), []
    for line in row.lines.all():
        if not line.verdict:
            problems.append(Problem(f"第 {line.place} 项还没有判断", f"line-{line.place}"))
        elif line.verdict == "differs" and len(line.note) < 2:
            problems.append(Problem(f"第 {line.place} 项不符，请写明看到的情况", f"line-{line.place}"))
    if len(summary) < 4:
        problems.append(Problem("请写核查小结", "summary"))
    if problems:
        raise Refused("invalid", f"还不能结束：有 {len(problems)} 处要填。", problems)
    with transaction.atomic():
        row = note(row, given, actor=actor)
        moved = move(row, "finish", actor=actor, machine=VISIT, finished_at=clock.now())
        send(
            people_of(row), subject="实地核查：请确认签字", about=row, topic=Topic.DUE, url=f"/my/visits/{row.public_id}/",
            body=f"{row.office_name}的核查记录已经完成，请逐项看过后确认；有不同意见的，写在确认时的意见里，一并存档。",
            what_to_do="看过记录后确认，或写明不确认的理由",
        )  # fmt: skip
    return moved


def countersign(row: Visit, remark: str, *, actor: Principal, agrees: bool) -> Visit:
    """The firm confirms with its remark, or says why it does not; both stay on record and neither is held against it."""
    if not actor.is_member or row.enterprise_id not in actor.enterprise_ids:
        raise Missing
    if not is_verified(actor, row.enterprise_id):
        raise Refused("unverified", "您与企业的关系还没有核实，不能代表企业确认。请先完成身份核实。")
    if not agrees and len(remark.strip()) < 4:
        raise Refused("invalid", "没有提交。", [Problem("不确认的，请写明理由", "remark")])
    return move(
        row, "sign" if agrees else "decline", actor=actor, machine=VISIT, reason=remark, remark=remark.strip()[:4000],
        signed_by_id=actor.user_id, signed_by_name=actor.name, signed_at=clock.now(),
    )  # fmt: skip


def cancel(row: Visit, reason: str, *, actor: Principal) -> Visit:
    """Not needed after all; the firm is told where it knew of the day.

    The reason of a drawn one stands in the public record of the draw: it says enough to be judged by, and names no firm.
    """
    knew, detail = row.state == "planned", {}
    if row.is_drawn and VISIT.can(actor, "cancel", row):
        refuse_unfit_to_publish(row, reason)
        detail = {"published": True}
    with transaction.atomic():
        moved = move(row, "cancel", actor=actor, machine=VISIT, reason=reason.strip(), detail=detail)
        if knew:
            send(
                people_of(row),
                subject="实地核查已取消",
                body=f"{actor.office_name}：{reason.strip()}",
                about=row,
                topic=Topic.CASE,
            )
    return moved


def as_moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return timezone.make_aware(found) if timezone.is_naive(found) else found


def as_degrees(text: str, most: int) -> Decimal | None:
    """A coordinate to about a metre; what is no coordinate is none, because the position is a help and no duty."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value.quantize(Decimal("0.00001")) if value.is_finite() and abs(value) <= most else None
