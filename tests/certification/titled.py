"""One enterprise with one title, its own person, and what it tells; for the tests of dates."""

from datetime import date, timedelta

from django.db import transaction

from certification import certify, remind
from certification.models import Application, Call, RuleSet
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


WAYS = {
    "screening": ("screening",),
    "province_review": ("screening", "province_review"),
    "decided": ("screening", "province_review", "posted", "decided"),
    "refused": ("screening", "to_refuse", "refused"),
}


def call_of(tier="specialised", case_type="renewal", **told):
    """A published call with a rule set of nothing; two of the same are one."""
    year = clock.today().year
    known = Call.objects.filter(tier=tier, case_type=case_type, year=year, batch=told.get("batch", "测试批")).first()
    if known is not None:
        return known
    rules, _ = RuleSet.objects.get_or_create(
        code=f"TEST-{tier}", defaults={"tier": tier, "effective_from": date(2020, 1, 1), "state": "draft"}
    )
    given = {
        "opens_at": clock.now() - timedelta(days=30),
        "closes_at": clock.now() + timedelta(days=60),
        "batch": "测试批",
    }
    call = Call.objects.create(
        tier=tier,
        case_type=case_type,
        year=year,
        title=f"{year}年复核（测试）",
        rule_set=rules,
        state="draft",
        **given | told,
    )
    Call.objects.filter(pk=call.pk).update(state="published")
    return Call.objects.get(pk=call.pk)


def filed(firm, state, tier="specialised", case_type="renewal", call=None):
    """An application of this firm that was filed today and has come as far as `state`."""
    row = Application.objects.create(
        enterprise=firm, call=call or call_of(tier, case_type), tier=tier, case_type=case_type, region_path=firm.region_path,
        enterprise_name=firm.name, credit_code=firm.credit_code, rule_set_code="TEST", rule_set_hash="0", state="draft",
        receipt_number=f"测试{firm.pk}{tier[:3]}{case_type[:3]}{clock.today():%y}", submitted_at=clock.now(), stage_since=clock.now(),
    )  # fmt: skip
    for step in WAYS[state]:
        Application.objects.filter(pk=row.pk).update(state=step)
    return Application.objects.get(pk=row.pk)
