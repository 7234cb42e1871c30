"""Rights, awards, payments one by one: what they add up to, and what silence means."""

from datetime import date, timedelta

import pytest

from enterprises import items
from enterprises.facts import facts_of, values
from enterprises.models import IntellectualProperty, RdInstitution
from enterprises.report import report
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.audit.models import AuditEvent
from foundation.refusals import Missing, Refused
from tests.factories import make_enterprise, make_member

ON = date(2026, 7, 10)


@pytest.fixture
def firm(house):
    return make_enterprise()


@pytest.fixture
def member(firm):
    return Principal.of_user(make_member(firm))


def paid(member, firm, amount, on, share="10", qualified=True):
    return items.keep(
        firm, "financing",
        {"investor": "示例创投", "amount_fen": amount * 1_000_000, "paid_on": on, "share_sold": share, "is_qualified": qualified},
        actor=member,
    )  # fmt: skip


def test_silence_is_unknown_and_only_a_statement_makes_it_none(firm, member):
    assert facts_of(firm, ON) == {}
    for code in items.LISTINGS:
        items.declare_none(firm, code, actor=member)
    assert values(facts_of(firm, ON)) == {
        "intellectual_property": [],
        "awards": [],
        "maker_contest": [],
        "honours": [],
        "equity_financing_2y": "0",
        "equity_financing_3y": "0",
        "has_rd_institution": False,
        "rd_institution_level": "none",
        "approved_provincial_rd_institution": False,
        "management_certificate": False,
        "overseas_product_certificate": False,
    }
    items.declare_none(firm, "awards", actor=member, none=False)
    assert "awards" not in facts_of(firm, ON)


def test_financing_counts_from_the_day_backwards_only_qualified_and_at_most_thirty_percent(firm, member):
    paid(member, firm, 100, date(2024, 7, 10))
    paid(member, firm, 20, date(2024, 7, 9))
    paid(member, firm, 3, date(2023, 7, 9))
    paid(member, firm, 1000, date(2026, 1, 1), share="30.01")
    paid(member, firm, 5000, date(2026, 1, 1), qualified=False)
    assert values(facts_of(firm, ON)) == {"equity_financing_2y": "100", "equity_financing_3y": "120"}
    assert values(facts_of(firm, date(2026, 7, 9)))["equity_financing_2y"] == "120"


def test_listed_payments_win_over_a_stated_sum(firm, member):
    report(firm, {"equity_financing_2y": "9000"}, actor=member, on=ON)
    assert values(facts_of(firm, ON)) == {"equity_financing_2y": "9000"}
    assert values(facts_of(firm, date(2027, 7, 10))) == {}
    paid(member, firm, 100, date(2026, 1, 1))
    assert facts_of(firm, ON)["equity_financing_2y"].value == "100"


def test_an_institution_is_approved_only_with_its_document(firm, member):
    items.keep(
        firm, "rd_institutions", {"name": "企业技术中心", "level": "provincial", "document_number": ""}, actor=member
    )
    items.keep(
        firm,
        "rd_institutions",
        {"name": "工程中心", "level": "city", "document_number": "市发改〔2023〕5号"},
        actor=member,
    )
    assert values(facts_of(firm, ON)) == {
        "has_rd_institution": True,
        "rd_institution_level": "provincial",
        "approved_provincial_rd_institution": False,
    }
    RdInstitution.objects.filter(level="provincial").update(document_number="宁发改〔2022〕8号")
    assert facts_of(firm, ON)["approved_provincial_rd_institution"].value is True


def test_a_certificate_counts_to_its_last_day(firm, member):
    items.keep(firm, "certificates", {"name": "质量管理体系", "valid_until": ON}, actor=member)
    assert values(facts_of(firm, ON)) == {"management_certificate": True}
    assert values(facts_of(firm, date(2026, 7, 11))) == {}


def test_what_is_not_known_of_a_right_is_left_out(firm, member):
    items.keep(
        firm, "intellectual_property", {"kind": "invention", "title": "一种碳基材料", "granted_on": ON}, actor=member
    )
    assert values(facts_of(firm, ON)) == {"intellectual_property": [{"kind": "invention", "granted_on": "2026-07-10"}]}


@pytest.mark.parametrize(
    ("more", "field", "said"),
    [
        ({"granted_on": date(2099, 1, 1)}, "granted_on", "授权日不会晚于今天"),
        ({"applied_on": date(2024, 2, 2), "granted_on": date(2024, 2, 1)}, "granted_on", "授权日早于申请日"),
        ({"acquired": "transferred"}, "transferred_on", "受让取得的要填受让日"),
        ({"acquired": "self", "transferred_on": date(2024, 2, 1)}, "transferred_on", "原始取得的不填受让日"),
        ({"is_implemented": False, "product_income_fen": 1}, "is_implemented", "没有实施就不会有产业化收入"),
    ],
)
def test_an_impossible_right_is_refused_at_its_field(firm, member, more, field, said):
    with pytest.raises(Refused) as refusal:
        items.keep(firm, "intellectual_property", {"kind": "invention", "title": "甲", **more}, actor=member)
    assert [(p.field, p.message) for p in refusal.value.problems] == [(field, said)]
    assert IntellectualProperty.objects.count() == 0


def test_changing_and_removing_leave_a_record(firm, member):
    right = items.keep(firm, "intellectual_property", {"kind": "invention", "title": "甲"}, actor=member)
    items.keep(firm, "intellectual_property", {"title": "乙"}, actor=member, public_id=right.public_id)
    items.remove(firm, "intellectual_property", right.public_id, actor=member)
    assert [e.sentence for e in AuditEvent.objects.order_by("id")] == [
        f"{member.name}新增了知识产权：甲",
        f"{member.name}修改了知识产权：乙",
        f"{member.name}删除了知识产权：乙",
    ]
    assert IntellectualProperty.objects.count() == 0


def test_what_the_government_said_is_not_the_enterprise_s_to_change(firm, member):
    right = items.keep(firm, "intellectual_property", {"kind": "invention", "title": "甲"}, actor=member)
    IntellectualProperty.objects.update(source="government")
    with pytest.raises(Missing):
        items.keep(firm, "intellectual_property", {"title": "乙"}, actor=member, public_id=right.public_id)
    with pytest.raises(Missing):
        items.remove(firm, "intellectual_property", right.public_id, actor=member)


def test_a_foreign_item_is_as_missing_as_none(firm, member):
    other = make_enterprise("64/ND")
    theirs = items.keep(
        other, "awards", {"title": "奖", "level": "provincial"}, actor=Principal.of_user(make_member(other))
    )
    for public_id in (theirs.public_id, "0" * 16):
        with pytest.raises(Missing):
            items.keep(firm, "awards", {"title": "我的"}, actor=member, public_id=public_id)
    with pytest.raises(Missing):
        items.keep(other, "awards", {"title": "我的"}, actor=member)


def test_a_list_given_by_a_form_keeps_the_rows_that_already_say_so(firm, member):
    items.keep(
        firm, "intellectual_property", {"kind": "invention", "title": "一种碳基材料", "related": True}, actor=member
    )
    items.keep(firm, "intellectual_property", {"kind": "design", "title": "外壳"}, actor=member)
    given = [{"kind": "invention", "related": True}, {"kind": "utility_model", "granted_on": "2024-01-31"}]
    assert report(firm, {"intellectual_property": given}, actor=member, on=ON) == ["intellectual_property"]
    assert sorted(IntellectualProperty.objects.values_list("kind", "title")) == [
        ("invention", "一种碳基材料"),
        ("utility_model", "实用新型专利"),
    ]
    assert report(firm, {"intellectual_property": given}, actor=member, on=ON) == []


def test_an_empty_list_given_by_a_form_is_known_to_be_empty(firm, member):
    report(firm, {"awards": []}, actor=member, on=ON)
    assert values(facts_of(firm, ON)) == {"awards": []}
    assert report(firm, {"awards": []}, actor=member, on=ON) == []


DATED = [(code, name) for code, listing in items.LISTINGS.items() for name in listing.dates]


@pytest.mark.parametrize(("code", "name"), DATED)
def test_no_certificate_is_dated_after_today(firm, member, code, name):
    today = clock.today()
    listing = items.LISTINGS[code]
    assert [p.field for p in items.problems(listing, {name: today + timedelta(days=1)})] == [name]
    assert items.problems(listing, {name: today}) == []


def test_a_right_granted_on_the_day_it_was_applied_for_is_possible(firm, member):
    values = {"kind": "software_copyright", "title": "软件", "applied_on": ON, "granted_on": ON}
    assert items.keep(firm, "intellectual_property", values, actor=member).granted_on == ON


def test_a_mistake_in_a_change_leaves_what_was_there(firm, member):
    right = items.keep(firm, "intellectual_property", {"kind": "invention", "title": "甲"}, actor=member)
    bad = {"title": "乙", "granted_on": date(2099, 1, 1)}
    with pytest.raises(Refused):
        items.keep(firm, "intellectual_property", bad, actor=member, public_id=right.public_id)
    right.refresh_from_db()
    assert (right.title, right.granted_on, AuditEvent.objects.count()) == ("甲", None, 1)


@pytest.mark.parametrize("code", items.LISTINGS)
def test_a_stranger_a_viewer_an_official_and_a_foreign_owner_touch_no_list(firm, member, stranger, county, code):
    people = [stranger, county, make_member(firm, role="viewer"), make_member(make_enterprise())]
    people += [make_member(firm, state="refused"), make_member(firm, state="ended")]
    for user in people:
        actor = Principal.of_user(user)
        for act in (
            lambda actor=actor: items.keep(firm, code, {}, actor=actor),
            lambda actor=actor: items.remove(firm, code, "0" * 16, actor=actor),
            lambda actor=actor: items.declare_none(firm, code, actor=actor),
        ):
            with pytest.raises(Missing):
                act()
    assert (items.none_of(firm), items.LISTINGS[code].model.objects.count()) == (set(), 0)
    items.declare_none(firm, code, actor=member)
    assert items.none_of(firm) == {code}


def test_a_list_that_does_not_exist_is_missing(firm, member):
    for act in (
        lambda: items.keep(firm, "yachts", {}, actor=member),
        lambda: items.remove(firm, "yachts", "0" * 16, actor=member),
        lambda: items.declare_none(firm, "yachts", actor=member),
    ):
        with pytest.raises(Missing):
            act()


def test_saying_none_twice_is_said_once_and_a_thing_wins_over_it(firm, member):
    for _ in range(2):
        items.declare_none(firm, "awards", actor=member)
    assert AuditEvent.objects.filter(act="enterprise.facts").count() == 1
    assert values(facts_of(firm, ON))["awards"] == []
    items.keep(firm, "awards", {"title": "奖", "level": "provincial", "rank": 1}, actor=member)
    assert [award["level"] for award in values(facts_of(firm, ON))["awards"]] == ["provincial"]


def test_one_list_said_to_be_empty_says_nothing_about_the_others(firm, member):
    items.declare_none(firm, "awards", actor=member)
    items.declare_none(firm, "honours", actor=member)
    items.declare_none(firm, "awards", actor=member, none=False)
    assert items.none_of(firm) == {"honours"}
    assert items.none_of(make_enterprise()) == set()
