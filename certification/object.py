"""异议: lodge one, take it up, answer it in writing; and what an open one holds: its own case, and no other."""

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max, OuterRef, Q, Subquery
from django.urls import reverse

from certification.models import Application, Objection, ObjectionPaper, Posting, Submission
from certification.notify import posted, tell_applicants, tell_posts
from certification.numbering import next_number
from certification.permissions import APPLICATION, OBJECTION, examines_objection
from certification.states import OPEN_OBJECTION
from enterprises import scan
from enterprises.attach import LARGEST, check, keep, last_part
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.audit.record import record
from foundation.exchange import form_keys
from foundation.exchange.idempotency import Answer, answer_once, fingerprint
from foundation.exchange.models import IdempotencyKey
from foundation.public_ids import ALPHABET
from foundation.refusals import Missing, Problem, Refused
from foundation.transitions import begin, move

MOST_FILES = 5
CODE_LENGTH = 20
ASKED = {"name": "请填写姓名", "contact": "请填写联系电话或邮箱", "facts": "请写明事实和依据"}


def objector() -> Principal:
    """What the record calls whoever objects: never by name, because the record is read by more people than the file."""
    return Principal(kind="anonymous", name="实名异议人（信息保密）")


def lodge(
    posting: Posting, line: int, given: dict[str, str], files: Sequence[Any] = (), *, form_key: str = ""
) -> tuple[Objection, str]:
    """Take in one objection to one line of a running list. Returns it with the secret code, which is shown only here.

    The same form sent again, because its answer was lost, is the same objection with the same number and code, however
    late. `form_key`: the hidden field of the page, "" where none was sent.
    Refused("window_closed") after the last day, with the disciplinary office named; "invalid" with a problem per field;
    "duplicate" when the form was kept already and says something else now.
    """
    key, house = form_keys.key_of(form_key), Principal.system("objection")
    kept = {name: given.get(name, "").strip() for name in ("name", "contact", "organisation", "relation", "facts")}
    first = lodged_with(key)
    if posting.state != "running" and first is None:
        raise Refused(
            "window_closed",
            f"这份名单的公示期已满，不再在线受理异议。仍要反映的，请联系派驻纪检监察机构：{posting.disciplinary_contact}。",
        )
    item = posting.items.filter(place=line).first()
    problems = [Problem(words, field) for field, words in ASKED.items() if not kept[field]]
    if item is None:
        problems.insert(0, Problem("请选择名单中的一家企业", "line"))
    if len(files) > MOST_FILES:
        problems.append(Problem(f"最多 {MOST_FILES} 个文件", "files", hint="请合并后再传"))
    papers = [] if problems else [_taken(file, problems) for file in files]
    if problems or item is None:
        raise Refused("invalid", "还没有提交，有几处要补充；已填的都还在。", problems)
    code = code_from(form_key) if key else "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    mark = fingerprint(posting.public_id, str(line), *kept.values(), *(str(paper["sha256"]) for paper in papers))
    if first is not None and first[1] != mark:
        raise Refused(
            "duplicate",
            f"这张表已经提交过，受理编号{first[0].receipt_number}，查询码{code}。现在的内容与那次不同：确要另提一件，"
            "请再按一次“提交异议”；不另提的，凭编号和查询码查看即可。",
        )

    application_id = item.application_id

    def take_in() -> Answer:
        objection = begin(
            Objection(
                posting=posting,
                application_id=application_id,
                region_path=posting.region_path,
                submission_number=latest_submissions([application_id]).get(application_id, 0),
                receipt_number=f"YY-{clock.today().year}-{next_number('objection', clock.today().year):04d}",
                code_hash=hash_of(code),
                **kept,
            ),
            actor=objector(),
            machine=OBJECTION,
            audience="office",
        )
        ObjectionPaper.objects.bulk_create(
            ObjectionPaper(objection=objection, region_path=posting.region_path, **paper) for paper in papers
        )
        tell_the_office(objection)
        return 201, {"objection": objection.public_id}

    with transaction.atomic(), scoped(house):
        (_, told), _ = answer_once(house, key, mark, take_in) if key else (take_in(), False)
        return Objection.objects.select_related("posting", "application").get(public_id=told["objection"]), code


def tell_the_office(objection: Objection) -> None:
    """The people of the office whose list it is. Neither who objected nor to which firm: mail is read in passing."""
    tell_posts(
        posted(("reviewer", "leader"), {objection.region_path}),
        f"收到公示异议 {objection.receipt_number}",
        f"“{objection.posting.title}”收到一件实名异议，受理编号{objection.receipt_number}。所涉企业在核查完毕以前暂缓办理，其余企业照常。",
        about=objection,
        url=reverse("certification:objection", args=[objection.public_id]),
        what_to_do="打开异议，开始核查；书面答复由负责人作出",
    )


def lodged_with(key: str) -> tuple[Objection, str] | None:
    """What this form has brought in already, with the fingerprint of what it said then."""
    house = Principal.system("objection")
    with transaction.atomic(), scoped(house):
        known = IdempotencyKey.objects.filter(principal=f"{house.kind}:{house.actor_id}", key=key).first()
        if not key or known is None:
            return None
        return Objection.objects.get(public_id=known.body["objection"]), known.fingerprint


def code_from(form_key: str) -> str:
    """The code of whoever holds the page; what is kept of the key does not give it away."""
    number = int.from_bytes(hashlib.sha256(f"code {form_key}".encode()).digest())
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(CODE_LENGTH))


def _taken(file: Any, problems: list[Problem]) -> dict[str, Any]:
    """Checked and kept like an enterprise's paper; what is wrong with it goes to `problems` by its name."""
    name = last_part(file.name)
    try:
        if file.size > LARGEST:
            raise Refused("too_large", f"文件有 {file.size / 1048576:.1f} MB，超过 20 MB")
        content = file.read(LARGEST + 1)
        media_type = check(name, content)
        state = scan.state_of(content)
        if state == "refused":
            raise Refused("invalid", "安全扫描发现风险，没有保存")
    except Refused as refusal:
        hint = refusal.problems[0].hint if refusal.problems else ""
        problems.append(Problem(f"{name}：{refusal.sentence}", "files", hint=hint))
        return {}
    digest = hashlib.sha256(content).hexdigest()
    try:
        keep(content, digest)
    except OSError as error:
        raise Refused("unavailable", "文件这会儿存不下来，异议还没有提交。请稍后再试；已填的内容都还在。") from error
    return {
        "original_name": name[-200:], "media_type": media_type, "size": len(content), "sha256": digest,
        "scan_state": state,
    }  # fmt: skip


def hash_of(code: str) -> str:
    """100 random bits need no slow hash: there is nothing to guess from."""
    return hashlib.sha256(code.encode()).hexdigest()


def track(receipt: str, code: str) -> Objection:
    """The objection of whoever holds number and code. A wrong code and an unknown number are the same Missing."""
    with transaction.atomic(), scoped(Principal.system("objection")):
        found = (
            Objection.objects.filter(receipt_number=receipt.strip().upper())
            .select_related("posting", "application")
            .first()
        )
    told = hash_of(code.strip().lower())
    if not hmac.compare_digest(told, found.code_hash if found else "-" * 64) or found is None:
        raise Missing
    return found


def withdraw(receipt: str, code: str) -> Objection:
    """The objector takes it back; the case goes on."""
    objection = track(receipt, code)
    house = Principal.system("objection")
    with transaction.atomic(), scoped(house):
        move(objection, "withdraw", actor=house, machine=OBJECTION)
        release([objection.application_id], actor=house)
    return objection


def take_up(objection: Objection, *, actor: Principal) -> Objection:
    """Begin to look into it. The firm is told that there is one, never by whom."""
    if not examines_objection(actor, objection):
        raise Missing
    with transaction.atomic():
        move(
            objection, "take_up", actor=actor, machine=OBJECTION, taken_up_at=clock.now(), taken_up_by_id=actor.user_id
        )
        tell_applicants(
            objection.application,
            "公示期间收到异议，正在核查",
            f"{objection.posting.title}期间，公示机关收到对本件的异议，正在核查。核查期间本件暂缓办理，其他企业不受影响；结果会另行告知。",
        )
    return objection


def answer(objection: Objection, verdict: str, text: str, *, actor: Principal) -> Objection:
    """Uphold or dismiss, in writing. Dismissed: the case goes on at once if its list has ended meanwhile."""
    if not examines_objection(actor, objection) or verdict not in ("uphold", "dismiss"):
        raise Missing
    if not text.strip():
        raise Refused("invalid", "请写明书面答复，异议人会原样看到。", [Problem("请写书面答复", "answer")])
    with transaction.atomic():
        move(
            objection, verdict, actor=actor, machine=OBJECTION, reason="书面答复已作出", answer=text.strip(),
            answered_at=clock.now(), answered_by_id=actor.user_id,
        )  # fmt: skip
        upheld = verdict == "uphold"
        tell_applicants(
            objection.application,
            "公示异议核查完毕：成立" if upheld else "公示异议核查完毕：不成立，恢复办理",
            "公示机关将依规处理本件，处理决定会另行送达并写明理由。" if upheld else "本件恢复办理。",
        )
        if not upheld:
            release([objection.application_id], actor=Principal.system("objection"))
    return objection


def unmask(objection: Objection, *, actor: Principal, reason: str) -> Objection:
    """Who objected, for an official who needs to ask back: with a reason, and recorded each time."""
    if not examines_objection(actor, objection):
        raise Missing
    if not reason.strip():
        raise Refused("invalid", "查看异议人信息要写明用途。", [Problem("请写明用途", "reason")])
    with transaction.atomic():
        record("objection.unmask", objection, actor=actor, reason=reason.strip())
    return objection


def latest_submissions(applications: Iterable[int]) -> dict[int, int]:
    rows = Submission.objects.filter(application_id__in=list(applications)).order_by()
    return dict(rows.values("application_id").annotate(last=Max("number")).values_list("application_id", "last"))


def held(applications: Iterable[int]) -> set[int]:
    """Which of these an objection holds: an open one, or an upheld one until the firm has filed anew."""
    latest = (
        Submission.objects.filter(application_id=OuterRef("application_id"))
        .order_by("-number")
        .values("number")[:1]
    )  # fmt: skip
    stands = Q(state__in=OPEN_OBJECTION) | Q(state="upheld", submission_number=Subquery(latest))
    wanted = list(applications)
    # A city must not see the province's objections, but it must be stopped by them: only the answer comes out.
    with transaction.atomic(), scoped(Principal.system("objection")):
        found = Objection.objects.filter(stands, application_id__in=wanted)
        return set(found.values_list("application_id", flat=True))


def refuse_if_held(application: Application) -> None:
    """For the acts on one case that an objection stops."""
    if held([application.pk]):
        raise Refused("conflict", f"{application.enterprise_name}有公示异议没有办结，核查完毕之前不能往下办。")


def release(applications: Iterable[int] | None = None, *, actor: Principal) -> int:
    """Cases still on a provincial list that has ended, and not held any more: on to the announcement.

    `actor` is the house: it acts with its own sight, whoever dismissed the objection.
    """
    rows = Application.objects.filter(state="posted").exclude(posting_items__posting__state="running")
    rows = rows.filter(posting_items__posting__level="province", posting_items__posting__state="ended")
    if applications is not None:
        rows = rows.filter(pk__in=list(applications))
    with transaction.atomic(), scoped(actor):
        waiting = list(rows.distinct().order_by("id"))
        stopped = held([row.pk for row in waiting])
        free = [row for row in waiting if row.pk not in stopped]
        for application in free:
            move(application, "close_posting", actor=actor, machine=APPLICATION, stage_since=clock.now())
            tell_applicants(application, "公示期满，等待公告")
    return len(free)
