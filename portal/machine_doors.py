"""Doors for machines: what Prometheus reads, and where browsers report what the page policy refused."""

import json
import logging
import secrets
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from portal.metrics import exposition

REPORT_LIMIT = 8 * 1024
KEPT = ("document-uri", "effective-directive", "violated-directive", "blocked-uri", "source-file", "line-number")

log = logging.getLogger("tianti.csp")


class MachineDoorsMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == "/csp-report":
            return csp_report(request)
        if request.path == "/metrics":
            return metrics(request)
        return self.get_response(request)


def csp_report(request: HttpRequest) -> HttpResponse:
    """Log the few fields that help; answers 204 whatever was sent, for nobody is waiting."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if request.method == "POST" and length.isdigit() and int(length) <= REPORT_LIMIT:
        try:
            told = json.loads(request.body).get("csp-report", {})
            log.warning("csp report %s", json.dumps({k: str(told[k])[:300] for k in KEPT if k in told}))
        except (ValueError, AttributeError, TypeError, RecursionError):
            log.info("csp report that could not be read")
    return HttpResponse(status=204)


def metrics(request: HttpRequest) -> HttpResponse:
    """For a bearer of METRICS_TOKEN; without a token set, for this machine alone. Others find nothing here."""
    kind, _, told = request.headers.get("Authorization", "").partition(" ")
    if settings.METRICS_TOKEN:
        admitted = kind == "Bearer" and secrets.compare_digest(told.encode(), settings.METRICS_TOKEN.encode())
    else:
        admitted = not settings.TRUSTED_PROXY and request.META.get("REMOTE_ADDR") in ("127.0.0.1", "::1")
    if not admitted:
        return HttpResponse(status=404)
    return HttpResponse(exposition(), content_type="text/plain; version=0.0.4; charset=utf-8")
