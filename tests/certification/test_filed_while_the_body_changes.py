"""A firm goes to another body while its application is filed: whoever comes second waits, and sees what the first one did.

Two real connections. The other side writes what the verb writes, for good or taken back; a change of body is the verb itself where
it is taken back. The last test says that the verbs take their rows in the order that is played here.
"""

from threading import Event

import pytest
from django.db import connection, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from certification import apply
from certification.models import Application
from enterprises.change_body import change_body
from enterprises.models import Enterprise
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.refusals import Refused
from tests.certification.test_apply import colleague, draft, ours, owner  # noqa: F401

OLD, NEW = "64/6401/640104", "64/6401/640106"
HOLD = 0.7
"""Seconds for which the other side holds its rows: long enough for this one to arrive and to wait."""


def leader():
    return Principal.of_user(User.objects.get(username="sheng-chuzhang"))


def give(firm, actor):
    return change_body(firm, NEW, clock.today(), "登记时选错了所在县区", actor=actor, seen=OLD)


class TakenBack(Exception):
    pass


def other_side(act, at_it, over, *, stays):
    """Do it, hold it, and let go: for good, or taken back."""
    try:
        with transaction.atomic(), scoped(Principal.system("test")):
            act()
            at_it.set()
            Event().wait(HOLD)
            over.set()
            if not stays:
                raise TakenBack
    except TakenBack:
        pass


@pytest.fixture
def while_(colleague):  # noqa: F811
    """Begin `act` over there, and return the mark that is set when it ends."""
    running = []

    def begin(act, *, stays=False):
        at_it, over = Event(), Event()
        running.append(colleague.submit(other_side, act, at_it, over, stays=stays))
        assert at_it.wait(10), running[-1].exception(0)
        return over

    yield begin
    for one in running:
        one.result()


def gone_over(pk):
    """What a change of body leaves of the firm and its draft."""
    firm = Enterprise.objects.select_for_update().get(applications=pk)
    Application.objects.filter(pk=pk).update(region_path=NEW, version=F("version") + 1)
    Enterprise.objects.filter(pk=firm.pk).update(region_path=NEW)


def filed(pk):
    """What a filing leaves of its draft."""
    firm = Application.objects.values_list("enterprise_id", flat=True).get(pk=pk)
    Enterprise.objects.select_for_update(no_key=True).get(pk=firm)
    Application.objects.filter(pk=pk).update(
        state="screening", version=F("version") + 1, submitted_at=clock.now(), stage_since=clock.now(), receipt_number="测试两条"
    )  # fmt: skip


def test_who_files_while_the_firm_goes_is_told_once_and_the_next_click_files_with_the_new_body(ours, while_):  # noqa: F811
    actor, pk = owner(ours), ours.pk
    over = while_(lambda: gone_over(pk), stays=True)
    with pytest.raises(Refused) as told:
        apply.submit(ours, actor=actor)
    assert (told.value.code, over.is_set()) == ("already_moved", True)
    again = Application.objects.get(pk=pk)
    apply.submit(again, actor=owner(again))
    again.refresh_from_db()
    assert (again.state, again.region_path, again.enterprise.region_path) == ("screening", NEW, NEW)
    assert {row.region_path for row in again.submissions.all()} == {NEW}


def test_who_gives_the_firm_away_while_it_files_is_told_what_is_open_and_nothing_moves(ours, while_):  # noqa: F811
    firm, pk = ours.enterprise, ours.pk
    over = while_(lambda: filed(pk), stays=True)
    with pytest.raises(Refused) as told:
        give(firm, leader())
    assert (told.value.code, over.is_set()) == ("conflict", True)
    assert any("申请" in problem.message for problem in told.value.problems)
    assert Application.objects.get(pk=pk).region_path == Enterprise.objects.get(pk=firm.pk).region_path == OLD


def test_a_filing_waits_for_a_change_of_body_and_goes_on_where_that_was_taken_back(ours, while_):  # noqa: F811
    firm, actor, chief = ours.enterprise, owner(ours), leader()
    over = while_(lambda: give(Enterprise.objects.get(pk=firm.pk), chief))
    apply.submit(ours, actor=actor)
    ours.refresh_from_db()
    assert over.is_set() and (ours.state, ours.region_path) == ("screening", OLD)


def test_a_change_of_body_waits_for_a_filing_and_takes_the_draft_along_where_that_was_taken_back(ours, while_):  # noqa: F811
    firm, pk = ours.enterprise, ours.pk
    over = while_(lambda: filed(pk))
    give(firm, leader())
    ours.refresh_from_db()
    assert over.is_set() and (ours.state, ours.region_path) == ("draft", NEW)


def test_both_take_the_firm_before_anything_else_so_that_neither_waits_for_the_other_for_ever(ours):  # noqa: F811
    firm, actor, chief = ours.enterprise, owner(ours), leader()

    def locked(act):
        with CaptureQueriesContext(connection) as asked, transaction.atomic():
            act()
            transaction.set_rollback(True)
        return [row["sql"].split(" FROM ")[1].split()[0].strip('"') for row in asked if " FOR UPDATE" in row["sql"] or " FOR NO KEY UPDATE" in row["sql"]]  # fmt: skip

    assert locked(lambda: apply.submit(Application.objects.get(pk=ours.pk), actor=actor))[:2] == [
        "enterprises_enterprise",
        "certification_application",
    ]
    assert locked(lambda: give(firm, chief))[0] == "enterprises_enterprise"
