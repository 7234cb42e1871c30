"""Retrying is safe: the same key and body give the stored answer, another body is refused."""

import hashlib
from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, transaction

from foundation import clock
from foundation.accounts.principal import Principal
from foundation.exchange.models import IdempotencyKey
from foundation.refusals import Refused

Answer = tuple[int, dict[str, Any]]


def fingerprint(*parts: bytes | str) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode() if isinstance(part, str) else part)
        digest.update(b"\0")
    return digest.hexdigest()


def answer_once(principal: Principal, key: str, mark: str, effect: Callable[[], Answer]) -> tuple[Answer, bool]:
    """((status, body), replayed). A twin blocks on the unique row until the first commits, then reads its answer.

    Refused("invalid") when the key was used for something else.
    """
    whose = f"{principal.kind}:{principal.actor_id}"
    try:
        with transaction.atomic():
            row = IdempotencyKey.objects.create(
                principal=whose, key=key[:128], fingerprint=mark, created_at=clock.now()
            )
    except IntegrityError:
        stored = IdempotencyKey.objects.get(principal=whose, key=key[:128])
        if stored.fingerprint != mark:
            raise Refused("invalid", "这个幂等键已用于另一个请求。请换一个新的键再发。") from None
        return (stored.status, stored.body), True
    status, body = effect()
    row.status, row.body = status, body
    row.save(update_fields=["status", "body"])
    return (status, body), False
