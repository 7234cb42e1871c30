"""Who may knock at a view. Each view carries exactly one of these; a test walks every URL and looks for `guard`.

A stranger of the wrong role gets the same 404 as for a page that does not exist; a visitor is sent to sign in. Whether
the session has shown the second factor that its account has was asked before (second_factor.py); here, whether there is one.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from foundation.accounts import kept_form, passwords, second_factor
from foundation.accounts.principal import Principal
from foundation.refusals import Missing

View = Callable[..., HttpResponse]


def _door(guard: str, admits: Callable[[Principal], bool]) -> Callable[[View], View]:
    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            principal: Principal = request.principal  # type: ignore[attr-defined]
            if principal.is_anonymous:
                kept_form.keep_for_the_ended(request)
                return redirect_to_login(request.get_full_path())
            if not admits(principal):
                raise Missing
            if principal.is_official and settings.MFA_REQUIRED and not second_factor.has_one(request.user):
                return redirect("mfa_activate_totp")
            if principal.is_official and passwords.is_due(request.user):
                messages.warning(request, f"密码已用满 {settings.PASSWORD_DAYS} 天，请换一个再继续。")
                return redirect("account_change_password")
            response = view(request, *args, **kwargs)
            response.headers.setdefault("Cache-Control", "no-store")
            return response

        guarded.guard = guard  # type: ignore[attr-defined]
        return guarded

    return wrap


def for_role(*roles: str, levels: tuple[str, ...] = ()) -> Callable[[View], View]:
    """Officials who hold one of these roles, at one of these levels when levels are named."""
    return _door(
        f"role:{'|'.join(roles)}@{'|'.join(levels) or 'any'}",
        lambda p: p.is_official and p.has_role(*roles) and (not levels or p.level in levels),
    )


def for_official(view: View) -> View:
    """Anybody with a post today; experts and other departments have their own pages and no others."""
    return _door("official", lambda p: p.is_official and not p.has_role("expert", "department"))(view)


def for_member(view: View) -> View:
    """People of an enterprise, verified or not."""
    return _door("member", lambda p: p.is_member)(view)


def for_anyone_signed_in(view: View) -> View:
    return _door("signed-in", lambda p: True)(view)


def public_page(view: View) -> View:
    """Open to everybody, by intention."""
    view.guard = "public"  # type: ignore[attr-defined]
    return view
