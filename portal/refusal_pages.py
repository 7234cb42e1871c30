"""Turns an uncaught refusal into a page, or into problem+json under /api/. The transaction is already rolled back.

A middleware further in cannot raise through Django's own conversion to 500; it leaves `request.refused` instead.
"""

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
        refusal: Refused | None = getattr(request, "refused", None)
        if refusal is None:
            return response
        told = page(request, refusal)
        for name, value in response.headers.items():  # what the refused answer said besides its body
            told.headers.setdefault(name, value)
        if "retry_after" in refusal.detail:
            told.headers["Retry-After"] = str(refusal.detail["retry_after"])
        return told

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return page(request, exception) if isinstance(exception, Refused) else None


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token is missing or old: nothing was done, and what was typed is still on the page before.

    `reason` is Django's own and for the log alone, where its middleware has written it.
    """
    return render(request, "errors/stale_form.html", status=403)


def page(request: HttpRequest, refusal: Refused) -> HttpResponse:
    if request.path.startswith(("/api/", "/oauth/")):
        from portal.api.problems import problem_response

        return problem_response(request, refusal)
    return render(request, f"errors/{refusal.status}.html", {"refusal": refusal}, status=refusal.status)
