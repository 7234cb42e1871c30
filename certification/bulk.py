"""What a bulk act would do, firm by firm, before it is done: the same sentences that a refusal would use."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from certification import announce, certify, city_list, draft_list, letter, posting, put_forward
from certification.models import Application, Call, Letter
from certification.object import held
from certification.obstacles import lasting, obstacles
from certification.permissions import is_provincial_reviewer
from certification.tiers import is_national
from enterprises.words import cn
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.refusals import Missing, Refused

ACTS = {"post": "拟公示名单", "city": "拟市级公示名单", "announce": "拟公告", "recommend": "拟推荐稿"}
"""Each makes a draft that another person makes public or sends."""
HERE = {"post": "province_review", "city": "city_review", "announce": "decided", "recommend": "province_review"}
ON_A_DRAFT = {
    "post": "已在另一份待公布的名单里", "city": "已在另一份待公布的名单里", "announce": "已在另一份待公告的名单里", "recommend": "已在另一份推荐稿里",
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One case or letter: what will happen to it, or why it is left out."""

    thing: Any
    what: str
    problem: str


def preview(act: str, call: Call, applications: Iterable[Application], *, actor: Principal) -> list[Line]:
    """Nothing is written. Missing for whoever may not do it, and for an act that the tier does not know."""
    chosen = list(applications)
    if act not in ACTS or (act != "city" and is_national(call.tier) != (act == "recommend")):
        raise Missing
    if act == "city":
        if actor.level != "city" or any(not actor.reaches(case.region_path) for case in chosen):
            raise Missing
        city_list.refuse_without_city_list(call)
    elif not is_provincial_reviewer(actor, call):
        raise Missing
    found = {case.pk: problems for case, problems in _problems(act, call, chosen)}
    what = _what(act, call)
    return [Line(case, what, "；".join(found[case.pk])) for case in chosen]


def _problems(act: str, call: Call, chosen: list[Application]) -> Iterable[tuple[Application, list[str]]]:
    if act == "city":
        off, drafted = city_list.off_the_city_list(call, chosen), draft_list.on_a_draft(chosen, "city")
        for case in chosen:
            why = off.get(case.pk) or (ON_A_DRAFT[act] if case.pk in drafted else "")
            yield case, [why] if why else []
        return
    stopped = held(case.pk for case in chosen)
    on_a_draft: dict[str, Any] = {
        "post": draft_list.on_a_draft,
        "announce": announce.on_a_draft,
        "recommend": put_forward.on_a_draft,
    }
    twice = on_a_draft[act](chosen)
    waiting = (lasting if act == "announce" else obstacles)(chosen)
    for case in chosen:
        told = list(waiting.get(case.pk, []))
        if case.state != HERE[act]:
            told.insert(0, "已不在这个环节，可能有同事先办了")
        if case.pk in stopped:
            told.append("有异议没有办结")
        if case.pk in twice:
            told.append(ON_A_DRAFT[act])
        yield case, told


def _what(act: str, call: Call) -> str:
    today = clock.today()
    if act in ("post", "city"):
        ends = posting.last_day(today, call.posting_length, call.posting_unit)
        after = "，通知企业" if act == "post" else "；案件留在市级审核"
        return f"列入名单，由另一位负责人公布；今天公布的公示{cn(today)}至{cn(ends)}，名单公开{after}"
    if act == "announce":
        valid = f"{cn(today)}至{cn(certify.last_valid_day(today))}"
        return f"列入公告稿，由另一位负责人公告；今天公告的生成证书，有效期{valid}，通知企业"
    return "列入推荐稿，由另一位负责人推荐到工信部；推荐后通知企业，结果以国家公告为准"


def preview_service(letters: Iterable[Letter]) -> list[Line]:
    """To whom each letter goes, or why it cannot be served online."""
    return [Line(row, *_service(row)) for row in letters]


def _service(row: Letter) -> tuple[str, str]:
    try:
        letter.refuse_without_remedy(row)
        readers = letter.readers_of(row)
    except Refused as refusal:
        return "", refusal.sentence
    names = "、".join(person.name for person in readers)
    told = "，同时告诉企业结论" if row.kind == "refusal" and row.application.state == "to_refuse" else ""
    return f"送达 {len(readers)} 人（{names}），存档并计送达时间{told}", ""
