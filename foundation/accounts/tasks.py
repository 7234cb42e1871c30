"""What accounts leave behind goes by itself: counters after a day, sessions when they are over, their list with them."""

from allauth.usersessions.models import UserSession
from celery import shared_task
from django.contrib.sessions.models import Session
from django.utils import timezone

from foundation.accounts import limiter


@shared_task(name="accounts.sweep")
def sweep_accounts() -> dict[str, int]:
    sessions, _ = Session.objects.filter(expire_date__lt=timezone.now()).delete()
    listed, _ = UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    return {"attempts": limiter.sweep(), "sessions": sessions, "listed": listed}
