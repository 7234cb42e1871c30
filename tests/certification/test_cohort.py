"""The list of a re-review: everybody who is due, once, by the right rules; visits that anybody can draw again."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from certification import cohort as verbs
from certification import sample_visits
from certification.models import Application, Call, Certificate, Cohort, CohortTitle, RuleSet, Visit
from enterprises.models import Membership
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.ledger import work
from foundation.ledger.models import WorkItem
from foundation.ledger.work import enqueue
from foundation.mailroom.models import Fallback, Message
from foundation.refusals import Missing, Refused

pytestmark = pytest.mark.django_db


def who(username):
    return Principal.of_user(User.objects.get(username=username))


@pytest.fixture
def made(world, house):
    return Cohort.objects.get()


def renewal(director, **told):
    from certification import call as calls

    now = clock.now()
    given = {
        "tier": "specialised", "case_type": "renewal", "year": now.year, "batch": "试建", "title": "试建的复核通知（演示）",
        "opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=30), "contact": "（演示）",
        "disciplinary_contact": "（演示）",
    }  # fmt: skip
    return calls.draft(Call(**given | told), actor=director)


def test_everybody_who_is_due_is_on_the_list_once(made):
    due = verbs.due_titles(made.call, made.ends_from, made.ends_until)
    listed = list(made.titles.values_list("certificate_id", flat=True))
    assert sorted(listed) == sorted(due.values_list("pk", flat=True)) and len(listed) == made.size > 10
    assert {line.rule_set_code for line in made.titles.all()} == {made.call.rule_set.code}
    assert not made.titles.filter(why_rule_set="").exists()


def test_each_stratum_gives_its_share_rounded_up(made):
    rows = verbs.coverage(made)
    assert [row.drawn for row in rows] == [-(-row.due * made.share // 100) for row in rows]
    assert sum(row.due for row in rows) == made.size and sum(row.drawn for row in rows) == made.on_site > 0


def test_building_again_or_running_the_job_again_changes_nothing(made):
    before = list(CohortTitle.objects.order_by("pk").values())
    letters = Message.objects.filter(subject__contains="到期复核").count()
    WorkItem.objects.filter(kind__in=[verbs.FILL, verbs.TELL]).update(state="todo", tried_at=None)
    work.drain([verbs.FILL, verbs.TELL])
    assert list(CohortTitle.objects.order_by("pk").values()) == before
    assert Message.objects.filter(subject__contains="到期复核").count() == letters > 0
    with pytest.raises(Refused, match="不能重抽"):
        verbs.build(made.call, made.ends_from, made.ends_until, 50, actor=who("sheng-chuzhang"))


def test_a_firm_without_people_is_not_counted_as_told_and_its_office_has_the_task(made):
    untold = CohortTitle.objects.filter(told_at=None)
    known = Membership.objects.filter(state="verified").values("enterprise_id")
    assert untold.exists() and set(untold) == set(CohortTitle.objects.exclude(enterprise_id__in=known))
    tasks = Fallback.objects.filter(message__subject__contains="到期复核").values_list("enterprise_id", flat=True)
    assert sorted(tasks) == sorted(untold.values_list("enterprise_id", flat=True))


def test_the_draw_is_repeated_by_command_and_a_moved_place_is_found(made, sql):
    out = StringIO()
    call_command("cohort_check", made.public_id, stdout=out)
    assert "the same" in out.getvalue()
    line = made.titles.filter(is_on_site=True).first()
    sql("UPDATE certification_cohorttitle SET is_on_site = false WHERE id = %s", line.pk)
    with pytest.raises(SystemExit) as ended:
        call_command("cohort_check", made.public_id, stderr=StringIO())
    assert ended.value.code == 1


def test_a_2023_little_giant_goes_on_its_own_list_and_a_mixed_one_is_refused(world, house):
    director, today = who("sheng-chuzhang"), clock.today()
    wide = (date(today.year - 1, 1, 1), date(today.year + 4, 12, 31))
    title = Certificate.objects.filter(tier="little_giant", announced_on__year=2023, state="valid").first()
    assert title is not None
    call = renewal(director, tier="little_giant", cohort=2023)
    assert (call.rule_set.code, call.overlays) == ("T3-2022", ["2026-117"])
    made = verbs.build(call, *wide, 20, actor=director)
    work.drain([verbs.FILL])
    assert set(made.titles.values_list("rule_set_code", flat=True)) == {"T3-2022"}
    assert [line.overlays for line in made.titles.all()] == [["2026-117"]] * made.titles.count()
    mixed = renewal(director, tier="little_giant", batch="混建")
    mixed.rule_set = RuleSet.objects.get(code="T3-2026", state="published")
    with pytest.raises(Refused, match="请按公告年度分开发布"):
        verbs.build(mixed, *wide, 20, actor=director)


def test_only_the_province_builds_and_only_for_a_re_review(made):
    with pytest.raises(Missing):
        verbs.build(made.call, made.ends_from, made.ends_until, 10, actor=who("yinchuan"))
    new = Call.objects.filter(case_type="new").first()
    with pytest.raises(Refused) as told:
        verbs.build(new, date(2026, 2, 1), date(2026, 1, 1), 101, actor=who("sheng-chuzhang"))
    assert [p.field for p in told.value.problems] == ["call", "ends_from", "share"]


def test_everybody_may_check_the_list_and_nobody_reads_a_firm_from_it(made):
    page = Client().get(f"/cohorts/{made.public_id}/").content.decode()
    assert made.seed in page and made.record_hash in page
    for line in made.titles.select_related("certificate"):
        assert line.certificate.enterprise_name not in page and line.certificate.number not in page
    assert all(row.due >= 5 or row.stratum == "其余各层合计" for row in verbs.coverage_shown(made))


def test_a_desk_sees_its_own_part_of_the_list(made):
    from certification.queries import cohort_titles

    reach = cohort_titles(who("shizuishan"))
    assert {row.region_path[:7] for row in reach} <= {"64/6402"}
    assert not cohort_titles(who("qiye-wang")).exists()


def refiled(made, line, state="draft"):
    """The firm of a drawn title files for its re-review."""
    firm = line.enterprise
    return Application.objects.create(
        call=made.call, enterprise=firm, enterprise_name=firm.name, credit_code=firm.credit_code, tier=made.call.tier,
        region_path=firm.region_path, case_type="renewal", submitted_at=clock.now(), state=state,
    )  # fmt: skip


def silent(made):
    """A drawn title whose firm has not filed yet."""
    filed = Application.objects.filter(call=made.call).values("enterprise_id")
    return made.titles.filter(is_on_site=True).exclude(enterprise_id__in=filed).select_related("enterprise").first()


def test_a_firm_that_withdrew_and_filed_again_is_one_title_and_is_told_by_its_last_case(made):
    before = {row.stratum: row for row in verbs.coverage(made)}
    line = silent(made)
    first = refiled(made, line)
    for state in ("screening", "withdrawn"):
        Application.objects.filter(pk=first.pk).update(state=state)
    refiled(made, line)
    after = {row.stratum: row for row in verbs.coverage(made)}
    row, was = after[line.stratum], before[line.stratum]
    assert (row.due, row.drawn) == (was.due, was.drawn)
    assert (row.applied, row.decided) == (was.applied + 1, was.decided)


def test_a_drawn_firm_that_files_late_gets_its_visit_once_and_the_table_counts_it_when_it_was_made(made):
    line = silent(made)
    case = refiled(made, line)
    Application.objects.filter(pk=case.pk).update(state="screening")
    for _ in range(2):
        WorkItem.objects.filter(kind=sample_visits.ARRIVED).delete()
        enqueue(sample_visits.ARRIVED, case.public_id)
        work.drain([sample_visits.ARRIVED])
    visit = Visit.objects.get(application=case)
    assert visit.reasons == ["复核名单抽中"]
    count = lambda: {row.stratum: row.visited for row in verbs.coverage(made)}[line.stratum]  # noqa: E731
    was = count()
    for state in ("planned", "finished"):
        Visit.objects.filter(pk=visit.pk).update(state=state)
    assert count() == was + 1
