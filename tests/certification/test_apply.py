"""What was acknowledged is filed: a colleague's save that ends while somebody submits, on two real connections."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Event

import pytest
from django.db import connection, transaction

from certification import apply, library
from certification.models import Application, Call, RuleSet
from certification.rules.document import content_hash
from enterprises.models import Enterprise, Membership
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.refusals import Refused
from portal.demo.cases import ANSWERS
from tests.certification.titled import call_of
from tests.factories import make_enterprise, make_member

RULES = "T1-2022"
KNOWN = {"legal_representative": "示例某某", "contact_name": "示例经办", "contact_phone": "0951-000 0000",
         "address": "示例路1号", "industry_division": "34", "main_product": "示例轴承", "revenue_y0": "5000"}  # fmt: skip


@pytest.fixture
def colleague(django_db_setup, django_db_blocker):
    """A thread with a connection of its own; what it does is committed."""

    def closing():
        connection.close()

    with django_db_blocker.unblock(), ThreadPoolExecutor(1) as crowd:
        yield crowd
        crowd.submit(closing).result()


@pytest.fixture
def draft(colleague):
    """A whole draft that every connection sees, ready but for its papers, which its call does not ask for."""
    made = colleague.submit(committed).result()
    yield made
    colleague.submit(cleared, made).result()


def committed():
    with transaction.atomic(), scoped(Principal.system("test")):
        firm = make_enterprise()
        make_member(firm)
        call = call_of("innovative", "new", batch="两条连接")
        return Application.objects.create(
            enterprise=firm, call=call, tier="innovative", case_type="new", region_path=firm.region_path,
            enterprise_name=firm.name, credit_code=firm.credit_code, rule_set_code=RULES,
            rule_set_hash=content_hash(library.seeds().text(RULES)), answers=ANSWERS | KNOWN, saved_at=clock.now(), state="draft",
        ).pk  # fmt: skip


def cleared(pk):
    with transaction.atomic(), scoped(Principal.system("test")):
        row = Application.objects.get(pk=pk)
        users = list(User.objects.filter(memberships__enterprise=row.enterprise_id).values_list("pk", flat=True))
        row.delete()
        Membership.objects.filter(enterprise=row.enterprise_id).delete()
        Enterprise.objects.filter(pk=row.enterprise_id).delete()
        User.objects.filter(pk__in=users).delete()
        Call.objects.filter(pk=row.call_id).delete()
        RuleSet.objects.filter(code="TEST-innovative", effective_from=date(2020, 1, 1)).delete()


@pytest.fixture
def ours(draft, db, world):
    with scoped(Principal.system("test")):
        yield Application.objects.get(pk=draft)


def owner(application):
    return Principal.of_user(User.objects.get(memberships__enterprise=application.enterprise_id))


def saves(pk, at_it, may_end):
    """What `apply.save` writes, held open until the other side is waiting."""
    with transaction.atomic(), scoped(Principal.system("test")):
        now = Application.objects.select_for_update(of=("self",)).get(pk=pk)
        Application.objects.filter(pk=pk).update(
            answers=now.answers | {"overview": "同事刚刚保存的介绍"}, draft_version=now.draft_version + 1
        )
        at_it.set()
        may_end.wait(0.7)


def test_what_a_colleague_saves_while_somebody_submits_is_filed_as_well(colleague, ours):
    at_it, may_end = Event(), Event()
    saving = colleague.submit(saves, ours.pk, at_it, may_end)
    assert at_it.wait(5)
    filed = apply.submit(ours, actor=owner(ours))
    saving.result()
    assert filed.answers["overview"] == "同事刚刚保存的介绍"
    assert Application.objects.get(pk=ours.pk).answers["overview"] == filed.answers["overview"]


def test_whoever_saves_after_the_filing_is_told_that_it_was_filed(ours):
    actor, stale = owner(ours), Application.objects.get(pk=ours.pk)
    apply.submit(ours, actor=actor)
    with pytest.raises(Refused) as told:
        apply.save(stale, {"overview": "晚了一步"}, seen_version=stale.draft_version, actor=actor)
    assert told.value.code == "already_moved"


def test_of_two_who_submit_the_same_draft_the_second_is_told_and_nothing_is_filed_twice(ours):
    actor, stale = owner(ours), Application.objects.get(pk=ours.pk)
    apply.submit(ours, actor=actor)
    with pytest.raises(Refused) as told:
        apply.submit(stale, actor=actor)
    assert (told.value.code, ours.submissions.count()) == ("already_moved", 1)
