"""办理情况: anybody reads how long cases take, how they end and what they are returned for; nobody learns of one case."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from certification import clocks
from certification.models import Application, Correction, Letter, Reconsideration, StageTime
from certification.states import IN_REVIEW
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from portal.figures import cases
from portal.figures.reasons import OTHER, PAPERS, reasons

PAGE, FILE = "/case-figures/", "/case-figures/numbers.xlsx"
CITY = "64/6401"


@pytest.fixture
def desk(db, world):
    with scoped(Principal.system("test")):
        yield world


def took(many, days, path=CITY, stage="city_review", tier="specialised", ago=1):
    StageTime.objects.bulk_create(
        StageTime(
            office_path=path, tier=tier, stage=stage, workdays=days, left_on=clock.today() - timedelta(days=ago), key=f"{path}{days}-{n}-{ago}"
        )
        for n in range(many)
    )  # fmt: skip


def page():
    answer = Client().get(PAGE)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_visitor_reads_how_long_an_office_takes_as_the_applicant_is_told_it(desk):
    StageTime.objects.all().delete()
    took(9, 4)
    took(1, 30)
    ((stage, (line,)),) = cases.stage_times()
    told = line.cells["specialised"]
    assert (stage, line.body, told) == ("市级审核", "银川市", clocks.Usual(10, 4, 4))
    assert told.most == clocks.usual_days(CITY, "specialised", "city_review")
    assert line.cells["innovative"] is None
    content = page()
    assert "九成 4 天内" in content and "一半 4 天内，共 10 件" in content and "不用作单位之间的比较" in content


def test_an_office_with_four_cases_is_not_listed_and_cases_of_two_years_ago_do_not_count(desk):
    StageTime.objects.all().delete()
    took(4, 3)
    took(40, 9, ago=400)
    assert cases.stage_times() == [] and clocks.usual_days(CITY, "specialised", "city_review") is None
    assert "还没有可以公开的用时" in page()
    took(1, 3, ago=2)
    assert cases.stage_times()[0][1][0].cells["specialised"] == clocks.Usual(5, 3, 3)


def test_offices_stand_in_their_usual_order_however_long_they_take(desk):
    StageTime.objects.all().delete()
    for path, days in (("64/6402", 1), (CITY, 9)):
        took(5, days, path=path)
    assert [line.body for line in cases.stage_times()[0][1]] == ["银川市", "石嘴山市"]


@pytest.mark.parametrize(
    ("granted", "refused", "withdrawn", "running", "told"),
    [
        (20, 6, 5, 0, (31, 20, 6, 5, 0)),
        (20, 0, 0, 0, (20, 20, 0, 0, 0)),
        (20, 2, 0, 0, (None, 20, None, None, None)),
        (20, 2, 4, 9, (35, 20, None, None, 9)),
        (20, 2, 0, 9, (31, 20, None, None, None)),
        (3, 6, 0, 0, (None, None, 6, 0, 0)),
        (2, 1, 0, 0, (None, None, None, None, None)),
    ],
)
def test_whoever_counts_the_announced_names_cannot_work_out_that_a_few_were_refused(
    granted, refused, withdrawn, running, told
):
    found = cases.shown({"granted": granted, "refused": refused, "withdrawn": withdrawn, "open": running})
    assert tuple(found[name] for name in ("filed", "granted", "refused", "withdrawn", "open")) == told


def test_a_rate_is_made_of_what_is_shown(settings):
    line = cases.ResultLine(2026, "specialised", "new", 31, 20, 6, 5, 0)
    assert line.rate == 77
    assert cases.ResultLine(2026, "specialised", "new", None, 20, None, None, None).rate is None
    settings.SMALL_CELL = 0
    assert cases.ResultLine(2026, "specialised", "new", 0, 0, 0, 0, 0).rate is None


def counted(desk, settings):
    """The cases of this year's new applications as they are, with no number hidden."""
    settings.SMALL_CELL = 1
    rows = [row for row in cases.results() if (row.tier, row.case_type) == ("specialised", "new")]
    return {row.year: row for row in rows}


def test_results_count_each_filed_case_once_under_the_year_of_its_first_filing(desk, settings):
    told = counted(desk, settings)
    filed = Application.objects.filter(tier="specialised", case_type="new", submitted_at__isnull=False)
    recent = [row for row in filed if row.counts_from.year > clock.today().year - cases.YEARS]
    assert sum(row.filed for row in told.values()) == len(recent) > 0
    for row in told.values():
        assert row.filed == row.granted + row.refused + row.withdrawn + row.open
    case = next(row for row in recent if row.state == "province_review")
    year = case.counts_from.year - 1
    Application.objects.filter(pk=case.pk).update(first_filed_at=case.submitted_at - timedelta(days=365))
    before = told[year].filed if year in told else 0
    assert counted(desk, settings)[year].filed == before + 1


def test_a_refusal_that_was_not_served_yet_is_still_under_way(desk, settings):
    case = Application.objects.filter(state="province_review", tier="specialised", case_type="new").first()
    year = case.counts_from.year
    before = counted(desk, settings)[year]
    went(case, "to_refuse")
    assert counted(desk, settings)[year] == before


def went(row, *states, **values):
    """Along legal edges, as the database asks; who may do so is another test's matter."""
    for state in states:
        type(row).objects.filter(pk=row.pk).update(state=state, **values)
    return row


def refused_letter(case, titles, served=True):
    row = Letter.objects.create(
        application=case, enterprise_id=case.enterprise_id, region_path=case.region_path, office_path="64", office_name="厅",
        kind="refusal", title="决定书", submission_number=1, state="draft", reasons=[{"title": title, "found": found} for title, found in titles],
    )  # fmt: skip
    return went(row, "signed", "served", served_at=clock.now()) if served else row


def set_aside(letter):
    case = letter.application
    row = Reconsideration.objects.create(
        letter=letter, application=case, enterprise_id=case.enterprise_id, region_path=case.region_path, office_path="64",
        grounds="（测试）", requested_by_name="张", state="requested",
    )  # fmt: skip
    return went(row, "under_way", "set_aside")


@pytest.fixture
def six(desk):
    """Six filed cases of one standard, with nothing returned or refused yet."""
    Correction.objects.all().delete()
    Reconsideration.objects.all().delete()
    Letter.objects.all().delete()
    rows = Application.objects.filter(tier="specialised", case_type="new", state__in=IN_REVIEW).order_by("id")
    first = rows.first()
    found = list(rows.filter(rule_set_code=first.rule_set_code, rule_set_hash=first.rule_set_hash)[:6])
    assert len(found) == 6
    return found


def returned(case, *fields, ago=1):
    return Correction.objects.create(
        application=case, enterprise_id=case.enterprise_id, region_path=case.region_path, stage="screening", office_name="兴庆区",
        items=[{"field": name, "reason": f"{case.enterprise_name}的数不对", "clause": ""} for name in fields],
        opened_at=clock.now() - timedelta(days=ago), answered_at=clock.now(),
    )  # fmt: skip


def since():
    return clock.now() - clocks.YEAR


def test_a_condition_is_told_from_five_cases_on_and_a_case_counts_once_however_often_it_came_back(six):
    for case in six[:4]:
        returned(case, "papers")
        returned(case, "papers", ago=20)
    assert reasons(since()) == []
    returned(six[4], "papers", "contact_name")
    (line,) = reasons(since())
    assert (line.tier, line.title, line.returned, line.refused) == ("specialised", PAPERS, 5, 0)


def test_a_return_counts_under_the_condition_that_the_field_speaks_to_and_else_under_the_rest_of_the_form(six):
    for case in six:
        returned(case, "rd_expense_y0", "contact_name")
    told = {line.title: line.returned for line in reasons(since())}
    assert told.pop(OTHER) == 6 and len(told) == 1
    (title,) = told
    assert "研发" in title


def test_a_condition_of_served_refusals_counts_where_it_was_found_not_met(six):
    for case in six[:5]:
        refused_letter(case, [("研发费用占比", "unmet"), ("企业规模", "met")])
    refused_letter(six[5], [("研发费用占比", "unmet")], served=False)
    (line,) = reasons(since())
    assert (line.title, line.returned, line.refused) == ("研发费用占比", 0, 5)


def test_a_refusal_that_was_set_aside_is_neither_a_reason_nor_a_result(six, desk, settings):
    letters = [refused_letter(case, [("研发费用占比", "unmet")]) for case in six]
    assert [line.refused for line in reasons(since())] == [6]
    first, year = six[0], six[0].counts_from.year
    before = counted(desk, settings)[year]
    went(first, "to_refuse", "refused")
    after = counted(desk, settings)[year]
    assert (after.filed, after.refused, after.open) == (before.filed, before.refused + 1, before.open - 1)
    for letter in letters[:2]:
        set_aside(letter)
    after = counted(desk, settings)[year]
    assert (after.filed, after.refused) == (before.filed - 1, before.refused)
    settings.SMALL_CELL = 5
    assert reasons(since()) == []


def test_neither_page_nor_file_names_a_firm_or_repeats_what_an_official_typed(six):
    for case in six:
        returned(case, "papers")
        refused_letter(case, [("研发费用占比", "unmet")])
    content = page()
    told = [str(cell) for sheet in book() for row in sheet for cell in row]
    for case in six:
        assert case.enterprise_name not in content and not any(case.enterprise_name in cell for cell in told)
    assert "数不对" not in content and PAPERS in content and "研发费用占比" in content


def book():
    answer = Client().get(FILE)
    assert answer.status_code == 200 and answer.headers["Content-Disposition"].startswith("attachment")
    read = CalamineWorkbook.from_filelike(BytesIO(answer.content))
    assert read.sheet_names == ["办理用时", "申请和结果", "退回和未通过的理由", "口径"]
    return [read.get_sheet_by_name(name).to_python() for name in read.sheet_names]


def test_the_file_has_the_numbers_of_the_page_and_says_what_is_hidden(desk):
    found = cases.case_figures()
    times, ended, why, definitions = book()
    assert (
        len(times) - 1
        == sum(1 for _, lines in found.times for line in lines for cell in line.cells.values() if cell)
        > 0
    )
    assert [[row[3], row[-1]] for row in ended[1:]] == [
        [cases.HIDDEN if n is None else n for n in (row.filed, row.rate)] for row in found.results
    ]
    assert len(why) - 1 == len(found.reasons) and len(definitions) == 2 + len(cases.DEFINITIONS)
    numbers = [cell for row in ended[1:] for cell in row[3:8] if not isinstance(cell, str)]
    assert not [n for n in numbers if 0 < n < 5]


def questions():
    with CaptureQueriesContext(connection) as asked:
        Client().get(PAGE)
    return len(asked)


def test_the_page_asks_as_many_questions_of_one_case_as_of_six(six):
    returned(six[0], "papers")
    page()
    before = questions()
    for case in six[1:]:
        returned(case, "papers", "rd_expense_y0")
        refused_letter(case, [("研发费用占比", "unmet")])
    took(8, 2, path="64/6402")
    assert questions() == before < 25


def test_the_page_is_found_from_where_other_public_figures_stand_and_cannot_be_written_to(desk):
    for address in ("/", "/postings/"):
        assert f'href="{PAGE}"' in Client().get(address).content.decode()
    assert Client().post(PAGE).status_code == Client().post(FILE).status_code == 405
