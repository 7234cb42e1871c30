"""An answer that is still being written when the transaction of its request is over: the portal has none, here is one.

A view that some day streams a table would read it on the pooled connection, after the sight of its request was given back
and in the middle of somebody else's.
"""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.test import override_settings
from django.urls import path

from foundation.accounts.doors import for_anyone_signed_in
from tests.chaos.matrix import Stage

PATH = "/drill/stream/"


@for_anyone_signed_in
def stream(request: HttpRequest) -> StreamingHttpResponse:
    """Every application there is, by a query that forgot to ask who is looking."""
    from certification.models import Application

    def lines() -> Iterator[str]:
        for number in Application.objects.values_list("public_id", flat=True).iterator():
            yield f"{number}\n"

    return StreamingHttpResponse(lines(), content_type="text/plain")


def patterns() -> list[Any]:
    from portal.urls import urlpatterns

    return [path(PATH.strip("/") + "/", stream), *urlpatterns]


class Conf:
    """The portal's addresses and one more."""

    def __init__(self) -> None:
        from portal import urls

        self.urlpatterns, self.handler400, self.handler500 = patterns(), urls.handler400, urls.handler500


def rows_streamed(stage: Stage, between: str) -> tuple[int, int]:
    """(streams, rows that they gave): each is begun by one person, and read to its end after the next one has asked for a page."""
    streams = rows = 0
    people = [who for who in stage.people if who.kind in ("official", "member")]
    with override_settings(ROOT_URLCONF=Conf()):
        for who, other in zip(people, people[1:] + people[:1], strict=True):
            begun = who.client.get(PATH)
            if not begun.streaming:
                continue
            streams += 1
            parts = iter(begun.streaming_content)
            rows += sum(part.count(b"\n") for part in [next(parts, b"")])
            other.client.get(between)
            rows += sum(part.count(b"\n") for part in parts)
    return streams, rows
