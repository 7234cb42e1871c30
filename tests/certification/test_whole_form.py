"""申请书 as the text has it: owners and listing, the figures of three years, every right one by one, the opinions, a checklist."""

from decimal import Decimal

import pytest

from certification import apply, form, library, papers, years
from certification.blind import HIDDEN
from certification.derived import derived
from certification.models import Application, Certificate, Opinion
from certification.names import names_of
from certification.permissions import CERTIFICATE
from enterprises.facts import facts_of
from enterprises.models import IntellectualProperty
from enterprises.report import report
from enterprises.words import cn
from enterprises.yearly import known_values
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from portal.demo.cases import ANSWERS

OWNERS = {
    "controlling_shareholder", "controlled_name", "group_similar_name", "listing", "listing_code", "listing_progress", "listing_place",
}  # fmt: skip


@pytest.fixture
def house(db, world):
    with scoped(Principal.system("test")):
        yield Principal.system("test")


def who(username):
    return Principal.of_user(User.objects.get(username=username))


@pytest.fixture
def draft(house):
    """A draft above the first step, of a firm whose person can sign in."""
    return Application.objects.filter(
        state="draft", tier="specialised", case_type="new", enterprise__memberships__user__username="qiye-wang"
    ).first() or pytest.fail("the demo has no such draft")


@pytest.fixture
def member(draft):
    return who("qiye-wang")


def names(code):
    return {f.name for step in form.steps_for(library.published().rule_set(code)) for f in step.fields}


def save(draft, member, **answers):
    return apply.save(draft, answers, seen_version=draft.draft_version, actor=member)


def test_owners_and_the_figures_of_three_years_are_asked_above_the_first_step_only(house):
    for code in ("T2-2022", "T2-2026", "T3-2022", "T3-2026", "T4-2023"):
        assert names(code) >= OWNERS | set(form.FIGURES), code
    first = names("T1-2022")
    assert not first & OWNERS and "main_cost_y2" not in first
    assert {"contact_email", "postcode", "registered_on"} <= first


COVER = {"registered_place", "legal_phone", "contact_fax", "main_product_revenue"}


def test_place_of_registration_telephones_and_the_product_s_income_are_asked_above_the_first_step_only(house):
    for code in ("T2-2022", "T2-2026", "T3-2022", "T3-2026", "T4-2023"):
        assert names(code) >= COVER, code
    assert not names("T1-2022") & COVER


def test_the_table_of_three_years_has_every_figure_that_the_text_names():
    asked = {"revenue", "main_revenue", "main_cost", "selling_expense", "admin_expense", "net_profit", "taxes_paid", "rd_expense",
             "total_assets", "total_liabilities", "valuation", "export_revenue", "bank_loan", "bank_credit", "employees", "rd_staff"}  # fmt: skip
    assert {name[:-3] for name in form.FIGURES} == asked


def test_what_is_known_at_second_hand_only_is_never_required_and_says_so(house, draft, member, world):
    fields = [f for step in apply.steps_of(draft) for f in step.fields if f.mark == "M"]
    assert fields and not [f.name for f in fields if f.is_required or f.is_fact]
    page = world.signed_in("qiye-wang").get(f"/my/applications/{draft.public_id}/specialisation/").content.decode()
    assert "待确认" in page and "没有与原件核对" in page


def test_what_follows_from_the_figures_is_printed_and_not_asked(draft, member, house):
    given = {
        "main_revenue_y0": "800", "main_cost_y0": "600", "total_assets_y0": "3000.5", "total_liabilities_y0": "1000",
        "revenue_y0": "1000", "main_product_revenue": "7,50.00",
    }  # fmt: skip
    save(draft, member, **(ANSWERS | {"main_product": "精密轴承"} | given))
    filed = apply.snapshot(draft, member)
    rows = {row[0]: row[1:] for row in years.three_years(filed, set(form.FIGURES), draft.judged_on)["rows"]}
    assert rows["主营业务毛利率"][0] == "25.00%" and rows["所有者权益（万元）"][0] == "2,000.5"
    assert derived("specialisation", draft, filed) == [("主导产品收入占营业收入", "75.00%")]
    ((label, size),) = derived("basic", draft, filed)
    assert "企业规模" in label and size in ("小型", "中型", "微型")
    draft.tier = "innovative"
    assert derived("basic", draft, filed) == []


def test_the_cover_names_the_day_of_the_last_recommendation(house):
    case = Application.objects.filter(state="province_review", opinions__conclusion="recommend").first()
    filed = case.submissions.order_by("-number").first()
    last = max(row.at for row in papers.recommendations(case, filed))
    assert papers.recommended_on(case, filed) == cn(last.astimezone())
    Opinion.objects.filter(application=case).update(conclusion="refuse")
    assert papers.recommended_on(case, filed) == ""


def test_what_the_data_sheet_knows_is_there_and_what_is_typed_becomes_a_figure_when_filed(draft, member, house):
    report(draft.enterprise, {"main_cost_y1": "1234.5"}, actor=house, on=clock.today())
    save(draft, member, **(ANSWERS | {"main_product": "精密轴承", "taxes_paid_y2": "66.6"}))
    filed = apply.snapshot(draft, member)
    assert filed.answers["main_cost_y1"] == "1234.5" and filed.answers["taxes_paid_y2"] == "66.6"
    apply.keep_facts(draft, member)
    assert years.figure(filed, "main_cost_y1") == Decimal("1234.5")
    assert apply.filing_of(draft).answers["taxes_paid_y2"] == "66.6"
    assert known_values(draft.enterprise, draft.judged_on)["taxes_paid_y2"] == "66.6"


def test_a_figure_that_is_no_number_is_told_at_its_field(draft, member):
    save(draft, member, **(ANSWERS | {"main_product": "精密轴承", "taxes_paid_y2": "六十六"}))
    assert [p.field for p in apply.problems_of(draft) if p.field == "taxes_paid_y2"] == ["taxes_paid_y2"]
    save(draft, member, taxes_paid_y2="一百二十万元整" * 20)
    (told,) = [p.message for p in apply.problems_of(draft) if p.field == "taxes_paid_y2"]
    assert told.endswith("…”") and len(told) < 50


def test_the_page_has_the_table_of_three_years(draft, member, world):
    page = world.signed_in("qiye-wang").get(f"/my/applications/{draft.public_id}/finance/").content.decode()
    for name in form.FIGURES:
        assert page.count(f'name="{name}"') == 1, name


def test_the_printed_table_has_the_filed_figures_and_their_ratios(draft, member, house):
    given = {
        "revenue_y0": "1200", "revenue_y1": "1000", "main_revenue_y0": "900", "main_revenue_y1": "800", "net_profit_y0": "-12",
        "total_assets_y0": "3000", "total_liabilities_y0": "1000",
    }  # fmt: skip
    save(draft, member, **(ANSWERS | {"main_product": "精密轴承"} | given))
    filed = apply.snapshot(draft, member)
    table = years.three_years(filed, set(form.FIGURES), draft.judged_on)
    year = draft.judged_on.year
    assert table["head"] == ["指标", f"{year - 1} 年", f"{year - 2} 年", f"{year - 3} 年"]
    rows = {row[0]: row[1:] for row in table["rows"]}
    assert rows["营业收入（万元）"][:2] == ["1,200", "1,000"]
    assert rows["主营业务收入增长率"][0] == "12.50%"
    assert rows["主营业务收入占比"][:2] == ["75.00%", "80.00%"]
    assert rows["净利润率"][0] == "-1.00%"
    assert rows["资产负债率"][0] == "33.33%"


def test_a_ratio_over_nothing_is_a_dash():
    assert years.ratio(Decimal(1), Decimal(0), "share") == "—"
    assert years.ratio(None, Decimal(3), "share") == "—"
    assert years.ratio(Decimal(5), Decimal(-4), "growth") == "—"


def test_rights_are_filed_one_by_one_and_stay_as_they_were_filed(draft, member, house):
    right = IntellectualProperty.objects.create(
        enterprise=draft.enterprise, kind="invention", title="一种轴承的装配方法", number="ZL202310000001.1", related=True, applied=True,
        acquired="self", source="self", seen_at=clock.now(),
    )  # fmt: skip
    save(draft, member, **(ANSWERS | {"main_product": "精密轴承"}))
    filed = apply.snapshot(draft, member)
    hash_before = apply.filing_of(draft).content_hash
    right.title = "另一个名称"
    right.save()
    printed = {row[0].split(". ", 1)[1]: row[1] for part in papers.listed_in(filed) for row in part["rows"]}
    assert "ZL202310000001.1" in printed["一种轴承的装配方法"]
    assert "另一个名称" not in printed
    assert apply.filing_of(draft).content_hash != hash_before


def test_the_printed_form_has_recommendations_and_no_refusal(house):
    case = Application.objects.filter(state="province_review", opinions__conclusion="recommend").first()
    filed = case.submissions.order_by("-number").first()
    told = papers.opinions_on(case, filed)
    assert told and all(row["office"] for row in told)
    Opinion.objects.filter(application=case).update(conclusion="refuse")
    assert papers.opinions_on(case, filed) == []


def test_what_an_owner_is_called_reaches_no_expert(draft, member):
    asked = {f.name for step in apply.steps_of(draft) for f in step.fields}
    assert {
        "controlling_shareholder",
        "contact_email",
        "listing_code",
        "controlled_name",
        "legal_phone",
        "contact_fax",
    } <= HIDDEN & asked
    save(
        draft,
        member,
        **(ANSWERS | {"main_product": "精密轴承", "controlling_shareholder": "贺兰示例控股", "controlled_name": "无"}),
    )
    filed = apply.snapshot(draft, member)
    assert "贺兰示例控股" in names_of(draft, filed) and "无" not in names_of(draft, filed)


def test_the_checklist_is_for_who_fills_in_and_only_while_it_can_be_filled_in(draft, member, world):
    own = world.signed_in("qiye-wang").get(f"/my/applications/{draft.public_id}/checklist.pdf")
    assert own.status_code == 200 and own.content.startswith(b"%PDF")
    assert world.signed_in("qiye-zhang").get(f"/my/applications/{draft.public_id}/checklist.pdf").status_code == 404
    filed = Application.objects.exclude(state__in=["draft", "returned"]).filter(
        enterprise__memberships__user__username="qiye-zhang"
    )
    assert filed.exists()
    assert world.signed_in("qiye-zhang").get(f"/my/applications/{filed[0].public_id}/checklist.pdf").status_code == 404


def test_the_revenue_of_the_data_sheet_is_the_revenue_of_the_table(draft, member):
    known = facts_of(draft.enterprise, clock.today())["revenue_y0"].value
    save(draft, member, **(ANSWERS | {"main_product": "精密轴承"}))
    assert years.figure(apply.snapshot(draft, member), "revenue_y0") == Decimal(known)


def test_a_certificate_says_across_it_what_became_of_the_title(house):
    running = Certificate.objects.filter(
        state="valid", valid_from__lte=clock.today(), valid_until__gte=clock.today()
    ).first()
    assert papers.ended(running) == ""
    for state in ("expired", "revoked", "absorbed"):
        over = Certificate(state=state, valid_from=running.valid_from, valid_until=running.valid_until)
        assert papers.ended(over) == CERTIFICATE.label(over).officer != ""
    late = Certificate(state="valid", valid_from=clock.today(), valid_until=clock.yesterday())
    assert papers.ended(late) == "有效期已满"
    for found in (running, Certificate.objects.exclude(state="valid").exclude(tier="little_giant").first()):
        assert papers.certificate(found).startswith(b"%PDF")
