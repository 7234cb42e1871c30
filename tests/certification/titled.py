"""One enterprise with one title, its own person, and what it tells; for the tests of dates."""

from datetime import date

from django.db import transaction

from certification import certify, remind
from enterprises.models import Figure
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from tests.factories import make_enterprise, make_member


def titled(path="64/6401/640104", tier="specialised"):
    made = make_enterprise(path)
    make_member(made)
    first, last = date(2026, 1, 20), date(2029, 1, 19)
    certify.issue(made, tier=tier, first=first, last=last, actor=Principal.system("test"), origin="imported")
    return made


def night(firm):
    with transaction.atomic(), scoped(Principal.system("night")):
        return remind.remind([firm.pk], clock.today())


def owner(firm):
    return Principal.of_user(User.objects.get(memberships__enterprise=firm))


def tell_turnover(firm, year):
    Figure.objects.create(
        enterprise=firm, name="revenue", year=year, fen=5_000_000_000, unit="fen", seen_at=clock.now()
    )
