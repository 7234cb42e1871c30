"""Sweeps look again where something changed, and only there; what they say is what the single evaluator says."""

import random
from datetime import date, timedelta

import pytest

from certification import rereview, snapshot, sweep, watch_sweep
from certification.models import Certificate, Cycle, Finding, Judgement, Outcome, Snapshot
from certification.yardstick import assessments, judge, yardstick
from enterprises.models import Award, Enterprise, Figure, Statement, Touched
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.audit.models import AuditEvent
from foundation.ledger import work
from foundation.ledger.models import WorkItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def night(world, house):
    return clock.today() + timedelta(days=1)


def run(night, kind="changed", key=""):
    cycle = sweep.open_cycle(night, kind, key)
    work.drain([rereview.KIND])
    return cycle


def judged(cycle):
    rows = WorkItem.objects.filter(kind=rereview.KIND, payload__cycle=cycle.pk)
    return sum(row.result["titles"] for row in rows)


def raise_revenue(firm, fen):
    year = clock.today().year - 1
    Figure.objects.create(
        enterprise=firm, name="revenue", year=year, fen=fen, unit="万元", source="audited", seen_at=clock.now()
    )


def test_the_first_sweep_judges_every_title_as_the_single_evaluator_would(night):
    on = clock.today()
    assert Judgement.objects.count() == Certificate.objects.filter(state="valid").count() > 100
    # What was found of a firm after the sweep is read by the next one.
    touched = Touched.objects.values("enterprise")
    for row in Judgement.objects.exclude(certificate__enterprise__in=touched).select_related("certificate__enterprise"):
        title = row.certificate
        measure = yardstick(title.tier, title.announced_on.year, on)
        (told,) = assessments(measure, [title.enterprise_id], on)
        assert (title.number, row.outcome, row.rule_key) == (title.number, told.outcome, measure.key)
    assert set(Judgement.objects.values_list("outcome", flat=True)) >= {"met", "unmet"}


def test_a_night_on_which_nothing_changed_looks_at_nothing(night):
    run(night)
    again = run(night + timedelta(days=0), key="again")
    assert again.titles == 0


def test_a_changed_figure_brings_exactly_that_enterprise_back(night):
    run(night)
    title = Certificate.objects.filter(state="valid").order_by("id").first()
    raise_revenue(title.enterprise, 90_000_000_00)
    cycle = run(night, key="after")
    own = Certificate.objects.filter(state="valid", enterprise=title.enterprise).count()
    assert (cycle.titles, judged(cycle)) == (own, own)
    assert not Touched.objects.filter(enterprise=title.enterprise).exists()


def test_a_change_that_no_rule_reads_brings_nobody_back(night):
    run(night)
    title = Certificate.objects.filter(state="valid").first()
    Statement.objects.create(
        enterprise=title.enterprise, name="contact_remark", value="无关", source="self", seen_at=clock.now()
    )
    assert run(night, key="after").titles == 0
    assert Touched.objects.filter(enterprise=title.enterprise).count() == 1


def test_a_title_whose_ground_falls_away_leaves_a_trace_and_a_line(night):
    run(night)
    row = Judgement.objects.exclude(outcome="unmet").filter(certificate__tier="specialised").first()
    firm, year = row.certificate.enterprise, clock.today().year - 1
    for name in ("rd_expense", "revenue", "main_revenue"):
        Figure.objects.create(
            enterprise=firm, name=name, year=year, fen=100, unit="万元", source="government", seen_at=clock.now()
        )
    cycle = run(night, key="after")
    (outcome,) = Outcome.objects.filter(cycle=cycle, certificate=row.certificate)
    assert (outcome.was, outcome.outcome) == (row.outcome, "unmet")
    assert all(line["sentence"] for line in outcome.trace["criteria"] if line["outcome"] == "unmet")
    line = Finding.objects.get(certificate=row.certificate, kind="unsupported", closed_on=None)
    assert line.sentences == [s for s in line.sentences if s.endswith("不满足")] and line.sentences


def test_the_ground_that_returns_closes_the_line(night):
    test_a_title_whose_ground_falls_away_leaves_a_trace_and_a_line(night)
    line = Finding.objects.filter(kind="unsupported", closed_on=None, on=night).latest("id")
    firm = line.certificate.enterprise
    Figure.objects.filter(enterprise=firm, fen=100, source="government").delete()
    run(night, key="back")
    line.refresh_from_db()
    assert line.closed_on == night


def test_kept_columns_say_what_the_facts_say(night):
    """The snapshot of every demo enterprise, judged in columns, against the single evaluator over the facts."""
    on = clock.today()
    firms = list(Enterprise.objects.filter(certificates__state="valid").distinct().order_by("id"))
    taken = snapshot.take(firms, on)
    for tier, year in (("innovative", 2024), ("specialised", 2024), ("little_giant", 2023)):
        measure = yardstick(tier, year, on)
        plain = [firm.pk for firm in firms if not taken[firm.pk].is_odd]
        told = judge(measure, [snapshot.as_text(taken[pk]) for pk in plain], on)
        assert [outcome for outcome, _ in told] == [one.outcome for one in assessments(measure, plain, on)]


def test_no_answer_changes_before_the_day_it_was_said_to_hold_until(night):
    """Every title of some firms, day by day up to the day the snapshot names: the answer of the first day holds."""
    rng, on, looked = random.Random(7), clock.today(), 0
    for row in rng.sample(list(Snapshot.objects.order_by("pk")), 25):
        firm = Enterprise.objects.get(pk=row.enterprise_id)
        days = [on + timedelta(days=n) for n in range((row.flips_on - on).days)]
        for title in Certificate.objects.filter(enterprise=firm, state="valid"):
            first = None
            for day in {days[0], days[-1], *rng.sample(days, min(3, len(days)))}:
                measure = yardstick(title.tier, title.announced_on.year, day)
                (told,) = assessments(measure, [firm.pk], day)
                first = first or told.outcome
                looked += 1
                assert (title.number, day, told.outcome) == (title.number, day, first)
    assert looked > 60


def test_a_prize_that_grows_old_brings_its_firm_back_on_the_day(night):
    firm = Enterprise.objects.filter(certificates__state="valid").order_by("id").first()
    Award.objects.filter(enterprise=firm).delete()
    won = date(clock.today().year - 3, 12, 20)
    Award.objects.create(
        enterprise=firm, level="national", rank=1, certified_on=won, source="self", seen_at=clock.now()
    )
    (row,) = snapshot.take([firm], clock.today()).values()
    assert clock.today() < row.flips_on <= date(clock.today().year, 12, 21)


def test_publishing_a_notice_asks_for_a_sweep_once(night):
    asked = WorkItem.objects.filter(kind=sweep.OPEN, key__startswith="published")
    before = asked.count()
    sweep.ask_after_publishing("T2-2022", 9)
    sweep.ask_after_publishing("T2-2022", 9)
    assert asked.count() == before + 1
    work.drain([sweep.OPEN])
    assert Cycle.objects.filter(kind="published", key="T2-2022 第9版").count() == 1


def test_an_incident_looks_at_one_enterprise_and_nothing_else(night):
    title = Certificate.objects.filter(state="valid").first()
    sweep.ask_after_incident(title.enterprise_id, "事故 2026-1")
    work.drain([sweep.OPEN, rereview.KIND])
    cycle = Cycle.objects.get(kind="incident", key="事故 2026-1")
    own = Certificate.objects.filter(state="valid", enterprise=title.enterprise).count()
    assert (cycle.titles, judged(cycle)) == (own, own)


def test_a_full_sweep_over_unchanged_titles_writes_nothing(night):
    run(night)
    before = list(Judgement.objects.order_by("pk").values())
    lines = list(Finding.objects.order_by("pk").values())
    cycle = run(night, kind="full")
    assert judged(cycle) == Certificate.objects.filter(state="valid").count()
    assert list(Judgement.objects.order_by("pk").values()) == before
    assert list(Finding.objects.order_by("pk").values()) == lines
    assert Outcome.objects.filter(cycle=cycle).count() == 0


def test_a_sunday_that_was_missed_is_made_good_on_the_next_night_and_once(night):
    far = clock.today() + timedelta(days=700)
    sunday = far + timedelta(days=6 - far.weekday())
    Cycle.objects.create(night=sunday - timedelta(days=7), kind="full", opened_at=clock.now())
    assert [sweep.is_full(sunday + timedelta(days=n)) for n in (-1, 0, 1, 2)] == [False, True, True, True]
    first = sweep.open_tonight(sunday + timedelta(days=2))
    assert (first.kind, sweep.open_tonight(sunday + timedelta(days=2))) == ("full", first)
    assert [sweep.is_full(sunday + timedelta(days=n)) for n in (3, 6, 7)] == [False, False, True]


def test_who_tried_a_set_aside_slice_again_is_on_the_record(night):
    cycle = Cycle.objects.create(night=night, kind="full", key="测试", opened_at=clock.now())
    item = work.enqueue(rereview.KIND, "测试片", {"cycle": cycle.pk, "ids": []})
    WorkItem.objects.filter(pk=item.pk).update(state="quarantined", attempts=3, last_error="ValueError: 算不出来")
    leader = Principal.of_user(User.objects.get(username="sheng-chuzhang"))
    assert [watch_sweep.retry_slice(item.pk, actor=leader) for _ in range(2)] == [True, False]
    told = AuditEvent.objects.filter(act="sweep.retry", object_id=str(cycle.pk))
    assert [(event.actor_name, event.detail["slice"]) for event in told] == [(leader.name, "测试片")]
