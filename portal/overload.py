"""How many requests are let in at once, and what the others are told.

A worker has more threads than slots, so probes are answered while every slot waits; a third of the slots is kept for
saving and submitting. Who is not let in hears so at once, with the time to come back.
"""

import sys
import threading
from collections.abc import Callable, Iterator

from django.conf import settings
from django.contrib.sessions.exceptions import SessionInterrupted
from django.db import DatabaseError, DataError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseServerError, JsonResponse
from django.template import loader
from django.utils.cache import patch_cache_control
from django.views import defaults

from foundation.refusals import Refused
from portal import patience
from portal.refusal_pages import page

SOON = 3
CONTENDED = {"55P03", "40P01", "40001"}
"""SQLSTATEs of lock_not_available, deadlock_detected and serialization_failure: somebody else is at it."""


class OverloadMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.all = threading.BoundedSemaphore(settings.REQUEST_SLOTS)
        self.reading = threading.BoundedSemaphore(max(1, settings.REQUEST_SLOTS * 2 // 3))

    def __call__(self, request: HttpRequest) -> HttpResponse:
        lanes = [self.all] if request.method == "POST" else [self.reading, self.all]
        held = []
        try:
            for lane in lanes:
                if not lane.acquire(timeout=settings.REQUEST_QUEUE_SECONDS):
                    return unavailable(request)
                held.append(lane)
            with patience.at_most(settings.REQUEST_SECONDS):
                return self.get_response(request)
        finally:
            for lane in reversed(held):
                lane.release()


def unavailable(request: HttpRequest) -> HttpResponse:
    """503 that reads nothing: no session, no menu, no database."""
    told = "系统正忙或正在恢复，请稍候再试。已显示“已保存”的内容不会丢失。"
    if request.path.startswith(("/api/", "/oauth/")):
        body = {"type": "/api/v1/problems/unavailable", "title": "暂不可用", "status": 503, "detail": told,
                "code": "unavailable", "errors": [], "retryable": True}  # fmt: skip
        response: HttpResponse = JsonResponse(body, status=503, content_type="application/problem+json")
    else:
        response = HttpResponse(loader.render_to_string("503.html"), status=503)
    response.headers["Retry-After"] = str(SOON)
    patch_cache_control(response, no_store=True)
    return response


def broken(request: HttpRequest) -> HttpResponse:
    """Django's handler500. A database that is away is no fault of the request: 503; a lock held by others is a 409."""
    error = sys.exc_info()[1]
    if isinstance(error, OperationalError | InterfaceError):
        state = getattr(getattr(error, "__cause__", None), "pgcode", None)
        if state in CONTENDED:
            return page(request, Refused("conflict", "正有同事在办这件事，您的操作没有生效，请稍候再试。"))
        return unavailable(request)
    if isinstance(error, DataError) or (isinstance(error, ValueError) and "NUL" in str(error)):
        return page(
            request,
            Refused(
                "invalid",
                "有一处内容过长，或含有不能保存的字符，没有保存。请用浏览器的“返回”回到刚才的页面，改好后再试。",
            ),
        )
    if isinstance(error, DatabaseError) and "closed" in str(error):
        return unavailable(request)
    return HttpResponseServerError(loader.render_to_string("500.html"))


def not_understood(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler400. A session that could not be written because the database went away is no fault of the visitor.

    The library takes every database error at that point for "signed out meanwhile".
    """
    if isinstance(exception, SessionInterrupted) and any(
        isinstance(one, OperationalError | InterfaceError) for one in what_came_before(exception)
    ):
        return unavailable(request)
    return defaults.bad_request(request, exception)


def what_came_before(error: BaseException | None) -> Iterator[BaseException]:
    """The error and those it was raised over, the newest first."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
