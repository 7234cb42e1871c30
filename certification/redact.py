"""A copy redacted by hand (人工遮名件) of a paper that was withheld: offered by one person, searched by the machine, read
and approved by another; only then do the experts get it.
"""

import hashlib
import tempfile
from pathlib import Path
from typing import Any

from django.db import transaction

from certification.blind import made_again, veil_of
from certification.models import BlindPaper, Round
from certification.permissions import is_provincial_reviewer
from enterprises import scan
from enterprises.attach import LARGEST, check, keep, last_part
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.exchange.announce import announce
from foundation.refusals import Missing, Problem, Refused

NAMED = "遮名件里还能读出企业名称、代码或人员姓名"


def find(round_: Round, case_id: str, number: str, *, actor: Principal) -> BlindPaper:
    if not is_provincial_reviewer(actor, round_) or not number.isascii() or not number.isdigit():
        raise Missing
    rows = BlindPaper.objects.filter(case__round=round_, case__public_id=case_id, number=int(number[:5]))
    found = rows.select_related("case__round", "case__application__enterprise", "redacted_by", "approved_by").first()
    if found is None:
        raise Missing
    return found


def offer(paper: BlindPaper, upload: Any, *, actor: Principal) -> BlindPaper:
    """Keep the copy that somebody made; it is made again without metadata, and its readable text is searched for names."""
    _open(paper, actor)
    if not paper.withheld:
        raise Refused("conflict", "这份材料已经提供给专家，不需要人工遮名。")
    if upload is None:
        raise Refused("invalid", "没有上传。", [Problem("请选择遮名后的 PDF", "file")])
    if upload.size > LARGEST:
        raise Refused("too_large", "文件超过 20 MB，没有上传。", [Problem("文件过大", "file")])
    content = upload.read(LARGEST + 1)
    if check(last_part(upload.name), content) != "application/pdf":
        raise Refused("invalid", "没有上传。", [Problem("请上传 PDF：遮盖后重新打印或扫描成 PDF", "file")])
    state = scan.state_of(content)
    if state in ("pending", "refused"):
        raise Refused("conflict", "文件没有通过安全扫描，没有上传。请稍后再试或换一份。")
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        made, why = made_again(Path(file.name), veil_of(paper.case, "").names, by_hand=True)
    if why:
        raise Refused("invalid", f"没有上传：{why}。", [Problem(NAMED if "企业" in why else why, "file")])
    digest = hashlib.sha256(made).hexdigest()
    keep(made, digest)
    return _write(
        paper,
        "round.offer_redacted",
        actor,
        redacted_sha256=digest,
        redacted_by_id=actor.user_id,
        redacted_at=clock.now(),
    )


def approve(paper: BlindPaper, *, actor: Principal) -> BlindPaper:
    """A second person has read the copy; from now on the experts get it."""
    _waiting(paper, actor)
    if paper.redacted_by_id == actor.user_id:
        raise Refused("conflict", "遮名的人不能自己通过，请由另一位同事看过后通过。")
    return _write(
        paper, "round.approve_redacted", actor, sha256=paper.redacted_sha256, withheld="", approved_by_id=actor.user_id,
        approved_at=clock.now(),
    )  # fmt: skip


def turn_down(paper: BlindPaper, reason: str, *, actor: Principal) -> BlindPaper:
    """Not good enough; the paper stays withheld and another copy may be offered."""
    _waiting(paper, actor)
    if len(reason.strip()) < 4:
        raise Refused("invalid", "没有退回。", [Problem("请写明哪里没有遮住", "reason")])
    return _write(
        paper, "round.turn_down_redacted", actor, reason=reason.strip()[:200], redacted_sha256="", redacted_by_id=None, redacted_at=None
    )  # fmt: skip


def opened(paper: BlindPaper, *, actor: Principal) -> BlindPaper:
    """Somebody reads the copy; that is recorded like every opening of a paper."""
    if not is_provincial_reviewer(actor, paper.case.round) or not paper.redacted_sha256:
        raise Missing
    with transaction.atomic():
        record("round.open_redacted", paper.case.round, actor=actor, detail={"number": paper.number})
    return paper


def _open(paper: BlindPaper, actor: Principal) -> None:
    if not is_provincial_reviewer(actor, paper.case.round):
        raise Missing
    if paper.case.round.state != "scoring":
        raise Refused("conflict", "只在评分阶段办理人工遮名件。")


def _waiting(paper: BlindPaper, actor: Principal) -> None:
    _open(paper, actor)
    if not paper.redacted_sha256 or paper.approved_at is not None:
        raise Refused("already_moved", "这份材料没有等待通过的人工遮名件，请刷新后再看。")


def _write(paper: BlindPaper, act: str, actor: Principal, *, reason: str = "", **values: Any) -> BlindPaper:
    """Only as long as nobody has offered another copy or approved this one meanwhile."""
    as_seen = BlindPaper.objects.filter(pk=paper.pk, redacted_sha256=paper.redacted_sha256, approved_at=None)
    with transaction.atomic():
        if not as_seen.update(**values):
            raise Refused("already_moved", "同事先办了一步，请刷新后再看。")
        paper.refresh_from_db()
        about = paper.case.round
        record(act, about, actor=actor, reason=reason, detail={"number": paper.number, "case": paper.case.public_id})
        announce("round", about, fields=["papers"])
    return paper
