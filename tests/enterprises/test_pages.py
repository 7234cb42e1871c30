"""The enterprise's pages as people open them: what is shown, what is kept, what a stranger gets."""

import re
from datetime import date

import pytest
from django.urls import reverse

from enterprises import items
from enterprises.models import Evidence, Figure, IntellectualProperty, Membership, Statement
from enterprises.report import report
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.audit.models import AuditEvent
from tests.factories import make_enterprise, make_member

YEAR = date.today().year - 1


@pytest.fixture
def firm(house):
    return make_enterprise(name="宁夏示例精密轴承有限公司")


@pytest.fixture
def owner(firm):
    return make_member(firm)


def body(response):
    return response.content.decode()


def page_of(response):
    """The page without its one-time token, which differs even between two equal pages."""
    return response.status_code, re.sub(r'(csrfmiddlewaretoken" value=")[^"]*', r"\1", body(response))


def full(firm, actor):
    report(
        firm,
        {
            "revenue_y0": "3260",
            "main_revenue_y0": "2934",
            "registered_in_prc": True,
            "segment_years": "6",
            "quality": ["own_brand"],
        },
        actor=actor,
        on=clock.today(),
    )
    for number in range(3):
        items.keep(
            firm,
            "intellectual_property",
            {"kind": "invention", "title": f"专利{number}", "granted_on": date(2024, 2, 29)},
            actor=actor,
        )
    items.keep(firm, "awards", {"title": "科技进步奖", "level": "provincial", "rank": 2}, actor=actor)
    items.keep(firm, "rd_institutions", {"name": "企业技术中心", "level": "provincial"}, actor=actor)


def test_the_sheet_shows_every_section_and_what_is_not_known(signed_in, firm, owner):
    page = body(signed_in(owner).get(reverse("enterprises:facts")))
    for words in (
        "三年经营数据",
        "基本条件",
        "创新能力",
        "还没有填，系统按“不清楚”处理",
        firm.credit_code,
        f"{YEAR} 年",
    ):
        assert words in page


def test_the_sheet_shows_values_shares_sources_and_conflicts(signed_in, firm, owner, house):
    full(firm, Principal.of_user(owner))
    report(firm, {"revenue_y0": "3200"}, actor=house, on=clock.today(), source="audited")
    page = body(signed_in(owner).get(reverse("enterprises:facts")))
    for words in ("3,200", "企业填报：3,260，未采用", "占营业收入 91.69%", "专利0", "授权 2024年2月29日", "省级，排名第 2", "没有认定文号", "来源不一致 1 项"):  # fmt: skip
        assert words in page


def test_the_sheet_asks_the_database_as_often_for_much_as_for_nothing(
    signed_in, firm, owner, django_assert_max_num_queries
):
    client = signed_in(owner)
    client.get(reverse("enterprises:facts"))
    with django_assert_max_num_queries(60) as empty:
        client.get(reverse("enterprises:facts"))
    full(firm, Principal.of_user(owner))
    with django_assert_max_num_queries(len(empty)):
        client.get(reverse("enterprises:facts"))


def test_saving_figures_writes_what_changed_and_warns_of_a_slip(signed_in, firm, owner):
    client = signed_in(owner)
    url = reverse("enterprises:figures")
    assert f"{YEAR}年营业收入（万元）" in body(client.get(url))
    answer = client.post(url, {"revenue_y1": "2,880", "revenue_y0": "32600000", "seen": "0-0"}, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("enterprises:facts")
    assert "已保存 2 项。" in body(answer)
    assert "像是把元填成了万元" in body(answer)
    assert sorted(Figure.objects.values_list("year", "fen")) == [(YEAR - 1, 2_880_000_000), (YEAR, 32_600_000_000_000)]


def test_an_impossible_figure_is_told_at_its_field_and_everything_typed_is_still_there(signed_in, firm, owner):
    answer = signed_in(owner).post(
        reverse("enterprises:figures"), {"revenue_y0": "100", "main_revenue_y0": "200", "net_profit_y0": "-7.5"}
    )
    page = body(answer)
    assert answer.status_code == 422
    assert 'href="#f-main_revenue_y0"' in page
    assert "上年度主营业务收入 200 大于上年度营业收入 100" in page
    assert 'value="-7.5"' in page
    assert Figure.objects.count() == 0


def test_a_column_that_rests_on_an_audit_report_is_marked_so(signed_in, firm, owner):
    paper = Evidence.objects.create(
        enterprise=firm, kind="audit", title="审计报告", year=YEAR, original_name="a.pdf",
        media_type="application/pdf", size=1, sha256="0" * 64, uploaded_at=clock.now(),
    )  # fmt: skip
    data = {"revenue_y0": "100", "revenue_y1": "90", f"paper_{YEAR}": paper.public_id}
    signed_in(owner).post(reverse("enterprises:figures"), data)
    assert sorted(Figure.objects.values_list("year", "source", "evidence_id")) == [
        (YEAR - 1, "self", None),
        (YEAR, "audited", paper.pk),
    ]


def test_a_colleague_s_newer_figure_is_shown_and_not_overwritten_unseen(signed_in, firm, owner):
    client = signed_in(owner)
    seen = client.get(reverse("enterprises:figures")).context["seen"]
    colleague = Principal.of_user(make_member(firm, role="editor"))
    report(firm, {"revenue_y0": "200"}, actor=colleague, on=clock.today())
    answer = client.post(reverse("enterprises:figures"), {"revenue_y0": "100", "seen": seen})
    assert answer.status_code == 422
    assert f"上年度营业收入：{colleague.name}刚改为“200 万元”，您填的是“100 万元”" in body(answer)
    again = client.post(reverse("enterprises:figures"), {"revenue_y0": "100", "seen": answer.context["seen"]})
    assert again.status_code == 302
    assert [f.fen for f in Figure.objects.order_by("id")] == [200_000_000, 100_000_000]


@pytest.mark.parametrize(
    ("code", "data", "stored"),
    [
        ("identity", {"registered_in_prc": "yes", "on_abnormal_list": "no", "size_sector": "industry"},
         [("on_abnormal_list", False), ("registered_in_prc", True), ("size_sector", "industry")]),
        ("refinement", {"quality": ["own_brand", "standards"]}, [("quality", ["own_brand", "standards"])]),
        ("refinement", {"quality": ["-"]}, [("quality", [])]),
        ("champion", {"new_product": "no"}, [("new_product", False)]),
    ],
)  # fmt: skip
def test_answers_of_a_section_are_kept_and_silence_is_not_an_answer(signed_in, firm, owner, code, data, stored):
    answer = signed_in(owner).post(reverse("enterprises:facts_section", args=[code]), data)
    assert answer.status_code == 302
    assert sorted(Statement.objects.values_list("name", "value")) == stored


def test_numbers_and_choices_of_a_section_come_back_into_the_form(signed_in, firm, owner):
    client = signed_in(owner)
    url = reverse("enterprises:facts_section", args=["refinement"])
    client.post(url, {"digital_level": "2", "core_business_systems": "3", "own_brand": "yes"})
    page = body(client.get(url))
    assert '<option value="2" selected>二级</option>' in page
    assert 'name="core_business_systems" value="3"' in page
    client.post(url, {"digital_level": "2", "core_business_systems": "3", "own_brand": ""})
    assert list(Statement.objects.values_list("value", flat=True).order_by("id")) == [True, None]


def test_a_right_is_added_changed_and_removed(signed_in, firm, owner):
    client = signed_in(owner)
    add = reverse("enterprises:item_add", args=["intellectual_property"])
    data = {"kind": "invention", "title": "一种碳基材料", "granted_on": "2024-02-29", "related": "true", "is_implemented": "true", "product_income": "320.5"}  # fmt: skip
    assert client.post(add, data).status_code == 302
    right = IntellectualProperty.objects.get()
    assert (right.related, right.applied, right.high_value, right.product_income_fen) == (True, None, None, 320_500_000)
    url = reverse("enterprises:item", args=["intellectual_property", right.public_id])
    assert 'value="320.5"' in body(client.get(url))
    wrong = client.post(url, data | {"acquired": "transferred"})
    assert wrong.status_code == 422
    assert "受让取得的要填受让日" in body(wrong)
    assert client.post(url, data | {"title": "改名", "high_value": ["-"]}).status_code == 302
    right.refresh_from_db()
    assert (right.title, right.high_value) == ("改名", [])
    client.post(reverse("enterprises:item_remove", args=["intellectual_property", right.public_id]))
    assert IntellectualProperty.objects.count() == 0


@pytest.mark.parametrize(
    ("code", "data"),
    [
        ("awards", {"title": "科技进步奖", "level": "national", "rank": "2", "certified_on": "2025-01-31"}),
        ("maker_contest", {"listing": "top50", "announced_on": "2025-01-31"}),
        ("honours", {"name": "high_tech_enterprise", "valid_until": "2027-01-31"}),
        ("financing", {"investor": "示例创投", "amount": "800", "paid_on": "2025-01-31", "is_qualified": "on"}),
        (
            "rd_institutions",
            {"name": "企业技术中心", "level": "provincial", "document_number": "宁工信〔2025〕1号（虚构）"},
        ),
        ("certificates", {"name": "质量管理体系认证", "valid_until": "2027-01-31"}),
    ],
)
def test_every_list_can_be_kept_and_declared_empty(signed_in, firm, owner, code, data):
    client = signed_in(owner)
    assert items.LISTINGS[code].none in body(client.get(reverse("enterprises:facts")))
    client.post(reverse("enterprises:items_none", args=[code]), {"none": "yes"})
    assert items.none_of(firm) == {code}
    assert client.post(reverse("enterprises:item_add", args=[code]), data).status_code == 302
    assert items.LISTINGS[code].model.objects.filter(enterprise=firm).count() == 1
    assert client.get(reverse("enterprises:facts")).status_code == 200


def test_the_profile_is_kept_and_a_wrong_class_of_industry_is_refused(signed_in, firm, owner):
    client = signed_in(owner)
    url = reverse("enterprises:profile")
    wrong = client.post(url, {"industry_division": "34", "industry_class": "3561"})
    assert wrong.status_code == 422
    assert "小类不属于所填的大类" in body(wrong)
    assert (
        client.post(
            url, {"industry_division": "34", "industry_class": "3451", "registered_capital": "1200"}
        ).status_code
        == 302
    )
    firm.refresh_from_db()
    assert (firm.industry_class, firm.registered_capital_fen, firm.version) == ("3451", 1_200_000_000, 2)


def test_an_unverified_person_is_told_what_to_do_next(signed_in, firm):
    page = body(signed_in(make_member(firm, state="pending")).get(reverse("enterprises:facts")))
    assert "还没有核实您可以代表这家企业" in page
    assert reverse("enterprises:link") in page


def test_a_viewer_sees_the_sheet_and_finds_no_form(signed_in, firm):
    client = signed_in(make_member(firm, role="viewer"))
    page = body(client.get(reverse("enterprises:facts")))
    assert "填写或更正" not in page
    for name, args in (
        ("figures", []),
        ("profile", []),
        ("facts_section", ["identity"]),
        ("item_add", ["awards"]),
        ("import", []),
    ):
        assert client.get(reverse(f"enterprises:{name}", args=args)).status_code == 404


def test_an_office_sees_the_sheets_of_its_reach_and_the_look_is_recorded(signed_in, firm, county, other_county):
    url = reverse("enterprises:enterprise", args=[firm.public_id])
    assert firm.credit_code in body(signed_in(county).get(url))
    event = AuditEvent.objects.get(act="enterprise.view")
    assert (event.actor_name, event.enterprise_id, event.audience) == ("county", firm.pk, "applicant")
    foreign = signed_in(other_county).get(url)
    missing = signed_in(other_county).get(reverse("enterprises:enterprise", args=["0" * 16]))
    assert foreign.status_code == 404
    assert page_of(foreign) == page_of(missing)


def test_a_foreign_thing_answers_like_a_missing_one(signed_in, firm, owner):
    other = make_enterprise("64/ND")
    other_owner = make_member(other)
    right = items.keep(other, "awards", {"title": "奖", "level": "provincial"}, actor=Principal.of_user(other_owner))
    theirs = Membership.objects.get(user=other_owner)
    client = signed_in(owner)
    for name, args, missing in (
        ("item", ["awards", right.public_id], ["awards", "0" * 16]),
        ("link_letter", [theirs.public_id], ["0" * 16]),
        ("link_platform", [theirs.public_id], ["0" * 16]),
    ):
        foreign = client.get(reverse(f"enterprises:{name}", args=args))
        absent = client.get(reverse(f"enterprises:{name}", args=missing))
        assert foreign.status_code == 404
        assert page_of(foreign) == page_of(absent)
    for url in (
        reverse("enterprises:colleague", args=[theirs.public_id]),
        reverse("enterprises:item_remove", args=["awards", right.public_id]),
    ):
        assert client.post(url, {"act": "end"}).status_code == 404


def test_a_stranger_of_the_wrong_kind_gets_no_page(signed_in, client, firm, county):
    official = signed_in(county)
    for name in ("facts", "figures", "papers", "colleagues", "link", "import"):
        assert official.get(reverse(f"enterprises:{name}")).status_code == 404
    client.logout()
    answer = client.get(reverse("enterprises:facts"))
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/?next=/my/facts/")
