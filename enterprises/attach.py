"""Take in a file: name, size and structure are checked before a byte is kept; then hash, fsync, rename, row."""

import contextlib
import hashlib
import json
import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from enterprises import confined, opening, scan
from enterprises.models import Enterprise, Evidence
from enterprises.permissions import may_edit
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.idle import may_stand_idle
from foundation.refusals import Missing, Problem, Refused

LARGEST = 20 * 1024 * 1024
LIMITS = "PDF、JPG、PNG、DOCX 或 XLSX，每个不超过 20 MB"
READABLE = 0o644
"""The proxy hands files over and is another user; outside the portal's volume nobody reaches the folder."""
PATIENCE = 20
"""Seconds until the process that opens a file is given up."""

TYPES = {
    ".pdf": "application/pdf",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def attach(
    enterprise: Enterprise, upload: Any, *, kind: str, title: str, actor: Principal, year: int | None = None
) -> Evidence:
    """Keep a file for the enterprise. The same file for the same purpose is one row.

    Refused("too_large" or "invalid") says what is wrong with the file and what is accepted.
    """
    if not may_edit(actor, enterprise.pk):
        raise Missing
    return take_in(enterprise, upload, kind=kind, title=title, actor=actor, year=year)


def take_in(
    enterprise: Enterprise, upload: Any, *, kind: str, title: str, actor: Principal, year: int | None = None
) -> Evidence:
    """`attach()` for a verb that has asked its own question of permission."""
    if upload is None:
        raise refused("请选择要上传的文件")
    if upload.size > LARGEST:
        raise Refused(
            "too_large",
            f"文件有 {upload.size / 1048576:.1f} MB，超过 20 MB。",
            [Problem("文件过大", "file", hint=LIMITS)],
        )
    content = upload.read(LARGEST + 1)
    name = last_part(upload.name)
    media_type = check(name, content)
    scan_state = scan.state_of(content)
    if scan_state == "refused":
        raise refused("安全扫描发现风险，没有保存", "请在本机查杀后重新上传")
    digest = hashlib.sha256(content).hexdigest()
    try:
        keep(content, digest)
    except OSError as error:
        raise Refused("unavailable", "文件这会儿存不下来，没有保存。请稍后再试；已填的内容都还在。") from error
    try:
        with transaction.atomic():
            evidence = Evidence.objects.create(
                enterprise=enterprise,
                kind=kind[:40],
                title=(visible(title) or Path(name).stem)[:160],
                year=year,
                original_name=name[-200:],
                media_type=media_type,
                size=len(content),
                sha256=digest,
                scan_state=scan_state,
                uploaded_by_id=actor.user_id,
                uploaded_at=clock.now(),
            )
            record("evidence.attach", evidence, actor=actor, audience="applicant")
    except IntegrityError:
        return again(Evidence.objects.get(enterprise=enterprise, kind=kind[:40], sha256=digest), year, actor=actor)
    return evidence


def again(known: Evidence, year: int | None, *, actor: Principal) -> Evidence:
    """The same file once more: it is the newest again, and takes a year where it had none; never another year's."""
    if year is not None and known.year not in (None, year):
        raise refused(f"这份文件已经作为{known.year}年度的材料存过", f"请上传{year}年度的文件")
    newest = (
        Evidence.objects.filter(enterprise=known.enterprise, kind=known.kind).order_by("-uploaded_at", "-id").first()
    )
    if newest == known and year in (None, known.year):
        return known
    with transaction.atomic():
        known.year = year or known.year
        known.uploaded_at, known.uploaded_by_id = clock.now(), actor.user_id
        known.save(update_fields=["year", "uploaded_at", "uploaded_by"])
        record("evidence.attach", known, actor=actor, audience="applicant")
    return known


def refused(why: str, hint: str = "") -> Refused:
    return Refused("invalid", why, [Problem(why, "file", hint=hint or f"可以上传 {LIMITS}")])


def check(name: str, content: bytes) -> str:
    """The media type, from the extension, the first bytes and the structure: all three must agree."""
    extension = Path(name).suffix.lower()
    if extension not in TYPES:
        raise refused(f"不接受“{extension or '没有扩展名'}”的文件")
    if not content:
        raise refused("文件是空的")
    problem, hint = look(content, extension)
    if problem:
        raise refused(problem, hint)
    return TYPES[extension]


def look(content: bytes, extension: str) -> tuple[str, str]:
    """Opens the file in a process with limits: ("", "") when sound, else (problem, how to mend it)."""
    told = _opened(content, extension)
    return (told["problem"], told["hint"]) if told else ("文件打不开，或展开后过大，不能接受", "")


def cells_of(content: bytes) -> dict[str, list[list[Any]]]:
    """The cells of a workbook by sheet, read in a process with limits. Refused when it cannot be read or is too large."""
    told = _opened(content, "cells")
    if not told:
        raise refused("表格打不开，或展开后过大，不能接受", "请用模板重新填写")
    return told


def _opened(content: bytes, what: str) -> dict[str, Any]:
    """What the process that opens files has to tell; nothing when it gave up, or was given up."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        command = confined.command(opening, file.name, what)
        may_stand_idle(2 * PATIENCE)
        try:
            # Strangers' files are opened without the portal's keys in reach.
            done = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=True, env={"LC_ALL": "C.UTF-8"})
            told: dict[str, Any] = json.loads(done.stdout)
        except (subprocess.SubprocessError, ValueError):
            return {}
    return told


def last_part(name: str) -> str:
    """A file's name without the folders of whoever sent it."""
    return visible(name.replace("\\", "/").rpartition("/")[2])


def visible(text: str) -> str:
    """Without characters that hide, end a line or turn the reading direction round."""
    return "".join(c for c in text if c.isprintable()).strip()


def path_of(digest: str) -> Path:
    """Named by content: the same bytes lie in one place, and a changed byte is found out."""
    return Path(settings.PRIVATE_ROOT) / digest[:2] / digest


def keep(content: bytes, digest: str) -> Path:
    """write → fsync → rename → fsync of the folder, so that a row never points at a file that is not there."""
    target = path_of(digest)
    if is_whole(target, content):
        # Kept before, perhaps by somebody whose row never came: young again, so that no night watch takes it away
        # between here and our row. One that it has just taken is written anew.
        with contextlib.suppress(FileNotFoundError):
            os.utime(target)
            sync(target.parent)
            return target
    if not target.parent.is_dir():
        target.parent.mkdir(parents=True, exist_ok=True)
        sync(target.parent.parent)
    descriptor, temporary = tempfile.mkstemp(dir=target.parent)
    try:
        with os.fdopen(descriptor, "wb") as out:
            out.write(content)
            out.flush()
            os.fchmod(out.fileno(), READABLE)
            os.fsync(out.fileno())
        os.replace(temporary, target)  # noqa: PTH105
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise
    sync(target.parent)
    return target


def is_whole(path: Path, content: bytes) -> bool:
    """The file lies there with these very bytes; a damaged one is written anew by whoever brings it again."""
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except FileNotFoundError:
        return False


def sync(folder: Path) -> None:
    """A name is on the disk when its folder is."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
