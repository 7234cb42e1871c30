"""What was typed into a form is kept while its sender shows the second factor or signs in anew, and offered again; it is
never sent by itself.

It lies in the sender's own session, on the server, for half an hour, and goes with the session. Where the session had just
ended by the clock, it lies in the empty one that took its place, under the name of the person whose it was: whoever else
signs in there throws it away. A form with a password, a code or a carried file is not kept at all, and of others no file
is. The page that offers it again is not the form's own, which may be gone by now: it shows what was typed and asks for one
more click, or none.
"""

import re
import time
from typing import Any

from django.contrib import messages
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

KEY = "kept_form"
SECONDS = 1800
TOKENS = ("csrfmiddlewaretoken", KEY)
SECRET = ("again", "code", "secret", "token")
NEVER = ("/accounts/", "/api/", "/join/", "/oauth/")
"""Where people prove who they are, and where machines talk."""
CARRIED = ("confirmed",)
"""A file that a preview carries along as text; with it, a form is as good as one with a file."""
MOST = 200_000
"""Characters; it is read again at every request of the session."""
PUBLIC_ID = re.compile(r"(?=.*[a-z])[0-9a-z]{16}")
OPAQUE = ("act", "form_key", "version", "next")
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


def keep(request: HttpRequest, whose: int | None = None) -> str:
    """Keep this POST; returns the address at which it is offered again, "" where nothing is kept.

    `whose`: the key of a person, where it is not who is signed in now. A forged one is not kept: the check that every form
    passes may not have been made yet at this place.
    """
    is_form = request.method == "POST" and request.content_type in FORMS
    if not is_form or request.path.startswith(NEVER) or request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate":
        return ""
    if CsrfViewMiddleware(lambda _: HttpResponse()).process_view(request, lambda _: HttpResponse(), (), {}) is not None:
        return ""
    if any(_is_secret(name) or name in CARRIED for name in request.POST if name not in TOKENS):
        return ""  # without it the form could not be sent again, and the page must not say that it can
    fields = [[name, values] for name, values in request.POST.lists() if name not in TOKENS]
    if sum(len(value) for _, values in fields for value in values) > MOST:
        return ""
    request.session[KEY] = {
        "path": request.get_full_path(), "fields": fields, "has_files": bool(request.FILES), "from": _page_of(request),
        "user": whose or request.user.pk, "until": int(time.time()) + SECONDS, "was_out": whose is not None,
    }  # fmt: skip
    return request.get_full_path()


def keep_for_the_ended(request: HttpRequest) -> None:
    """For the doors: this POST met one, and the session that it came with had just been ended by the clock (idle.py).

    Whose session it was is known at this very request and at none after it. Of a session that was ended elsewhere, by a new
    password or with its account nothing is known, and nothing is kept: there the end was meant.
    """
    whose: int | None = getattr(request, "ended_user", None)
    if whose is None or not keep(request, whose):
        return
    request.session.set_expiry(SECONDS)  # nobody may ever come back for it
    messages.info(
        request, f"登录已超时。刚才填写的内容还没有提交，保留 {SECONDS // 60} 分钟，用同一账号登录后可以核对再提交。"
    )


@receiver(user_logged_in, dispatch_uid="kept-form")
def hand_over(request: HttpRequest, user: Any, **_: Any) -> None:
    """Signing in keeps what the session held before; of somebody else's form nothing may stay."""
    kept = request.session.get(KEY)
    if kept is None or not kept.get("was_out"):
        return
    request.session.set_expiry(None)
    if kept["user"] != user.pk:
        del request.session[KEY]


def offer(request: HttpRequest) -> HttpResponse | None:
    """The page that offers it again, where its address is asked for; None lets the request pass.

    Sent again, it is an act like any other and the view judges it; sent or not, it is kept no longer.
    """
    kept: dict[str, Any] | None = request.session.get(KEY)
    if kept is None:
        return None
    if kept["until"] < time.time() or (request.user.is_authenticated and kept["user"] != request.user.pk):
        del request.session[KEY]
        return None
    if not request.user.is_authenticated or kept["path"] != request.get_full_path():
        return None
    if request.method == "POST":
        del request.session[KEY]
        return redirect(kept["from"]) if request.POST.get(KEY) == "drop" else None
    if request.method != "GET":
        return None
    typed = [
        value for name, values in kept["fields"] for value in values if value.strip() and not _is_opaque(name, value)
    ]
    response = render(request, "accounts/kept_form.html", {"kept": kept, "typed": typed, "minutes": SECONDS // 60})
    response.headers["Cache-Control"] = "no-store"
    return response


def _is_secret(name: str) -> bool:
    return name in SECRET or "password" in name.lower()


def _is_opaque(name: str, value: str) -> bool:
    """Of no use to a reader: an act, a key, a number of a version. It is sent again all the same."""
    return name in OPAQUE or value == "on" or name.endswith("_version") or PUBLIC_ID.fullmatch(value) is not None


def _page_of(request: HttpRequest) -> str:
    """The page on which the form stood, of this house; the front page where it is not known."""
    page = request.headers.get("Referer", "")
    known = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    return page if known else "/"
