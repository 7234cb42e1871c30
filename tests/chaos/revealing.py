"""Where a planted word may hide in an answer: headers, escaped JSON, office files and the pages of a PDF."""

import io
import re
import zipfile
from collections.abc import Mapping
from contextlib import closing
from urllib.parse import unquote

import pypdfium2

ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
TAG = re.compile(r"<[^>]*>")
DEEP = 3
"""Archives within archives are opened so far."""


def words_of(body: bytes, headers: Mapping[str, str], depth: int = 0) -> str:
    """Everything that can be read in an answer, as one text: what a person would see who opened it."""
    told = " ".join(f"{name}: {unquote(value)}" for name, value in headers.items())
    return f"{told}\n{_text(body, depth)}"


def _text(body: bytes, depth: int) -> str:
    if body.startswith(b"PK\x03\x04") and depth < DEEP:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            inside = [f"{name}\n{_text(archive.read(name), depth + 1)}" for name in archive.namelist()]
        # A word may be cut into runs: without the marks it is whole again.
        return "\n".join(TAG.sub("", part) for part in inside)
    plain = body.decode("utf-8", "replace")
    if body.startswith(b"%PDF-"):
        return f"{plain}\n{_pages(body)}"
    return ESCAPE.sub(lambda found: chr(int(found[1], 16)), plain) if "\\u" in plain else plain


def _pages(body: bytes) -> str:
    try:
        with closing(pypdfium2.PdfDocument(body)) as document:
            return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    except pypdfium2.PdfiumError:
        return ""  # its name says PDF and no reader opens it: what is legible is in the bytes
