"""Every request: who is asking, one transaction, that person's sight and nobody else's."""

import secrets
from collections.abc import Callable

from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse

from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.refusals import Refused

Next = Callable[[HttpRequest], HttpResponse]


class PrincipalMiddleware:
    """Sets `request.principal` and wraps the view in `atomic()` + `scoped()`; an exception rolls everything back."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.request_id = secrets.token_hex(8)  # type: ignore[attr-defined]
        if request.path.startswith((settings.STATIC_URL, "/oauth/")):
            request.principal = Principal.anonymous()  # type: ignore[attr-defined]
            return self.get_response(request)
        try:
            return self.within_sight(request)
        except IntegrityError:
            # Foreign keys are checked at COMMIT: the row this act leaned on went away in between. Django turns an
            # exception into a 500 between any two middlewares, so a mark tells the one outside what page to show.
            request.refused = Refused(  # type: ignore[attr-defined]
                "conflict", "您办理的同时，这件事被别人改动了。内容没有生效，请刷新后再试。"
            )
            return HttpResponse(status=409)

    def within_sight(self, request: HttpRequest) -> HttpResponse:
        with transaction.atomic():
            principal = self.principal_of(request)
            request.principal = principal  # type: ignore[attr-defined]
            with scoped(principal):
                request.savepoint = transaction.savepoint()  # type: ignore[attr-defined]
                response = self.get_response(request)
                if response.status_code >= 500:
                    self.undo(request)
                return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        self.undo(request)

    def undo(self, request: HttpRequest) -> None:
        """Back to the state before the view, with the sight kept, so that the error page may still read."""
        savepoint = getattr(request, "savepoint", None)
        if savepoint is not None:
            transaction.set_rollback(False)  # first: a broken transaction would refuse to go back as well
            transaction.savepoint_rollback(savepoint)
            request.savepoint = None  # type: ignore[attr-defined]

    def principal_of(self, request: HttpRequest) -> Principal:
        who = Principal.of_user(request.user) if request.user.is_authenticated else Principal.anonymous()
        return who.from_address(client_ip(request), request.request_id)  # type: ignore[attr-defined]


def client_ip(request: HttpRequest) -> str:
    """The peer's address; behind our own proxy the address that the proxy wrote."""
    if settings.TRUSTED_PROXY:
        return request.headers.get("X-Real-IP", "")
    address: str = request.META.get("REMOTE_ADDR", "")
    return "" if address.startswith("unix") else address
