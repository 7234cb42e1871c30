"""Turns an uncaught refusal into a page, or into problem+json under /api/. The transaction is already rolled back."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from foundation.refusals import Refused

PAGES = {400, 403, 404, 409, 413, 422, 429, 500, 503}


class RefusalMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "was_overtaken", False):
            return page(request, Refused("conflict", "您办理的同时，这件事被别人改动了。内容没有生效，请刷新后再试。"))
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return page(request, exception) if isinstance(exception, Refused) else None


def page(request: HttpRequest, refusal: Refused) -> HttpResponse:
    if request.path.startswith("/api/"):
        from portal.api.problems import problem_response

        return problem_response(request, refusal)
    return render(request, f"errors/{refusal.status}.html", {"refusal": refusal}, status=refusal.status)
