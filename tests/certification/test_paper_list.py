"""The list of a call: every line is its own, of its own year, and one file never stands for two of them."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from certification.models import Call
from certification.paper_list import held, lines_of, not_filed, papers_from
from enterprises.attach import attach
from enterprises.models import Evidence
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.refusals import Refused
from tests.enterprises_papers import pdf
from tests.factories import make_enterprise, make_member


@pytest.fixture
def firm(house, private_root):
    return make_enterprise()


@pytest.fixture
def member(firm):
    return Principal.of_user(make_member(firm))


def call_for(text):
    return Call(year=clock.today().year, documents=papers_from(text))


def lay(firm, kind, mark, year=None, uploaded_at=None):
    return Evidence.objects.create(
        enterprise=firm, kind=kind, title=mark, year=year, original_name=f"{mark}.pdf", media_type="application/pdf",
        size=1, sha256=mark * 8, uploaded_at=uploaded_at or clock.now(),
    )  # fmt: skip


def test_two_years_of_the_same_report_are_two_lines():
    lines = lines_of(call_for("*2024年审计报告\n*2025年度审计报告"))
    assert [(line.kind, line.years) for line in lines] == [("audit", (2024,)), ("audit", (2025,))]
    assert len({line.key for line in lines}) == 2


def test_the_special_audit_of_research_is_not_the_audit():
    lines = lines_of(call_for("*审计报告\n*研发费用专项审计报告\n*审计意见附页"))
    assert [line.kind for line in lines][:2] == ["audit", "rd_audit"]
    assert len({line.key for line in lines}) == 3


@pytest.mark.parametrize(
    ("title", "back"),
    [("上年度审计报告", (1,)), ("上上年度审计报告", (2,)), ("近两年审计报告", (2, 1)), ("近3年审计报告", (3, 2, 1)),
     ("营业执照", ()), ("按〔2022〕63号要求的承诺书", ())],
)  # fmt: skip
def test_years_count_back_from_the_call(title, back):
    call = call_for(title)
    assert lines_of(call)[0].years == tuple(call.year - n for n in back)


def test_a_span_of_years_covers_every_one_of_them():
    assert lines_of(call_for("2023-2025年审计报告"))[0].years == (2023, 2024, 2025)


def test_one_report_does_not_stand_for_two_years(firm):
    call = call_for("*2024年审计报告\n*2025年审计报告")
    lay(firm, "audit", "nameless")
    paper = lay(firm, "audit", "of-2024-", year=2024)
    assert [files for _, files in held(call, firm.pk)] == [[paper], []]
    assert [line.title for line in not_filed(call, [{"kind": "audit", "year": 2024}])] == ["2025年审计报告"]


def test_a_file_without_a_year_counts_only_where_it_can_be_of_the_year(firm):
    call = call_for("*上年度审计报告")
    lay(firm, "audit", "long-ago", uploaded_at=clock.now() - timedelta(days=800))
    assert held(call, firm.pk)[0][1] == []
    paper = lay(firm, "audit", "new-here")
    assert held(call, firm.pk)[0][1] == [paper]


def test_a_line_of_several_years_takes_the_newest_file_of_each(firm):
    call = call_for("*近两年审计报告")
    year = call.year
    lay(firm, "audit", "too-old-", year=year - 3)
    lay(firm, "audit", "replaced", year=year - 1)
    kept = [lay(firm, "audit", "earlier-", year=year - 2), lay(firm, "audit", "later---", year=year - 1)]
    assert held(call, firm.pk)[0][1] == kept


def give(firm, member, content, year=None):
    return attach(firm, SimpleUploadedFile("审计报告.pdf", content), kind="audit", title="", actor=member, year=year)


def test_the_same_file_given_again_is_the_newest_again_and_takes_a_year_but_never_two(firm, member):
    one, other = pdf(), pdf(lambda made: made.add_blank_page())
    first = give(firm, member, one)
    give(firm, member, other)
    again = give(firm, member, one, year=2025)
    assert (again.pk, again.year) == (first.pk, 2025)
    assert held(call_for("*审计报告"), firm.pk)[0][1] == [first]
    with pytest.raises(Refused, match="已经作为2025年度的材料存过"):
        give(firm, member, one, year=2024)
