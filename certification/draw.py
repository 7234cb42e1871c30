"""The draw (抽取专家): one seed, one order per case, conflicts left out with their reason; anybody can do it again."""

import hashlib
import hmac
import secrets
from collections.abc import Iterable

from django.db import transaction

from certification.conflicts import Firm, conflict, firm_of
from certification.models import Assignment, DrawLine, Expert, Round, RoundCase
from certification.permissions import ASSIGNMENT, ROUND, is_provincial_reviewer
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.mailroom.posting import send
from foundation.refusals import Missing, Refused
from foundation.transitions import begin, move

ALGORITHM = "HMAC-SHA256（密钥为种子，内容为 轮次|案号|专家号），按结果由小到大"
STEMS = "甲乙丙丁戊己庚辛壬癸"


def ticket(seed: str, round_id: str, case_id: str, expert_id: str) -> str:
    """What decides the place: nobody can know it before the seed is there, everybody can compute it after."""
    words = f"{round_id}|{case_id}|{expert_id}".encode()
    return hmac.new(bytes.fromhex(seed), words, hashlib.sha256).hexdigest()


def order(seed: str, round_id: str, case_id: str, expert_ids: Iterable[str]) -> list[tuple[str, str]]:
    """(ticket, expert) in the order of the draw."""
    return sorted((ticket(seed, round_id, case_id, expert), expert) for expert in expert_ids)


def draw(round_: Round, *, actor: Principal, seed: str = "") -> Round:
    """Draw the experts of every case, once. Refused("conflict") names the cases for which too few are free.

    `seed` is given by a repetition or a test; the office has no way to choose one.
    """
    if not is_provincial_reviewer(actor, round_):
        raise Missing
    pool = pool_of(round_)
    cases = list(round_.cases.select_related("application__enterprise").order_by("id"))
    seed = seed or secrets.token_hex(32)
    lines = [line for case in cases for line in lines_of(round_, case, pool, seed)]
    short = [
        (case, free)
        for case in cases
        if (free := sum(1 for x in lines if x.case_id == case.pk and not x.excluded)) < round_.per_case
    ]
    if short or not cases:
        told = "；".join(f"{c.application.enterprise_name}：可用 {n} 人" for c, n in short) or "本轮没有案件"
        raise Refused(
            "conflict", f"每件要 {round_.per_case} 位没有利害关系的专家，现在不够。{told}。请先补充专家库，或另设一轮。"
        )
    with transaction.atomic():
        move(
            round_, "draw", actor=actor, machine=ROUND, detail={"seed": seed, "pool": len(pool)},
            seed=seed, algorithm=ALGORITHM, pool_size=len(pool), case_count=len(cases), record_hash=hash_of(lines),
            drawn_at=clock.now(),
        )  # fmt: skip
        DrawLine.objects.bulk_create(lines)
        for case in cases:
            fill(case, round_, actor=actor)
    return round_


def pool_of(round_: Round) -> list[Expert]:
    rows = Expert.objects.filter(is_active=True).select_related("user").order_by("id")
    return list(rows.filter(fields__contains=[round_.field]) if round_.field else rows)


def lines_of(round_: Round, case: RoundCase, pool: list[Expert], seed: str) -> list[DrawLine]:
    by_id = {expert.public_id: expert for expert in pool}
    firm: Firm = firm_of(case.application)
    return [
        DrawLine(case=case, expert=by_id[who], ticket=drawn, rank=rank, excluded=conflict(by_id[who], firm)[:160])
        for rank, (drawn, who) in enumerate(order(seed, round_.public_id, case.public_id, by_id), 1)
    ]


def hash_of(lines: Iterable[DrawLine]) -> str:
    """Over every line of the draw: case, expert, place, ticket and whether left out; nothing that names anybody."""
    rows = sorted(f"{x.case.public_id}|{x.expert.public_id}|{x.rank}|{x.ticket}|{int(bool(x.excluded))}" for x in lines)
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def fill(case: RoundCase, round_: Round, *, actor: Principal) -> list[Assignment]:
    """Ask the next of the draw until the case has its number of experts; fewer when the draw has no more.

    Ties are looked at again: whose tie became known since the draw is passed over, on the record, as one who stepped back.
    """
    firm = firm_of(case.application)
    asked = {a.expert_id: a.state for a in Assignment.objects.filter(case=case)}
    need = round_.per_case - sum(1 for state in asked.values() if state != "recused")
    made: list[Assignment] = []
    for line in case.lines.filter(excluded="").select_related("expert__user").order_by("rank"):
        if len(made) >= need:
            break
        if line.expert_id in asked:
            continue
        count = Assignment.objects.filter(round=round_, expert=line.expert).count()
        code = STEMS[count % 10] + (str(count // 10 + 1) if count >= 10 else "")
        task = Assignment(round=round_, case=case, expert=line.expert, blind_code=code)
        begin(task, actor=actor, machine=ASSIGNMENT, audience="office")
        if why := conflict(line.expert, firm):
            move(
                task, "recuse", actor=Principal.system("draw"), machine=ASSIGNMENT, reason=why, recused_reason=why[:200]
            )
            continue
        made.append(task)
        send(
            [line.expert.user], subject="您被抽中参加一次专家评审", url="/reviews/",
            body="请先逐件申报有没有利害关系。材料已遮去企业名称，请不要向任何人打听或透露。",
        )  # fmt: skip
    return made


def differences(round_: Round) -> list[str]:
    """What the record says otherwise than the seed; empty when the draw can be repeated to the letter."""
    told: list[str] = []
    every: list[DrawLine] = []
    for case in round_.cases.order_by("id"):
        lines = list(case.lines.select_related("expert", "case").order_by("rank"))
        every += lines
        again = order(round_.seed, round_.public_id, case.public_id, [x.expert.public_id for x in lines])
        if again != [(x.ticket, x.expert.public_id) for x in lines]:
            told.append(f"{case}: the order of the draw is not that of the seed")
        if [x.rank for x in lines] != list(range(1, len(lines) + 1)) or len(lines) != round_.pool_size:
            told.append(f"{case}: {len(lines)} lines for a pool of {round_.pool_size}")
        states = dict(Assignment.objects.filter(case=case).values_list("expert_id", "state"))
        expected: list[int] = []
        for line in lines:
            if sum(1 for pk in expected if states.get(pk) != "recused") >= round_.per_case:
                break
            if not line.excluded:
                expected.append(line.expert_id)
        if set(expected) != set(states):
            told.append(f"{case}: the experts asked are not the first of the draw")
    if hash_of(every) != round_.record_hash:
        told.append(f"the record's hash is {hash_of(every)}, published was {round_.record_hash}")
    return told
