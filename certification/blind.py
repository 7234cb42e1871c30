"""The blind copy (遮名材料) of a case: what was filed, with the firm's names out of texts, file names and files."""

import hashlib
import json
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from certification import pdf_blinding
from certification.apply import steps_of
from certification.models import BlindPaper, RoundCase, Submission
from certification.names import Veil, names_of
from certification.papers import shown
from certification.tiers import WORDS
from certification.worksheet import worksheet
from enterprises import confined
from enterprises.attach import PATIENCE, TYPES, keep, path_of
from enterprises.models import Evidence
from enterprises.reconcile import KEEPERS
from foundation.idle import may_stand_idle
from foundation.ledger.models import WorkItem
from foundation.ledger.work import enqueue, work

KIND = "blind.papers"
HIDDEN = {
    "legal_representative", "actual_controller", "controller_nationality", "contact_name", "contact_phone", "address",
    "contact_email", "contact_fax", "legal_phone", "registered_place", "postcode", "registered_on", "controlling_shareholder", "controlled_name", "group_similar_name", "listing_code",
    "helper", "truth", "compliance", "signed_by", "brand_trademark",
}  # fmt: skip
"""Fields that only say who somebody is; the rest is shown with the names taken out."""


def blind_hashes() -> Iterable[str]:
    """The files of blind copies, for whoever compares files with rows."""
    for column in ("sha256", "redacted_sha256"):
        yield from BlindPaper.objects.exclude(**{column: ""}).values_list(column, flat=True).distinct().iterator()


KEEPERS.append(blind_hashes)


@dataclass(frozen=True)
class Line:
    """One criterion as an expert reads it."""

    code: str
    title: str
    requirement: str
    clause: str
    sentence: str
    claims: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class BlindCase:
    code: str
    tier: str
    lines: tuple[Line, ...]
    sections: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    papers: tuple[BlindPaper, ...]


def filed_of(case: RoundCase) -> Submission:
    """The version that is judged, whatever was filed since."""
    return Submission.objects.get(application_id=case.application_id, number=case.submission_number)


def veil_of(case: RoundCase, code: str) -> Veil:
    return Veil(names_of(case.application, filed_of(case)), code)


def blind_copy(case: RoundCase, code: str) -> BlindCase:
    """Everything an expert may read of the case; every word of it has been through the veil."""
    filed, veil = filed_of(case), veil_of(case, code)
    gates, parts = worksheet(case.application, filed, {}, [])
    lines = tuple(
        Line(
            row.code, row.title, row.requirement, row.clause, veil(row.sentence),
            tuple((veil(c.label), veil(c.value), veil(c.source)) for c in row.claims),
        )
        for row in [*gates, *parts]
    )  # fmt: skip
    sections = []
    for step in steps_of(case.application):
        told = [(f.label, veil(shown(f, filed))) for f in step.fields if f.name not in HIDDEN]
        rows = tuple((label, words) for label, words in told if words != "—")
        if rows:
            sections.append((step.title, rows))
    return BlindCase(code, WORDS[case.application.tier].short, lines, tuple(sections), tuple(case.papers.all()))


def ask_for_papers(case: RoundCase) -> None:
    """The files are made again by the ledger; asked twice, it is done once."""
    enqueue(KIND, case.public_id, {"case": case.pk})


@work(KIND)
def make_papers(item: WorkItem) -> dict[str, Any]:
    case = RoundCase.objects.select_related("application__enterprise", "application__call").get(pk=item.payload["case"])
    filed = filed_of(case)
    names = veil_of(case, "").names
    kinds = {str(d.get("kind")): str(d.get("title")) for d in case.application.call.documents}
    states = dict(
        Evidence.objects.filter(enterprise_id=case.application.enterprise_id).values_list("sha256", "scan_state")
    )
    made = []
    may_stand_idle(2 * PATIENCE)
    for number, paper in enumerate(filed.evidence, 1):
        content, why = blind_file(path_of(paper["sha256"]), paper["original_name"], names)
        if states.get(paper["sha256"]) in ("pending", "refused"):
            content, why = b"", "还没有通过安全扫描"
        digest = hashlib.sha256(content).hexdigest() if content else ""
        if content:
            keep(content, digest)
        kind = kinds.get(paper["kind"], "其他材料")[:60]
        made.append(
            BlindPaper(case=case, number=number, kind=kind, source_sha256=paper["sha256"], sha256=digest, withheld=why)
        )
    with transaction.atomic():
        BlindPaper.objects.bulk_create(made, ignore_conflicts=True)
    return {"papers": len(made), "withheld": sum(1 for paper in made if paper.withheld)}


def blind_file(path: Path, name: str, names: list[str]) -> tuple[bytes, str]:
    """(the new file, "") or (b"", why it is withheld). What is not a PDF cannot be cleared by a machine."""
    if Path(name).suffix.lower() not in TYPES or Path(name).suffix.lower() != ".pdf":
        return b"", "不是 PDF，机器不能确认里面没有企业名称"
    return made_again(path, names)


def made_again(path: Path, names: list[str], *, by_hand: bool = False) -> tuple[bytes, str]:
    """Opened by a process that knows nothing of the house: no key, no address of the database, only the file."""
    if not path.is_file():
        return b"", "文件暂时取不到"
    command = confined.command(pdf_blinding, str(path))
    try:
        done = subprocess.run(
            command, input=json.dumps({"names": names, "by_hand": by_hand}).encode(), capture_output=True, timeout=PATIENCE,
            check=True, env={"LC_ALL": "C.UTF-8"},
        )  # fmt: skip
        head, _, content = done.stdout.partition(b"\n")
        why = str(json.loads(head)["withheld"])
    except (subprocess.SubprocessError, ValueError, KeyError):
        return b"", "文件处理不了"
    return (b"", why) if why or not content else (content, "")
