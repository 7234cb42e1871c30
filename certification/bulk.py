"""What a bulk act would do, firm by firm, before it is done: the same sentences that a refusal would use."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from certification import certify, letter, posting
from certification.models import Application, Call, Letter
from certification.object import held
from certification.obstacles import lasting, obstacles
from certification.papers import cn
from certification.permissions import decides
from certification.tiers import is_national
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.refusals import Missing, Refused

ACTS = {"post": "列入公示", "city": "开始市级公示", "announce": "公告并生成证书", "recommend": "推荐到工信部"}
HERE = {"post": "province_review", "city": "city_review", "announce": "decided", "recommend": "province_review"}


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
        posting.refuse_without_city_list(call)
    elif not decides(actor, call):
        raise Missing
    found = {case.pk: problems for case, problems in _problems(act, call, chosen)}
    what = _what(act, call)
    return [Line(case, what, "；".join(found[case.pk])) for case in chosen]


def _problems(act: str, call: Call, chosen: list[Application]) -> Iterable[tuple[Application, list[str]]]:
    if act == "city":
        off = posting.off_the_city_list(call, chosen)
        yield from ((case, [off[case.pk]] if case.pk in off else []) for case in chosen)
        return
    stopped = held(case.pk for case in chosen)
    twice = posting.on_a_draft(chosen) if act == "post" else {}
    waiting = (lasting if act == "announce" else obstacles)(chosen)
    for case in chosen:
        told = list(waiting.get(case.pk, []))
        if case.state != HERE[act]:
            told.insert(0, "已不在这个环节，可能有同事先办了")
        if case.pk in stopped:
            told.append("有异议没有办结")
        if case.pk in twice:
            told.append("已在另一份待公布的名单里")
        yield case, told


def _what(act: str, call: Call) -> str:
    today = clock.today()
    if act in ("post", "city"):
        ends = posting.last_day(today, call.posting_length, call.posting_unit)
        return f"公示{cn(today)}至{cn(ends)}，名单公开" + ("，通知企业" if act == "post" else "；案件留在市级审核")
    if act == "announce":
        return f"公告，生成证书，有效期{cn(today)}至{cn(certify.last_valid_day(today))}，通知企业"
    return "推荐到工信部，通知企业；结果以国家公告为准"


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
