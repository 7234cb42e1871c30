"""What accounts leave behind goes by itself: counters after a day, sessions when they are over, their list with them."""

from allauth.usersessions.models import UserSession
from celery import shared_task
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from foundation.accounts import limiter


@shared_task(name="accounts.sweep")
def sweep_accounts() -> dict[str, int]:
    """Counters of attempts and listed sessions that went, as {"attempts", "listed"}."""
    SessionStore.clear_expired()  # by the library's own clock, which is the one that wrote the date
    listed, _ = UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    return {"attempts": limiter.sweep(), "listed": listed}
