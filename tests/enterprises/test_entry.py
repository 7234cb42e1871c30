"""An office enters a figure with its document: it counts by its rank, the firm's own stays beside it, and a slip is taken back."""

from datetime import timedelta

import pytest

from enterprises.dispute import disputes, documents
from enterprises.enterable import enterables
from enterprises.entry import enter, entered_here, firm_named, withdraw
from enterprises.facts import facts_of
from enterprises.models import Figure, FigureEntry
from enterprises.report import report
from enterprises.yearly import known_values, three_years
from foundation import clock
from foundation.accounts.models import Office, Post, User
from foundation.accounts.principal import Principal
from foundation.audit.record import timeline
from foundation.exchange.models import Change
from foundation.mailroom.models import Message
from foundation.refusals import Missing, Refused
from foundation.regions.models import by_path
from tests.conftest import make_official
from tests.factories import make_enterprise, make_member


@pytest.fixture
def firm(house):
    return make_enterprise()


@pytest.fixture
def member(firm):
    return Principal.of_user(make_member(firm))


@pytest.fixture
def reviewer(province):
    return Principal.of_user(province)


@pytest.fixture
def tax(house):
    """The tax office of the region: another department, which sees no firm."""
    office = Office.objects.create(body=by_path("64"), name="自治区税务局", kind="department")
    user = User.objects.create_user("tax", "tax@example.org", "correct-horse-battery", name="税务会办")
    Post.objects.create(user=user, office=office, role="department", since="2020-01-01")
    return Principal.of_user(user)


def said(**changed):
    return {
        "name": "revenue", "year": clock.today().year - 1, "value": "3,000.5", "unit": "万元", "source": "government",
        "issuer": "自治区税务局", "document": "税函〔2026〕8号", "dated_on": clock.today() - timedelta(days=3),
    } | changed  # fmt: skip


def refused(firm, actor, **changed):
    with pytest.raises(Refused) as refusal:
        enter(firm, said(**changed), actor=actor)
    return refusal.value.code, sorted(problem.field for problem in refusal.value.problems)


def test_the_offices_figure_counts_the_firms_own_stays_and_the_firm_is_told(firm, member, reviewer):
    on = clock.today()
    report(firm, {"revenue_y0": "3260"}, actor=member, on=on)
    row = enter(firm, said(), actor=reviewer)
    fact = facts_of(firm, on)["revenue_y0"]
    assert (fact.value, fact.source, fact.conflicting) == ("3000.5", "government", (("self", "3260"),))
    assert [(d.theirs, d.own, d.own_source) for d in disputes(firm)] == [("3,000.5 万元", "3,260 万元", "企业填报")]
    assert documents(firm, on) == {("revenue_y0", "government"): "自治区税务局，税函〔2026〕8号"}
    message = Message.objects.get(recipient_id=member.user_id)
    assert "自治区税务局（税函〔2026〕8号）：3,000.5 万元。现有的企业填报为 3,260 万元" in message.body
    assert [event.act for event in timeline(firm, ["applicant"])][:1] == ["enterprise.figure_entered"]
    assert Change.objects.order_by("-seq")[0].changed_fields == ["revenue_y0"]
    assert (row.office_name, row.by_name, row.way) == (reviewer.office_name, reviewer.name, "desk")


def test_a_firm_that_says_the_same_is_not_bothered(firm, member, reviewer):
    report(firm, {"revenue_y0": "3000.5"}, actor=member, on=clock.today())
    enter(firm, said(), actor=reviewer)
    assert (Message.objects.count(), disputes(firm)) == (0, [])


def test_the_national_platform_stands_below_an_audit_report(firm, member, reviewer):
    report(firm, {"revenue_y0": "3260"}, actor=member, on=clock.today(), source="audited")
    enter(firm, said(source="platform"), actor=reviewer)
    fact = facts_of(firm, clock.today())["revenue_y0"]
    assert (fact.value, fact.conflicting) == ("3260", (("platform", "3000.5"),))


def test_a_firm_goes_on_writing_although_an_office_contradicts_it(firm, member, reviewer):
    """A main revenue above the tax office's revenue is a conflict of two sources, and no mistake of the firm."""
    on = clock.today()
    report(firm, {"revenue_y0": "3260", "main_revenue_y0": "3100"}, actor=member, on=on)
    enter(firm, said(), actor=reviewer)
    assert report(firm, {"employees_y0": 80}, actor=member, on=on) == ["employees_y0"]
    with pytest.raises(Refused) as refusal:
        report(firm, {"main_revenue_y0": "3300"}, actor=member, on=on)
    assert [problem.field for problem in refusal.value.problems] == ["main_revenue_y0"]


def test_what_was_entered_by_mistake_is_taken_back_and_stays_on_record(firm, member, reviewer):
    on = clock.today()
    report(firm, {"revenue_y0": "3260"}, actor=member, on=on)
    row = enter(firm, said(), actor=reviewer)
    with pytest.raises(Refused):
        withdraw(row, "错", actor=reviewer)
    withdraw(row, "登记到了同名企业", actor=reviewer)
    fact = facts_of(firm, on)["revenue_y0"]
    assert (fact.value, fact.source, fact.conflicting) == ("3260", "self", ())
    assert known_values(firm, on) == {"revenue_y0": "3260"} and disputes(firm) == []
    assert [cell.value for row in three_years(firm, on) for cell in row.cells if cell.value] == ["3260"]
    assert Figure.objects.filter(enterprise=firm).count() == 3
    assert FigureEntry.objects.get().withdrawn_because == "登记到了同名企业"
    with pytest.raises(Missing):
        withdraw(FigureEntry.objects.get(), "再撤回一次", actor=reviewer)


def test_an_earlier_document_of_the_source_counts_again(firm, reviewer):
    enter(firm, said(value="2900"), actor=reviewer)
    later = enter(firm, said(value="3000", document="统函〔2026〕2号"), actor=reviewer)
    assert facts_of(firm, clock.today())["revenue_y0"].value == "3000"
    withdraw(later, "统计口径不同", actor=reviewer)
    assert facts_of(firm, clock.today())["revenue_y0"].value == "2900"


def test_a_lasting_figure_that_is_taken_back_leaves_the_year_before(firm, member, reviewer):
    last = clock.today().year - 1
    Figure.objects.create(
        enterprise=firm, name="segment_years", year=last - 1, quantity=5, unit="年", seen_at=clock.now()
    )
    row = enter(firm, said(name="segment_years", unit="年", value="3"), actor=reviewer)
    assert facts_of(firm, clock.today())["segment_years"].value == "3"
    withdraw(row, "登记到了同名企业", actor=reviewer)
    fact = facts_of(firm, clock.today())["segment_years"]
    assert (fact.value, fact.source, fact.year) == ("5", "self", last - 1)


def test_the_same_document_says_a_figure_once(firm, reviewer):
    enter(firm, said(), actor=reviewer)
    assert refused(firm, reviewer, value="3001") == ("duplicate", ["document"])
    assert (Figure.objects.count(), FigureEntry.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": "revenue_y0"}, "name"), ({"name": "equity_financing_2y"}, "name"), ({"unit": "元"}, "unit"), ({"unit": ""}, "unit"),
        ({"value": "三千"}, "value"), ({"value": ""}, "value"), ({"value": "-1"}, "value"), ({"value": "1.1234567"}, "value"),
        ({"year": "2000"}, "year"), ({"year": ""}, "year"), ({"year": "２０２５"}, "year"), ({"source": "self"}, "source"),
        ({"source": "audited"}, "source"), ({"issuer": " "}, "issuer"), ({"document": ""}, "document"), ({"dated_on": "昨天"}, "dated_on"),
        ({"dated_on": "2999-01-01"}, "dated_on"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_kept(firm, reviewer, changed, field):
    assert field in refused(firm, reviewer, **changed)[1]
    assert (Figure.objects.count(), FigureEntry.objects.count()) == (0, 0)


def test_an_empty_form_is_told_everything_at_once(firm, reviewer):
    with pytest.raises(Refused) as refusal:
        enter(firm, {}, actor=reviewer)
    fields = [problem.field for problem in refusal.value.problems]
    assert fields == ["name", "year", "value", "source", "issuer", "document", "dated_on"]


def test_the_year_that_is_not_over_is_refused_but_for_the_platforms_score(firm, reviewer):
    this = clock.today().year
    assert refused(firm, reviewer, year=this) == ("invalid", ["year"])
    enter(
        firm,
        said(name="development_score", year=this, value="61.5", unit=enterables()["development_score"].fact.unit),
        actor=reviewer,
    )
    assert facts_of(firm, clock.today())["development_score_y0"].value == "61.5"


def test_whoever_judges_the_firm_below_the_province_does_not_bring_its_figures(firm, member, county, city):
    policy = Principal.of_user(make_official("policy", "64", "policy"))
    for who in (Principal.of_user(county), Principal.of_user(city), member, policy):
        with pytest.raises(Missing):
            enter(firm, said(), actor=who)
    assert Figure.objects.count() == 0


def test_another_department_names_the_firm_by_code_and_name_and_reads_its_own_entries_only(firm, tax, reviewer):
    enter(firm, said(document="统函〔2026〕2号"), actor=reviewer)
    row = enter(firm_named(firm.credit_code.lower(), firm.name, actor=tax), said(), actor=tax)
    assert [found.pk for found in entered_here(tax)] == [row.pk]
    answers = []
    for code, name in ((firm.credit_code, "别的公司"), ("91640000000000000X", firm.name)):
        with pytest.raises(Refused) as refusal:
            firm_named(code, name, actor=tax)
        answers.append((refusal.value.sentence, refusal.value.problems))
    assert answers[0] == answers[1]


def test_only_the_office_that_entered_it_or_the_provinces_leader_takes_it_back(firm, tax, reviewer, director):
    row = enter(firm, said(), actor=tax)
    with pytest.raises(Missing):
        withdraw(row, "登记到了同名企业", actor=reviewer)
    withdraw(row, "登记到了同名企业", actor=Principal.of_user(director))
    assert FigureEntry.objects.get().withdrawn_by_name == "director"
