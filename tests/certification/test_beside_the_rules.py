"""Parts 四 to 六 of the form are asked above the first step, whatever the rules read; who judges by them sees them."""

import pytest

from certification import apply, library, papers, review
from certification.form import all_fields, steps_for
from certification.models import Application
from certification.renew import beside
from certification.verdicts import Ground
from certification.worksheet import worksheet
from enterprises import items
from enterprises.facts import facts_of
from enterprises.models import ManagementCertificate
from enterprises.report import report
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from portal.demo.cases import ANSWERS


@pytest.fixture
def house(db, world):
    with scoped(Principal.system("test")):
        yield Principal.system("test")


def who(username):
    return Principal.of_user(User.objects.get(username=username))


@pytest.fixture
def member(house):
    return who("qiye-wang")


@pytest.fixture
def draft(house):
    found = Application.objects.get(state="draft", enterprise__memberships__user__username="qiye-wang")
    assert found.rule_set_code == "T2-2026"
    return found


def save(draft, member, **answers):
    return apply.save(draft, answers, seen_version=draft.draft_version, actor=member)


def ready(draft, member, **more):
    return save(draft, member, **(ANSWERS | {"main_product": "精密轴承"} | more))


def fields_of(code):
    return all_fields(steps_for(library.published().rule_set(code)))


ASKED = {
    "market_share_national", "market_rank_national", "market_share_world", "market_share_before", "market_rank_before", "own_brand",
    "brand_trademark", "brand_revenue", "big_customers", "digital_level", "business_systems", "on_cloud", "certificates",
    "quality_awards", "standards_told", "green_titles", "rd_institutions", "awards", "intellectual_property", "financing",
}  # fmt: skip


def test_the_forms_of_2026_ask_what_their_rules_do_not_read(house):
    for code in ("T2-2026", "T3-2026"):
        asked = fields_of(code)
        assert set(asked) >= ASKED, code
        assert not [n for n in ASKED if asked[n].is_required], code
    assert not set(fields_of("T1-2022")) & (ASKED - {"intellectual_property", "awards"})


def test_no_question_is_asked_twice_in_one_form(house):
    for code in ("T1-2022", "T2-2022", "T2-2026", "T3-2022", "T3-2026", "T4-2023"):
        names = [f.name for step in steps_for(library.published().rule_set(code)) for f in step.fields]
        assert len(names) == len(set(names)), code


def test_whoever_judges_the_market_position_sees_share_rank_and_the_year_before_beside_it(draft, member, world):
    ready(
        draft, member, market_share_national="12.5", market_rank_national="4", market_share_before="11", market_rank_before="6"
    )  # fmt: skip
    filed = apply.submit(draft, actor=member)
    gates, parts = worksheet(draft, filed, {}, ["S5"])
    row = next(r for r in (*gates, *parts) if r.code == "S5")
    told = {claim.label: (claim.value, claim.before) for claim in row.claims}
    assert told["主导产品全国细分市场占有率"] == ("12.5 %", "11 %")
    assert told["主导产品全国细分市场占有率排名"] == ("4 名", "6 名")
    assert row.sources and not [label for label in told if "上上年度" in label]
    page = world.signed_in("dawukou").get(f"/desk/cases/{draft.public_id}/?at=S5").content.decode()
    assert "12.5 %" in page and "11 %" in page


def test_a_share_that_changed_asks_for_another_look_at_the_market_position(draft, member):
    ready(draft, member, market_share_national="12.5")
    old = apply.submit(draft, actor=member)
    review.return_for_correction(
        draft, [{"field": "market_share_national", "reason": "请写明口径"}], actor=who("dawukou")
    )
    assert Ground(draft).is_same("S5", old, old)
    save(draft, member, market_share_national="9")
    new = apply.submit(draft, actor=member)
    assert new.answers["market_share_national"] == "9" and not Ground(draft).is_same("S5", old, new)


def test_what_is_answered_becomes_a_fact_and_what_is_known_need_not_be_answered(draft, member, house):
    report(draft.enterprise, {"digital_level": "3"}, actor=member, on=clock.today())
    ready(draft, member, market_share_world="2.5")
    filed = apply.submit(draft, actor=member)
    assert filed.answers["market_share_world"] == "2.5" and "market_share_world" not in filed.facts
    assert filed.sources["market_share_world"] == "self"
    assert facts_of(draft.enterprise, clock.today())["market_share_world"].value == "2.5"
    level = fields_of("T2-2026")["digital_level"]
    assert papers.shown(level, filed) == {"2": "二级", "3": "三级", "4": "四级"}[filed.answers["digital_level"]]


def test_what_was_not_returned_stays_as_it_was_filed_and_is_shown_so(draft, member, world):
    report(draft.enterprise, {"market_share_national": "7"}, actor=member, on=clock.today())
    ready(draft, member)
    first = apply.submit(draft, actor=member)
    review.return_for_correction(draft, [{"field": "overview", "reason": "请写清楚"}], actor=who("dawukou"))
    report(draft.enterprise, {"market_share_national": "8"}, actor=member, on=clock.today())
    page = world.signed_in("qiye-wang").get(f"/my/applications/{draft.public_id}/refinement/").content.decode()
    assert 'name="market_share_national" value="7"' in page
    save(draft, member, overview="写清楚了")
    second = apply.submit(draft, actor=member)
    assert first.answers["market_share_national"] == second.answers["market_share_national"] == "7"
    assert (first.sources, first.conflicts, first.listed) == (second.sources, second.conflicts, second.listed)


def test_certificates_and_institutions_are_printed_one_by_one_though_no_rule_reads_them(draft, member):
    values = {"name": "质量管理体系认证", "number": "Q-1", "valid_until": None, "is_overseas_product": False}
    items.keep(draft.enterprise, "certificates", values, actor=member)
    ready(draft, member)
    filed = apply.submit(draft, actor=member)
    count = ManagementCertificate.objects.filter(enterprise=draft.enterprise).count()
    assert len(filed.listed["certificates"]) == count
    assert papers.shown(fields_of("T2-2026")["certificates"], filed) == f"{count} 项，逐条见后"
    assert "管理体系与产品认证" in {part["title"] for part in papers.listed_in(filed)}
    assert papers.application_form(draft, filed).startswith(b"%PDF")


def test_the_signer_reads_everything_that_is_filed(draft, member, world):
    report(
        draft.enterprise,
        {"market_share_national": "7.25", "export_revenue_y0": "123.4"},
        actor=member,
        on=clock.today(),
    )
    items.keep(draft.enterprise, "certificates", {"name": "能源管理体系认证", "number": "E-77"}, actor=member)
    page = world.signed_in("qiye-wang").get(f"/my/applications/{draft.public_id}/sign/").content.decode()
    assert "7.25" in page and "123.4" in page and "E-77" in page


def test_the_pages_ask_it_and_show_what_the_lists_hold(draft, member, world):
    items.keep(draft.enterprise, "certificates", {"name": "能源管理体系认证", "number": "E-77"}, actor=member)
    count = ManagementCertificate.objects.filter(enterprise=draft.enterprise).count()
    page = world.signed_in("qiye-wang").get(f"/my/applications/{draft.public_id}/refinement/").content.decode()
    for name in (
        "market_share_national",
        "market_share_before",
        "brand_trademark",
        "business_systems",
        "digital_level",
    ):
        assert f'name="{name}"' in page, name
    assert f"已登记 {count} 项" in page and "待确认" in page


def test_a_re_review_sees_no_difference_in_lists_that_did_not_change(house):
    again = Application.objects.filter(case_type="renewal", state="draft").first()
    _, steps = beside(again)
    assert not [
        line.name for step in steps for line in step.changed if line.name == "certificates" and line.before != "—"
    ]
