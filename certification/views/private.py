"""A kept file on its way out: scanned first, always an attachment, never run by the browser."""

from typing import Any

from django.http import HttpResponse

from certification.views.objection import private_file
from enterprises import scan
from enterprises.attach import path_of
from foundation.refusals import Refused


def cleared(row: Any) -> HttpResponse:
    """The file of a row with `sha256`, `media_type`, `original_name` and `scan_state`. Refused while it is not cleared."""
    path = path_of(row.sha256)
    if not path.is_file():
        raise Refused("unavailable", "文件暂时取不到，请稍后再试，或联系技术支持。")
    if row.scan_state == "pending":
        row.scan_state = scan.state_of(path.read_bytes())
        row.save(update_fields=["scan_state"])
    if row.scan_state in ("pending", "refused"):
        raise Refused("conflict", "这个文件还没有通过安全扫描，暂时不能打开。")
    return private_file(row.sha256, row.media_type, row.original_name)
