"""Take in a file: name, size and structure are checked before a byte is kept; then hash, fsync, rename, row."""

import hashlib
import os
import tempfile
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from enterprises.models import Enterprise, Evidence
from enterprises.permissions import may_edit
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.refusals import Missing, Problem, Refused

LARGEST = 20 * 1024 * 1024
LIMITS = "PDF、JPG、PNG、DOCX 或 XLSX，每个不超过 20 MB"
PIXELS = 60_000_000
ENTRIES, UNPACKED, RATIO = 2000, 200 * 1024 * 1024, 100

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
    if upload is None:
        raise refused("请选择要上传的文件")
    if upload.size > LARGEST:
        raise Refused(
            "too_large",
            f"文件有 {upload.size / 1048576:.1f} MB，超过 20 MB。",
            [Problem("文件过大", "file", hint=LIMITS)],
        )
    content = upload.read(LARGEST + 1)
    media_type = check(upload.name, content)
    digest = hashlib.sha256(content).hexdigest()
    keep(content, digest)
    try:
        with transaction.atomic():
            evidence = Evidence.objects.create(
                enterprise=enterprise,
                kind=kind[:40],
                title=(title or Path(upload.name).stem)[:160],
                year=year,
                original_name=Path(upload.name).name[:200],
                media_type=media_type,
                size=len(content),
                sha256=digest,
                uploaded_by_id=actor.user_id,
                uploaded_at=clock.now(),
            )
            record("evidence.attach", evidence, actor=actor, audience="applicant")
    except IntegrityError:
        return Evidence.objects.get(enterprise=enterprise, kind=kind[:40], sha256=digest)
    return evidence


def refused(why: str, hint: str = f"可以上传 {LIMITS}") -> Refused:
    return Refused("invalid", why, [Problem(why, "file", hint=hint)])


def check(name: str, content: bytes) -> str:
    """The media type, from the extension, the first bytes and the structure: all three must agree."""
    extension = Path(name).suffix.lower()
    if extension not in TYPES:
        raise refused(f"不接受“{extension or '没有扩展名'}”的文件")
    if not content:
        raise refused("文件是空的")
    try:
        if extension == ".pdf":
            _open_pdf(content)
        elif extension in (".jpg", ".jpeg", ".png"):
            _open_image(content, "PNG" if extension == ".png" else "JPEG")
        else:
            _open_office(content, "word/" if extension == ".docx" else "xl/")
    except Refused:
        raise
    except Exception as error:
        raise refused("文件打不开，可能已损坏，或内容与扩展名不符") from error
    return TYPES[extension]


def _open_pdf(content: bytes) -> None:
    import pikepdf

    if not content.startswith(b"%PDF-"):
        raise refused("文件内容不是 PDF")
    try:
        with pikepdf.open(BytesIO(content)) as pdf:
            if not len(pdf.pages):
                raise refused("PDF 里没有页面")
            root = pdf.Root
            if "/OpenAction" in root and "/JS" in str(root.OpenAction):
                raise refused("PDF 带有脚本，请另存为普通 PDF 后上传")
    except pikepdf.PasswordError as error:
        raise refused("PDF 设有打开密码，请去掉密码后上传") from error


def _open_image(content: bytes, kind: str) -> None:
    from PIL import Image

    with Image.open(BytesIO(content), formats=[kind]) as image:
        if image.width * image.height > PIXELS:
            raise refused("图片尺寸过大，请压缩后上传", "不超过 6000 万像素")
        image.verify()


def _open_office(content: bytes, folder: str) -> None:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        entries = archive.infolist()
        names = [entry.filename for entry in entries]
        unpacked = sum(entry.file_size for entry in entries)
        packed = sum(entry.compress_size for entry in entries) or 1
        if len(entries) > ENTRIES or unpacked > UNPACKED or unpacked / packed > RATIO:
            raise refused("文件展开后过大，不能接受")
        if any(name.startswith("/") or ".." in name.split("/") for name in names):
            raise refused("文件内部的路径不正常，不能接受")
        if any(name.lower().endswith(("vbaproject.bin", ".zip", ".exe", ".js")) for name in names):
            raise refused("文件带有宏或内嵌程序，请另存为不带宏的文件后上传")
        if "[Content_Types].xml" not in names or not any(name.startswith(folder) for name in names):
            raise refused("文件内容与扩展名不符")


def path_of(digest: str) -> Path:
    """Named by content: the same bytes lie in one place, and a changed byte is found out."""
    return Path(settings.PRIVATE_ROOT) / digest[:2] / digest


def keep(content: bytes, digest: str) -> Path:
    """write → fsync → rename → fsync of the folder, so that a row never points at a file that is not there."""
    target = path_of(digest)
    if target.exists():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=target.parent)
    with os.fdopen(descriptor, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    os.replace(temporary, target)  # noqa: PTH105
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return target
