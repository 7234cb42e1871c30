"""A session left alone ends after half an hour; one that is used all the time ends after half a day.

Whose it was is told to the rest of this one request, so that a form which came with it is not lost (kept_form.py).
"""

import time
from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

SEEN = "seen"
BEGAN = "began"
GRAIN = 60
"""Seconds between two notes of the last request, so that reading a page seldom writes a row."""


class IdleMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(time.time())
            seen = request.session.get(SEEN, now)
            began = request.session.get(BEGAN, now)
            if now - seen > settings.IDLE_SECONDS or now - began > settings.ABSOLUTE_SECONDS:
                whose = request.user.pk
                logout(request)
                request.ended_user = whose  # type: ignore[attr-defined]
            elif now - seen >= GRAIN or SEEN not in request.session:
                request.session[SEEN] = now
                request.session[BEGAN] = began
                UserSession.objects.create_from_request(request)
        return self.get_response(request)
