"""The filter, the file and the clock's column say the same of every case."""

from datetime import timedelta

import pytest

from certification import clocks, review, worklist, worklist_table
from certification.models import Application, Pause, StageLimit
from certification.queries import applications
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped

COUNTY = "64/6401/640104"


@pytest.fixture
def house(db, world):
    with scoped(Principal.system("test")):
        StageLimit.objects.update(workdays=5)
        yield


def who(username):
    return Principal.of_user(User.objects.get(username=username))


@pytest.fixture
def case(house):
    """Thirty days at the county's desk, nothing else."""
    found = Application.objects.filter(state="screening", region_path=COUNTY).order_by("pk").first()
    found.pauses.all().delete()
    Application.objects.filter(pk=found.pk).update(stage_since=clock.now() - timedelta(days=30))
    return Application.objects.get(pk=found.pk)


def stood(case, days):
    """A pause, ended by now, that took so many of the thirty days."""
    Pause.objects.create(
        application=case, enterprise_id=case.enterprise_id, region_path=case.region_path, stage="screening", reason="等待回函",
        since=case.stage_since + timedelta(hours=1), until=case.stage_since + timedelta(days=days), by_name="赵审核",
    )  # fmt: skip


def found(case, username="xingqing", **asked):
    rows = applications(who(username))
    return worklist.narrow(rows, worklist.Filters(view="all", **asked), who(username)).filter(pk=case.pk).exists()


def test_days_on_which_the_clock_stood_make_no_case_late_in_the_filter_either(case):
    assert found(case, age="late") and clocks.clock_of(case).is_late
    stood(case, 29)
    assert not clocks.clock_of(case).is_late
    assert not found(case, age="late") and not found(case, age="5")


def test_a_short_pause_leaves_a_late_case_late(case):
    stood(case, 3)
    assert clocks.clock_of(case).is_late and found(case, age="late") and found(case, age="10")


def test_a_refusal_that_was_not_served_is_as_late_in_the_filter_as_in_the_column(case):
    stood(case, 29)
    for code in review.open_points(case):
        review.judge(case, code, "unmet", actor=who("xingqing"), note="不满足")
    review.refuse(case, actor=who("xingqing"), reason="不满足条件")
    case.refresh_from_db()
    assert case.state == "to_refuse"
    ((_, told, _),) = worklist.with_clocks(worklist.fetched(Application.objects.filter(pk=case.pk)))
    assert not told.is_late and not found(case, age="late")
    case.pauses.all().delete()
    assert clocks.clock_of(case).is_late and found(case, age="late") and found(case, age="10")


def test_filter_and_column_agree_on_every_case_of_the_demo(house):
    rows = applications(who("sheng-shenhe"))
    told = worklist.with_clocks(worklist.fetched(rows))
    marked = {row.pk for row, told_clock, _ in told if told_clock is not None and told_clock.is_late}
    asked = worklist.Filters(view="all", age="late")
    assert set(worklist.narrow(rows, asked, who("sheng-shenhe")).values_list("pk", flat=True)) == marked


def test_a_list_too_long_for_one_file_is_not_cut_silently(house, world, monkeypatch):
    client = world.signed_in("sheng-shenhe")
    assert client.get("/desk/cases/worklist.xlsx?view=all").headers["Content-Type"] == worklist_type()
    monkeypatch.setattr(worklist_table, "MOST_ROWS", 2)
    answer = client.get("/desk/cases/worklist.xlsx?view=all", follow=True)
    assert "一次最多导出 2 件，没有导出" in answer.content.decode() and answer.redirect_chain


def worklist_type():
    from certification.views.worklist import XLSX

    return XLSX
