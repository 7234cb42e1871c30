"""Going against the machine, or against any office's "not met", needs a reason of the list, words, and a second person's signature, before the province lists the case.

The machine never decides; whoever goes against it says so where everybody who reviews can read it later. A refusal that goes
against the counties is the other kind, see overrule.py.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction
from ruamel.yaml import YAML

from certification import gates
from certification.models import AgendaItem, Application, Override, Submission, Verdict
from certification.permissions import decides, is_provincial_reviewer
from certification.states import APPLICATION, IN_REVIEW
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.exchange.announce import announce
from foundation.refusals import Missing, Problem, Refused

FILE = Path(__file__).resolve().parent / "overrides.yaml"
SHORTEST = 6
BY_HOUSE = "committee"
VERDICT_WORDS = {"disagree": "不认可", "unmet": "判为不满足"}
AGAINST_IT = tuple(VERDICT_WORDS)
FEWEST_VOTES = 2
ASKED = {"machine": ("override.ask", "reasons"), "matters": ("override.rule", "matters")}
"""By what it goes against: how the record calls it, and which list its reasons are of."""


@lru_cache(maxsize=4)
def words_of(kind: str) -> dict[str, str]:
    """Codes and words of one list of the file."""
    return dict(YAML(typ="safe").load(FILE.read_text(encoding="utf-8"))[kind])


def reasons() -> dict[str, str]:
    return words_of("reasons")


def contradicted(application: Application) -> list[dict[str, Any]]:
    """The conditions that must hold and that the last submission does not meet: the machine says so, or an office does."""
    return contradictions([application]).get(application.pk, [])


def contradictions(applications: Iterable[Application]) -> dict[int, list[dict[str, Any]]]:
    """The same for many cases in a constant number of queries; only those that have any.

    Each stage speaks for itself: what the county found wanting stands until its author takes it back, and a later office
    that sees it otherwise says so over a second signature. Its own "met" alone would make the objection vanish.
    """
    cases = list(applications)
    filed = {
        row.application_id: row
        for row in Submission.objects.filter(application__in=cases)
        .order_by("application_id", "-number")
        .distinct("application_id")
    }
    against: dict[tuple[int, int, str], list[Verdict]] = {}
    rows = Verdict.objects.filter(application__in=cases, taken_back_at=None, verdict__in=AGAINST_IT)
    for row in rows.order_by("at", "id"):
        against.setdefault((row.application_id, row.submission_number, row.criterion), []).append(row)
    told, standards = {}, gates.criteria_of_many(cases)
    for case in cases:
        last = filed.get(case.pk)
        if last is None:
            continue
        known, lines = standards[case.pk], []
        for line in last.result["criteria"]:
            criterion = known.get(line["code"])
            if not gates.is_gate(line, known):
                continue
            by_machine = case.outcome == "unmet" and line["outcome"] == "unmet"
            said = ["机器核算不满足"] if by_machine else []
            for row in against.get((case.pk, last.number, line["code"]), []):
                # Who does not agree with a machine that says "not met" thinks that it is met.
                if row.verdict == "unmet" or line["outcome"] != "unmet":
                    stage = APPLICATION.labels[row.stage].officer
                    said.append(f"{stage}，{row.by_name}{VERDICT_WORDS[row.verdict]}")
            if said:
                title = getattr(criterion, "title", line["code"])
                lines.append(
                    {"code": line["code"], "title": title, "clause": line["clause"], "judged": "；".join(said)}
                )
        if lines:
            told[case.pk] = lines
    return told


def of(application: Application, kind: str = "machine") -> Override | None:
    """The one that stands: against the machine, of the submission under review; of any other kind, of the case."""
    rows = application.overrides.filter(against=kind, taken_back_at=None)
    if kind == "machine":
        rows = rows.filter(submission_number=_number(application))
    found: Override | None = rows.order_by("-id").first()
    return found


def _number(application: Application) -> int:
    return application.submissions.order_by("-number").values_list("number", flat=True).first() or 0


def ask(application: Application, given: Mapping[str, str], *, actor: Principal) -> Override:
    """The first person says against what, and why."""
    if not is_provincial_reviewer(actor, application) or application.state not in IN_REVIEW:
        raise Missing
    code, text = given.get("reason_code", ""), given.get("text", "").strip()
    against, problems = contradicted(application), []
    if not against:
        raise Refused("conflict", "没有不满足的条件，不需要推翻。")
    if code not in reasons() or code == BY_HOUSE:
        problems.append(Problem("请选择理由", "reason_code"))
    if len(text) < SHORTEST:
        problems.append(Problem("请写明依据哪份材料、怎样判断", "text"))
    if problems:
        raise Refused("invalid", "还没有提出。", problems)
    return write(application, against, code, text, actor=actor)


def write(
    application: Application, against: Sequence[Mapping[str, Any]], code: str, text: str, *, actor: Principal,
    kind: str = "machine",
) -> Override:  # fmt: skip
    """Part of asking, of a meeting's vote, and of a ruling on what is open about the firm (matters.py)."""
    older = of(application, kind)
    if older is not None and covers(older, against):
        raise twice()
    act, listed = ASKED[kind]
    try:
        with transaction.atomic():
            if older is not None:
                # It was asked, or signed, before one more condition was found wanting: nobody has signed for that one.
                Override.objects.filter(pk=older.pk).update(taken_back_at=clock.now())
            row = Override.objects.create(
                application=application, enterprise_id=application.enterprise_id, region_path=application.region_path,
                submission_number=_number(application), against=kind, codes=[line["code"] for line in against],
                named=[line["title"] for line in against] if kind == "matters" else [],
                reason_code=code, text=text[:4000], asked_by_id=actor.user_id, asked_by_name=actor.name, asked_at=clock.now(),
            )  # fmt: skip
            told = {"codes": "、".join(row.in_words), "why": words_of(listed)[code]}
            record(act, application, actor=actor, reason=text, detail=told)
            announce(APPLICATION.name, application, fields=["overrides"])
    except IntegrityError as error:
        raise twice() from error
    return row


def twice() -> Refused:
    return Refused("duplicate", "这一版申请已经提出过，等另一位负责人签字。")


def covers(row: Override, against: Iterable[Mapping[str, Any]]) -> bool:
    """Whether what was asked is all that is contradicted today."""
    return {line["code"] for line in against} <= set(row.codes)


def sign(row: Override, *, actor: Principal) -> Override:
    """The second person: a leader of the province who did not ask."""
    if not decides(actor, row.application):
        raise Missing
    if row.asked_by_id == actor.user_id:
        raise Refused("forbidden", "提出的人不能自己签字，请另一位负责人签。")
    with transaction.atomic():
        done = Override.objects.filter(pk=row.pk, signed_at=None).update(
            signed_by_id=actor.user_id, signed_by_name=actor.name, signed_at=clock.now()
        )
        if not done:
            raise Refused("already_moved", "已经有人签过字。")
        act = "override.sign_ruling" if row.against == "matters" else "override.sign"
        record(act, row.application, actor=actor, detail={"codes": "、".join(row.in_words)})
        announce(APPLICATION.name, row.application, fields=["overrides"])
    row.refresh_from_db()
    return row


def unsigned(applications: Iterable[Application]) -> dict[int, str]:
    """Cases with conditions that are not met and that nobody has signed for, with the conditions."""
    against = contradictions(applications)
    rows = Override.objects.filter(
        application_id__in=list(against), against="machine", signed_at__isnull=False, taken_back_at=None
    )
    latest = dict(
        Submission.objects.filter(application_id__in=list(against))
        .order_by("application_id", "-number")
        .distinct("application_id")
        .values_list("application_id", "number")
    )
    signed = {row.application_id: row for row in rows if row.submission_number == latest[row.application_id]}
    return {
        pk: "、".join(line["title"] for line in lines)
        for pk, lines in against.items()
        if pk not in signed or not covers(signed[pk], lines)
    }


def by_committee(item: AgendaItem, *, actor: Principal) -> None:
    """A meeting has voted: its members are the second signature, and the chair writes it down with the count of the ballots.

    It signs nothing where fewer than two voted, or nobody but the one who carries it out: that is no second person.
    """
    application, title = item.application, item.meeting.title
    against = contradicted(application)
    if not against or application.pk not in unsigned([application]):
        return
    cast = list(item.ballots.exclude(choice="recused").values_list("choice", "member__user_id"))
    if len(cast) < FEWEST_VOTES or all(user == actor.user_id for _, user in cast):
        return
    counts = Counter(choice for choice, _ in cast)
    words = f"{title}表决：同意 {counts['approve']}，不同意 {counts['refuse']}，弃权 {counts['abstain']}"
    with transaction.atomic():
        row = of(application)
        if row is None or not covers(row, against):
            row = write(application, against, BY_HOUSE, words, actor=actor)
        text = row.text if row.text == words else f"{row.text}\n{words}"
        Override.objects.filter(pk=row.pk, signed_at=None).update(
            signed_by_name=title[:80], signed_at=clock.now(), text=text[:4000]
        )
        record("override.sign", application, actor=actor, reason=words, detail={"codes": "、".join(row.codes)})


def panel(application: Application, principal: Principal) -> dict[str, Any]:
    """For the office's case page; include templates/certification/parts/override.html."""
    against = contradicted(application) if application.state in IN_REVIEW else []
    row = of(application)
    may_ask = bool(against) and (row is None or not covers(row, against))
    return {
        "contradicted": against, "override": row, "override_reasons": [(c, w) for c, w in reasons().items() if c != BY_HOUSE],
        "override_words": reasons().get(row.reason_code, "") if row else "",
        "may_override": may_ask and is_provincial_reviewer(principal, application),
        "may_sign_override": row is not None and row.signed_at is None and decides(principal, application) and row.asked_by_id != principal.user_id,
    }  # fmt: skip
