"""印章图样: the picture that the deciding office has put on its certificates. Without one they are marked 样张.

A picture is no electronic signature: who must be sure scans the code and asks the register.
"""

import base64
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import Error, register

MOST_BYTES = 500_000
PNG = b"\x89PNG\r\n\x1a\n"


def stamp() -> str:
    """The picture as SVG, "" where none is configured. OSError or ValueError where it cannot be used."""
    return _read(settings.CERTIFICATE_STAMP) if settings.CERTIFICATE_STAMP else ""


def is_configured() -> bool:
    return bool(settings.CERTIFICATE_STAMP)


@lru_cache(maxsize=2)
def _read(path: str) -> str:
    content = Path(path).read_bytes()
    if len(content) > MOST_BYTES:
        raise ValueError(f"{path} is larger than {MOST_BYTES} bytes")
    if content.startswith(PNG):
        picture = base64.b64encode(content).decode()
        return (
            '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400" viewBox="0 0 400 400">'
            f'<image width="400" height="400" href="data:image/png;base64,{picture}"/></svg>'
        )
    text = content.decode("utf-8-sig", "replace").lstrip()
    if "<svg" not in text[:1000]:
        raise ValueError(f"{path} is neither PNG nor SVG")
    return text


@register()
def check_stamp(**_: Any) -> list[Error]:
    """A seal that is configured and cannot be read is found at the start, not by the first firm that prints."""
    try:
        stamp()
    except (OSError, ValueError) as problem:
        hint = "a square PNG or SVG of at most 500 kB, transparent; unset it to print specimens"
        return [Error(f"CERTIFICATE_STAMP: {problem}", hint=hint, id="certification.E001")]
    return []
