"""A list that comes as a file: read and shown first, then confirmed as the house has signed it, so that nobody sends it twice."""

import base64

from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest

from foundation.refusals import Problem, Refused

LARGEST = 1024 * 1024
"""The file comes back inside the form that confirms it, a third longer: both stay below DATA_UPLOAD_MAX_MEMORY_SIZE."""
AGE = 3600
"""Seconds for which a preview may be confirmed."""


def uploaded(request: HttpRequest) -> bytes:
    """The file of the form. Refused("invalid") without one, or with one that is too large."""
    upload = request.FILES.get("file")
    if upload is None or upload.size is None or upload.size > LARGEST:
        raise Refused(
            "invalid", "请选择不超过 1 MB 的 xlsx 文件。", [Problem("请选择不超过 1 MB 的 xlsx 文件", "file")]
        )
    return bytes(upload.read())


def sealed(content: bytes, purpose: str) -> str:
    return TimestampSigner(salt=purpose).sign(base64.b64encode(content).decode())


def confirmed(request: HttpRequest, purpose: str) -> bytes:
    """The file of the preview, as the house has signed it for this purpose. Refused("invalid") when it is too old or another."""
    try:
        return base64.b64decode(TimestampSigner(salt=purpose).unsign(request.POST["confirmed"], max_age=AGE))
    except BadSignature as error:
        raise Refused(
            "invalid", "预览已过期，请重新选择文件。", [Problem("预览已过期，请重新选择文件", "file")]
        ) from error
