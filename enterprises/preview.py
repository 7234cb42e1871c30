"""Pages of evidence as pictures: drawn once, kept beside the files by their hash, thrown away without loss."""

import json
import os
import subprocess
import tempfile
from pathlib import Path

from django.conf import settings

from enterprises import confined, drawing
from enterprises.attach import path_of
from enterprises.models import Evidence
from foundation.idle import may_stand_idle
from foundation.refusals import Missing, Refused

PATIENCE = 25
"""Seconds until the process that draws is given up."""
WIDTH = 1100
EXTENSIONS = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}
NO_SUCH_PAGE = 4


def can_be_shown(paper: Evidence) -> bool:
    """PDF and pictures; other files are downloaded and opened in their own program."""
    return paper.media_type in EXTENSIONS


def page_count(paper: Evidence) -> int:
    """How many pages there are to see; 0 when there is no picture of this kind of file."""
    if not can_be_shown(paper):
        return 0
    kept = place(paper, "pages.json")
    if not kept.is_file():
        keep(kept, run(paper, 0))
    return int(json.loads(kept.read_text(encoding="utf-8"))["pages"])


def page_picture(paper: Evidence, page: int) -> bytes:
    """PNG of the page. Missing for a page that is not there; Refused("unavailable") when it cannot be drawn."""
    if not can_be_shown(paper) or page < 1:
        raise Missing
    kept = place(paper, f"{page}.png")
    if not kept.is_file():
        keep(kept, run(paper, page))
    return kept.read_bytes()


def place(paper: Evidence, name: str) -> Path:
    return Path(settings.PRIVATE_ROOT) / "previews" / paper.sha256[:2] / paper.sha256 / name


def keep(target: Path, content: bytes) -> None:
    """A picture can be drawn again, so it is renamed into place without waiting for the disk."""
    target.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=target.parent)
    with os.fdopen(descriptor, "wb") as out:
        out.write(content)
    Path(temporary).replace(target)


def run(paper: Evidence, page: int) -> bytes:
    if paper.scan_state in ("pending", "refused"):
        raise Refused("conflict", "这份材料还没有通过安全扫描，暂时不能打开。")
    path = path_of(paper.sha256)
    if not path.is_file():
        raise Refused("unavailable", "材料文件暂时取不到，请稍后再试，或联系技术支持。")
    command = confined.command(drawing, str(path), EXTENSIONS[paper.media_type], str(page), str(WIDTH))
    may_stand_idle(2 * PATIENCE)
    try:
        done = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False, env={"LC_ALL": "C.UTF-8"})
    except subprocess.TimeoutExpired as error:
        raise Refused("unavailable", "这一页画不出来，请下载原件查看。") from error
    if done.returncode == NO_SUCH_PAGE:
        raise Missing
    if done.returncode or not done.stdout:
        raise Refused("unavailable", "这一页画不出来，请下载原件查看。")
    return done.stdout
