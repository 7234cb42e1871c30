"""A form carries a key that was made with the page. Sent again after a lost reply, it is one act and one answer.

The key lies in the page and nowhere else; the database keeps its digest, unique, with what became of the form.
"""

import hashlib
import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from foundation.accounts.principal import Principal
from foundation.exchange.idempotency import Answer, answer_once, fingerprint

FIELD = "form_key"
SHORTEST = 32
NOT_CONTENT = {FIELD, "csrfmiddlewaretoken"}


def new_key() -> str:
    """160 bits as text, for the hidden field of one page."""
    return secrets.token_hex(20)


def key_of(given: str) -> str:
    """What is kept of a key; "" for one that this portal did not make, which then counts for nothing."""
    plain = given.isascii() and given.isalnum() and len(given) >= SHORTEST
    return hashlib.sha256(f"form {given}".encode()).hexdigest() if plain else ""


class NothingKept(Exception):
    """The view refused: its answer goes out, the key stays unused."""

    def __init__(self, response: HttpResponse) -> None:
        self.response = response


def once_per_form(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For a view that answers a kept form with a redirect. The same form with the same content is redirected again.

    Other content under the same key is another act: somebody went back, wrote more and sent it.
    """

    @wraps(view)
    def sent(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = key_of(request.POST.get(FIELD, "")) if request.method == "POST" else ""
        if not key:
            return view(request, *args, **kwargs)
        whose: Principal = request.principal  # type: ignore[attr-defined]
        first: list[HttpResponse] = []

        def act() -> Answer:
            response = view(request, *args, **kwargs)
            if response.status_code != 302:
                raise NothingKept(response)
            first.append(response)
            return 302, {"to": response.headers["Location"]}

        mark = content_of(request)
        try:
            with transaction.atomic():
                (_, told), repeated = answer_once(whose, fingerprint(key, mark), mark, act)
        except NothingKept as nothing:
            return nothing.response
        if not repeated:
            return first[0]
        messages.info(request, "这张表刚才已经收到，没有重复登记。")
        return redirect(told["to"])

    return sent


def content_of(request: HttpRequest) -> str:
    """A digest of the address, of every field but the tokens, and of every file."""
    parts = [request.path]
    for name, values in sorted(request.POST.lists()):
        if name not in NOT_CONTENT:
            parts += [name, *values]
    for name, files in sorted(request.FILES.lists()):
        parts += [name, *(digest_of(file) for file in files)]
    return fingerprint(*(part.encode("utf-8", "surrogatepass") for part in parts))


def digest_of(file: UploadedFile) -> str:
    """Of its content; the file can be read from its beginning afterwards."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()
