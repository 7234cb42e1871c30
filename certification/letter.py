"""决定文书: draft it from the trace, edit it, have another person sign it, serve it.

The machine says what it found, the reviewer said what he judged; both go into the draft, and a human answers for the
words. A criterion that was not met is never left out of a refusal, and always stands with its clause.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F

from certification import library, overrule, papers, quiet
from certification.models import Application, Letter, Opinion, Submission, Verdict
from certification.notify import applicants
from certification.permissions import LETTER, signs_letter, writes_letter
from certification.tiers import given_here, label
from enterprises.attach import keep
from enterprises.words import cn
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.audit.models import AuditEvent
from foundation.audit.record import record
from foundation.mailroom.models import MessageKind
from foundation.mailroom.posting import send
from foundation.mailroom.serve import open_about
from foundation.refusals import Missing, Problem, Refused
from foundation.transitions import already_moved, begin, move

REMEDY_OPEN = "待法制机构确认"
KINDS = {"to_refuse": "refusal", "refused": "refusal", "granted": "grant"}
FOUND = {
    "met": "满足",
    "unmet": "不满足",
    "needs_person": "由审核人判断",
    "unknown": "缺数据",
    "not_applicable": "不考核",
}


def remedy() -> str:
    """The remedies block as the legal office worded it; until then the letter says that it has not."""
    return settings.LETTER_REMEDY or f"〔救济途径、期限和受理机关：{REMEDY_OPEN}〕"


def confirmed_remedy(stopped: str, then: str) -> str:
    """The block for a letter that takes something away. Refused("conflict") outside the demo while nobody has worded it."""
    if not settings.LETTER_REMEDY and not settings.DEMO:
        raise Refused(
            "conflict",
            f"救济告知还没有经法制机构确认，{stopped}。请法制机构写定救济途径、期限和受理机关，由系统管理员设置 LETTER_REMEDY，{then}。",
        )
    return remedy()


def deciding_path(application: Application) -> str:
    """The office that decided: the stage of the refusing opinion, and the province for everything after review."""
    stage = (
        Opinion.objects.filter(application=application, conclusion="refuse", taken_back_at=None)
        .order_by("-at")
        .values_list("stage", flat=True)
        .first()
    )
    if application.state not in ("to_refuse", "refused") or stage in (None, "province_review"):
        return "64"
    return application.region_path.rpartition("/")[0] if stage == "city_review" else application.region_path


def draft(application: Application, *, actor: Principal) -> Letter:
    """The letter of this decision; the one that is there already, when there is one."""
    kind = KINDS.get(application.state)
    path = deciding_path(application)
    if kind is None or not writes_letter(actor, Letter(office_path=path)):
        raise Missing
    found = Letter.objects.filter(application=application, kind=kind).exclude(state="discarded").first()
    if found is not None:
        return found
    filed = application.submissions.order_by("-number").first()
    number = filed.number if filed else 0
    act = given_here(application.tier, path)
    letter = Letter(
        application=application,
        enterprise_id=application.enterprise_id,
        region_path=application.region_path,
        office_path=path,
        office_name=actor.office_name,
        kind=kind,
        title=f"关于{'不予' if kind == 'refusal' else ''}{act}{label(application.tier)}的"
        f"{'决定' if kind == 'refusal' else '告知'}书",
        ground=ground_of(application) if kind == "refusal" else "经审核、公示、公告，贵公司符合规定条件。",
        reasons=reasons_of(application, filed) if filed else [],
        remedy=remedy() if kind == "refusal" else "",
        submission_number=number,
        edited_at=clock.now(),
    )
    try:
        with transaction.atomic():
            return begin(letter, actor=actor, machine=LETTER, audience="office")
    except IntegrityError:
        return Letter.objects.exclude(state="discarded").get(application=application, kind=kind)


def ground_of(application: Application) -> str:
    """The reason that was given with the act, word for word."""
    event = (
        AuditEvent.objects.filter(
            object_type="certification.application", object_id=application.public_id, act="application.refuse"
        )
        .order_by("-at")
        .first()
    )
    return event.reason if event else ""


def reasons_of(application: Application, filed: Submission) -> list[dict[str, str]]:
    """Every condition of the standard: what the machine computed, what the reviewer judged, and the clause of both."""
    rule_set = library.pinned(application.rule_set_code, application.rule_set_hash)
    known = {criterion.code: criterion for criterion in rule_set.criteria}
    rows = Verdict.objects.filter(application=application, submission_number=filed.number, taken_back_at=None)
    verdicts = {row.criterion: row for row in rows.order_by("at", "id")}
    told = []
    for line in filed.result["criteria"]:
        criterion = known.get(line["code"])
        if criterion is None or not criterion.gate:
            continue
        verdict = verdicts.get(line["code"])
        said = verdict.note if verdict is not None else ""
        words = [] if said and line["outcome"] == "needs_person" else [line.get("sentence", "")]
        if said:
            words.append(f"审核意见：{said}")
        sentences = "".join(f"{word.rstrip('。')}。" for word in words if word)
        told.append(
            {
                "code": line["code"], "title": criterion.title, "requirement": criterion.requirement,
                "clause": line["clause"] or criterion.clause, "found": found_of(line["outcome"], verdict),
                "text": sentences or criterion.requirement,
            }
        )  # fmt: skip
    return told


def found_of(outcome: str, verdict: Verdict | None) -> str:
    """The person has the last word: his judgement, or the contrary of what he did not agree with."""
    if verdict is None or verdict.verdict == "agree":
        return outcome
    if verdict.verdict == "disagree":
        return {"met": "unmet", "unmet": "met"}.get(outcome, outcome)
    return verdict.verdict


def edit(letter: Letter, given: Mapping[str, str], *, seen_version: int, actor: Principal) -> Letter:
    """The human's words. Titles, clauses and findings stay as they were found; only what is said about them changes."""
    if not writes_letter(actor, letter):
        raise Missing
    if letter.state != "draft":
        raise already_moved(letter, LETTER)
    reasons = [row | {"text": given.get(f"text-{row['code']}", row["text"]).strip()} for row in letter.reasons]
    values: dict[str, Any] = {
        "number": given.get("number", letter.number).strip()[:60],
        "ground": given.get("ground", letter.ground).strip(),
        "reasons": reasons,
        "remedy": remedy() if letter.kind == "refusal" else "",
    }
    with transaction.atomic():
        saved = Letter.objects.filter(pk=letter.pk, state="draft", version=seen_version).update(
            version=F("version") + 1, updated_at=clock.now(), edited_by_id=actor.user_id, edited_by_name=actor.name,
            edited_at=clock.now(), **values,
        )  # fmt: skip
        if not saved:
            raise Refused("stale", "有同事刚改过这份文书。您填写的内容还在页面上，请对照后再保存。")
        letter.refresh_from_db()
        record("letter.edit", letter, actor=actor)
    return letter


def unfinished(letter: Letter) -> list[Problem]:
    """What keeps it from being signed."""
    problems = []
    if letter.edited_by_id is None:
        problems.append(Problem("机器起草的内容还没有人核改", "ground", hint="逐条看过后点“保存”"))
    if not letter.number:
        problems.append(Problem("文号没有填写", "number", hint="例：宁工信决〔2026〕3号"))
    if not letter.ground.strip():
        problems.append(Problem("决定和总的理由没有写", "ground"))
    if letter.kind == "refusal":
        problems += [
            Problem(f"“{row['title']}”不满足，但没有写理由", f"text-{row['code']}", row["clause"])
            for row in letter.reasons
            if row["found"] == "unmet" and not row["text"].strip()
        ]
    return problems


def sign(letter: Letter, *, actor: Principal) -> Letter:
    """By a leader of the office who is not the one who wrote it."""
    if not writes_letter(actor, letter):
        raise Missing
    problems = unfinished(letter)
    if letter.state == "draft" and problems:
        raise Refused("invalid", "还不能签发，请先补齐。", problems)
    if letter.state == "draft" and actor.has_role("leader") and not signs_letter(actor, letter):
        raise Refused("conflict", f"这份文书由{letter.edited_by_name}拟稿，签发要由另一位负责人。")
    if letter.kind == "refusal" and signs_letter(actor, letter):
        overrule.refuse_the_same_person(letter.application, actor=actor)
    with transaction.atomic():
        move(
            letter, "sign", actor=actor, machine=LETTER, signed_by_id=actor.user_id, signed_by_name=actor.name,
            signed_at=clock.now(),
        )  # fmt: skip
        if letter.kind == "refusal":
            overrule.sign(letter.application, actor=actor)
    return letter


def take_back(letter: Letter, *, actor: Principal, reason: str) -> Letter:
    """Signed, but not served: back to the desk, and the signature is gone."""
    if not writes_letter(actor, letter):
        raise Missing
    with transaction.atomic():
        overrule.unsign(letter.application)
        return move(
            letter, "take_back", actor=actor, machine=LETTER, reason=reason, signed_by_id=None, signed_by_name="",
            signed_at=None,
        )  # fmt: skip


def serve(letter: Letter, *, actor: Principal) -> Letter:
    """Archive the printed letter, write the legal messages, then it is served: rows first, carrying comes after."""
    if not writes_letter(actor, letter):
        raise Missing
    refuse_without_remedy(letter)
    readers = readers_of(letter)
    with transaction.atomic():
        moment = clock.now()
        content = print_letter(letter, served=cn(clock.today()))
        digest = hashlib.sha256(content).hexdigest()
        keep(content, digest)
        if letter.kind == "refusal" and letter.application.state == "to_refuse":
            quiet.tell(letter.application, actor=actor)
        move(letter, "serve", actor=actor, machine=LETTER, served_at=moment, file_hash=digest)
        send(
            readers, subject=letter.title, kind=MessageKind.LEGAL, url=f"/my/letters/{letter.public_id}/", about=letter,
            body=f"{letter.office_name}向贵公司送达《{letter.title}》（{letter.number}）。请打开查看决定、逐条理由和救济途径。",
        )  # fmt: skip
    return letter


def readers_of(letter: Letter) -> list[User]:
    """Who is served online. Refused("conflict") where nobody of the firm is verified: paper is left."""
    readers = applicants(letter.application)
    if not readers:
        raise Refused(
            "conflict",
            f"{letter.application.enterprise_name}没有核实过身份的人员，不能在线送达，请在文书页面打印后当面、留置或邮寄送达并登记。",
        )
    return readers


def refuse_without_remedy(letter: Letter) -> None:
    if letter.kind == "refusal":
        confirmed_remedy("不能送达", "确认之后重新拟稿、签发")


@dataclass(frozen=True)
class Served:
    """What a bulk act did and did not do, case by case."""

    done: tuple[Letter, ...]
    failed: tuple[tuple[Letter, str], ...]


def serve_together(letters: Iterable[Letter], *, actor: Principal) -> Served:
    """Decided one by one and quietly, published together. One that cannot go does not keep the others."""
    done, failed = [], []
    for letter in letters:
        try:
            done.append(serve(letter, actor=actor))
        except Refused as refusal:
            failed.append((letter, refusal.sentence))
    return Served(tuple(done), tuple(failed))


def open_by_firm(letter: Letter, *, actor: Principal) -> Letter:
    """One of the firm's people opens it: proof of service of the notice, and the moment from which periods may run."""
    if letter.state != "served" or letter.enterprise_id not in actor.enterprise_ids:
        raise Missing
    with transaction.atomic():
        open_about(letter, actor=actor)
        return note_opened(letter, actor=actor)


def note_opened(letter: Letter, *, actor: Principal) -> Letter:
    """The first time is kept and recorded, whichever door it was."""
    if letter.opened_at is None:
        with transaction.atomic():
            moment = clock.now()
            if Letter.objects.filter(pk=letter.pk, opened_at=None).update(opened_at=moment):
                record("letter.open", letter, actor=actor, audience="applicant")
            letter.refresh_from_db(fields=["opened_at"])
    return letter


def print_letter(letter: Letter, *, served: str = "") -> bytes:
    """The printed letter; a draft says that it is one, and so does a remedies block that nobody has confirmed."""
    listed = [row for row in letter.reasons if letter.kind == "grant" or row["found"] != "met"]
    return papers.render(
        "letter",
        {
            "title": letter.title, "number": letter.number, "name": letter.application.enterprise_name,
            "code": letter.application.credit_code, "receipt": letter.application.receipt_number or "",
            "rule": letter.application.rule_set_code, "version": letter.submission_number, "ground": letter.ground,
            "reasons": [[r["title"], r["clause"], FOUND[r["found"]], r["text"]] for r in listed],
            "others": len(letter.reasons) - len(listed), "remedy": letter.remedy, "office": letter.office_name,
            "served": served or (cn(letter.served_at.astimezone()) if letter.served_at else ""),
            "mark": "" if served or letter.state == "served" else "草稿，未送达",
            "specimen": letter.kind == "refusal" and REMEDY_OPEN in letter.remedy,
        },
    )  # fmt: skip
