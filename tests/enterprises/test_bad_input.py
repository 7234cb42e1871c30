"""What bad input gets on the enterprise's pages: a Chinese sentence at the field, or a 404; and nothing is lost."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from enterprises import items
from enterprises.models import Evidence, Figure, IntellectualProperty, Membership, Statement
from enterprises.report import report
from enterprises.sections import sections
from enterprises.vocabulary import vocabulary
from foundation import clock
from foundation.accounts.principal import Principal
from tests.assertions import assert_same_answer, assert_told_at
from tests.factories import make_enterprise, make_member

YEAR = clock.today().year - 1
TOMORROW = (clock.today() + timedelta(days=1)).isoformat()
RIGHT = {"kind": "invention", "title": "一种碳基材料", "number": "ZL202310000000.0", "granted_on": "2024-02-29"}


@pytest.fixture
def firm(house):
    return make_enterprise()


@pytest.fixture
def member(firm):
    return make_member(firm)


@pytest.fixture
def theirs(house):
    """Another enterprise with one thing of every kind."""
    firm = make_enterprise("64/ND")
    owner = make_member(firm)
    paper = make_paper(firm)
    right = items.keep(
        firm, "intellectual_property", {"kind": "design", "title": "外壳"}, actor=Principal.of_user(owner)
    )
    waiting = make_member(firm, state="pending")
    return {"firm": firm, "owner": owner, "paper": paper, "right": right, "link": Membership.objects.get(user=waiting)}


def make_paper(firm, serial=0):
    return Evidence.objects.create(
        enterprise=firm, kind="audit", title=f"审计报告{serial}", year=YEAR, original_name="a.pdf",
        media_type="application/pdf", size=1, sha256=f"{serial:064d}", uploaded_at=clock.now(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ({"granted_on": TOMORROW}, ["granted_on"]),
        ({"granted_on": "2024-02-30"}, ["granted_on"]),
        ({"granted_on": "去年"}, ["granted_on"]),
        ({"applied_on": "2024-03-01"}, ["granted_on"]),
        ({"title": ""}, ["title"]),
        ({"title": "长" * 500}, ["title"]),
        ({"kind": "perpetuum_mobile"}, ["kind"]),
        ({"acquired": "transferred"}, ["transferred_on"]),
        ({"acquired": "self", "transferred_on": "2024-03-01"}, ["transferred_on"]),
        ({"is_implemented": "false", "product_income": "1"}, ["is_implemented"]),
        ({"product_income": "-1"}, ["product_income"]),
        ({"product_income": "1e5x"}, ["product_income"]),
        ({"product_income": "NaN"}, ["product_income"]),
        ({"holder_rank": "-1"}, ["holder_rank"]),
        ({"holder_rank": "99999999"}, ["holder_rank"]),
        ({"high_value": ["invented"]}, ["high_value"]),
        ({"title": "甲\0乙"}, ["title"]),
    ],
)
def test_a_right_that_cannot_be_is_told_at_its_field_and_nothing_typed_is_lost(firm, member, signed_in, typed, fields):
    url = reverse("enterprises:item_add", args=["intellectual_property"])
    page = assert_told_at(signed_in(member).post(url, RIGHT | typed), *fields)
    for name in {"title", "number"} - set(typed):
        assert f'value="{RIGHT[name]}"' in page
    for name in ("granted_on", "product_income"):
        assert name not in typed or f'value="{typed[name]}"' in page
    assert IntellectualProperty.objects.count() == 0


@pytest.mark.parametrize(
    ("code", "data", "fields"),
    [
        ("awards", {"title": "奖", "level": "provincial", "certified_on": TOMORROW}, ["certified_on"]),
        ("awards", {"title": "奖", "level": "galactic"}, ["level"]),
        ("awards", {"title": "奖", "level": "provincial", "rank": "0.5"}, ["rank"]),
        ("maker_contest", {"listing": "top50", "announced_on": TOMORROW}, ["announced_on"]),
        ("honours", {"name": "emperor"}, ["name"]),
        ("financing", {"investor": "示例创投", "amount": "", "paid_on": "2025-01-31"}, ["amount"]),
        ("financing", {"investor": "示例创投", "amount": "-1", "paid_on": "2025-01-31"}, ["amount"]),
        ("financing", {"investor": "示例创投", "amount": "8", "paid_on": TOMORROW}, ["paid_on"]),
        ("financing", {"investor": "创投", "amount": "8", "paid_on": "2025-01-31", "share_sold": "100.1"}, ["share_sold"]),
        ("rd_institutions", {"name": "企业技术中心", "level": "none"}, ["level"]),
        ("rd_institutions", {"name": "中心", "level": "city", "approved_on": TOMORROW}, ["approved_on"]),
        ("certificates", {"name": "", "valid_until": "2027-01-31"}, ["name"]),
    ],
)  # fmt: skip
def test_a_thing_that_cannot_be_is_told_at_its_field(firm, member, signed_in, code, data, fields):
    assert_told_at(signed_in(member).post(reverse("enterprises:item_add", args=[code]), data), *fields)
    assert items.LISTINGS[code].model.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"market_share_national": "101"}, "market_share_national"),
        ({"market_share_national": "很高"}, "market_share_national"),
        ({"digital_level": "9"}, "digital_level"),
        ({"quality": ["own_brand", "magic"]}, "quality"),
        ({"own_brand": "maybe"}, "own_brand"),
        ({"core_business_systems": "1.5"}, "core_business_systems"),
        ({"segment_years": "-1"}, "segment_years"),
    ],
)
def test_an_answer_that_cannot_be_is_told_at_its_field_and_the_others_stay(firm, member, signed_in, typed, field):
    section = next(section for section in sections() if field in section.facts)
    asked = {name: vocabulary().facts[name] for name in section.facts if name != field}
    other = next(name for name, fact in asked.items() if fact.type in ("bool", "decimal", "int") and not fact.of)
    value = "no" if asked[other].type == "bool" else "5"
    url = reverse("enterprises:facts_section", args=[section.code])
    page = assert_told_at(signed_in(member).post(url, {other: value} | typed), field)
    assert re.search(rf'name="{other}" value="{value}"{" [^>]*checked" if value == "no" else ""}', page)
    assert (Statement.objects.count(), Figure.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"established_on": TOMORROW}, "established_on"),
        ({"industry_division": "3A"}, "industry_division"),
        ({"industry_class": "345"}, "industry_class"),
        ({"industry_division": "34", "industry_class": "3561"}, "industry_class"),
        ({"contact_email": "zhang"}, "contact_email"),
        ({"registered_capital": "-1"}, "registered_capital"),
        ({"main_product": "长" * 500}, "main_product"),
    ],
)
def test_a_profile_that_cannot_be_is_told_at_its_field_and_the_rest_is_still_there(
    firm, member, signed_in, typed, field
):
    url, other = reverse("enterprises:profile"), {"legal_representative": "王五", "address": "示例路1号"}
    page = assert_told_at(signed_in(member).post(url, other | typed), field)
    assert 'value="王五"' in page
    assert 'value="示例路1号"' in page
    firm.refresh_from_db()
    assert (firm.legal_representative, firm.version) == ("", 1)


def test_a_code_or_a_name_cannot_be_changed_by_sending_it_along(firm, member, signed_in):
    data = {"credit_code": "91640104MA00000000", "name": "别人的名称", "region_path": "64/ND", "address": "示例路1号"}
    assert signed_in(member).post(reverse("enterprises:profile"), data).status_code == 302
    before = (firm.credit_code, firm.name, firm.region_path)
    firm.refresh_from_db()
    assert (firm.credit_code, firm.name, firm.region_path, firm.address) == (*before, "示例路1号")


def test_another_enterprise_s_paper_cannot_be_chosen_for_one_s_own_things(firm, member, signed_in, theirs):
    client, ours = signed_in(member), make_paper(firm, 1)
    add = reverse("enterprises:item_add", args=["intellectual_property"])
    for code in (theirs["paper"].public_id, "0" * 16, str(theirs["paper"].pk)):
        page = assert_told_at(client.post(add, RIGHT | {"evidence": code}), "evidence")
        assert f'value="{RIGHT["title"]}"' in page
        assert theirs["paper"].title not in page
    assert client.post(add, RIGHT | {"evidence": ours.public_id}).status_code == 302
    assert IntellectualProperty.objects.get(enterprise=firm).evidence_id == ours.pk


def test_another_enterprise_s_audit_report_cannot_carry_one_s_own_figures(firm, member, signed_in, theirs):
    client, url, ours = signed_in(member), reverse("enterprises:figures"), make_paper(firm, 1)
    for code in (theirs["paper"].public_id, "0" * 16):
        page = assert_told_at(client.post(url, {"revenue_y0": "100", f"paper_{YEAR}": code}), f"paper_{YEAR}")
        assert 'value="100"' in page
    assert Figure.objects.count() == 0
    client.post(url, {"revenue_y0": "100", f"paper_{YEAR}": ours.public_id})
    assert Figure.objects.get(source="audited").evidence_id == ours.pk


def test_every_address_with_somebody_else_s_number_answers_like_one_with_nobody_s(firm, member, signed_in, theirs):
    """For each address: a member of another enterprise, somebody without access, and an office out of reach."""
    addresses = [
        ("evidence", [], theirs["paper"].public_id),
        ("item", ["intellectual_property"], theirs["right"].public_id),
        ("item_remove", ["intellectual_property"], theirs["right"].public_id),
        ("colleague", [], theirs["link"].public_id),
        ("link_platform", [], theirs["link"].public_id),
        ("link_letter", [], theirs["link"].public_id),
        ("link_request", [], theirs["link"].public_id),
        ("enterprise", [], theirs["firm"].public_id),
    ]
    client = signed_in(member)
    for name, before, code in addresses:
        foreign = reverse(f"enterprises:{name}", args=[*before, code])
        missing = reverse(f"enterprises:{name}", args=[*before, "0" * 16])
        data = RIGHT | {"act": "end", "role": "viewer", "consent": "on"}
        if name not in ("item_remove", "colleague"):
            assert_same_answer(client.get(foreign), client.get(missing))
        if name not in ("evidence", "enterprise"):
            assert_same_answer(client.post(foreign, data), client.post(missing, data))
    theirs["right"].refresh_from_db()
    theirs["link"].refresh_from_db()
    assert (theirs["right"].title, theirs["link"].state) == ("外壳", "pending")


def test_the_owner_of_those_numbers_finds_something_behind_each(signed_in, theirs, private_root):
    """The test above means something only while the same addresses open for whom they belong to."""
    client = signed_in(theirs["owner"])
    assert (
        client.get(reverse("enterprises:item", args=["intellectual_property", theirs["right"].public_id])).status_code
        == 200
    )
    assert client.get(reverse("enterprises:evidence", args=[theirs["paper"].public_id])).status_code == 503
    url = reverse("enterprises:colleague", args=[theirs["link"].public_id])
    assert client.post(url, {"act": "end"}).status_code == 302
    theirs["link"].refresh_from_db()
    assert theirs["link"].state == "ended"


@pytest.mark.parametrize("path", ["/my/facts/lists/nothing/add/", "/my/facts/nothing/", "/my/facts/lists/awards/1/"])
def test_a_list_or_a_section_that_does_not_exist_is_missing(firm, member, signed_in, path):
    assert signed_in(member).get(path).status_code == 404


def test_a_figure_of_another_year_or_name_sent_along_is_not_written(firm, member, signed_in):
    """The page asks for thirty figures; whatever else is sent is no question of it."""
    data = {"revenue_y0": "100", "revenue_y9": "1", "development_score_y0": "99", "source": "government"}
    assert signed_in(member).post(reverse("enterprises:figures"), data).status_code == 302
    assert list(Figure.objects.values_list("name", "source")) == [("revenue", "self")]


def test_no_get_writes_anything(firm, member, signed_in):
    client = signed_in(member)
    report(firm, {"revenue_y0": "1"}, actor=Principal.of_user(member), on=clock.today())
    for name, args in (("figures", []), ("profile", []), ("facts_section", ["refinement"]), ("item_add", ["awards"])):
        client.get(reverse(f"enterprises:{name}", args=args), {"revenue_y0": "2", "address": "x", "title": "x"})
    for name, args in (("items_none", ["awards"]), ("item_remove", ["awards", "0" * 16]), ("colleague", ["0" * 16])):
        assert client.get(reverse(f"enterprises:{name}", args=args)).status_code == 405
    firm.refresh_from_db()
    assert (Figure.objects.get().fen, firm.address, Statement.objects.count()) == (1_000_000, "", 0)


def test_whoever_acts_for_two_enterprises_keeps_their_things_apart(firm, member, signed_in, theirs):
    """Sight covers both, so only the page's own question keeps one's rights and papers from the other's."""
    Membership.objects.create(
        user=member, enterprise=theirs["firm"], region_path="64/ND", enterprise_name=theirs["firm"].name,
        state="verified", requested_at=clock.now(),
    )  # fmt: skip
    client = signed_in(member)
    assert firm.pk < theirs["firm"].pk
    add = reverse("enterprises:item_add", args=["intellectual_property"])
    assert_told_at(client.post(add, RIGHT | {"evidence": theirs["paper"].public_id}), "evidence")
    assert_told_at(
        client.post(reverse("enterprises:figures"), {f"paper_{YEAR}": theirs["paper"].public_id}), f"paper_{YEAR}"
    )
    for name in ("item", "item_remove"):
        url = reverse(f"enterprises:{name}", args=["intellectual_property", theirs["right"].public_id])
        assert client.post(url, RIGHT).status_code == 404
    assert (
        client.get(reverse("enterprises:item", args=["intellectual_property", theirs["right"].public_id])).status_code
        == 404
    )
    theirs["right"].refresh_from_db()
    assert theirs["right"].title == "外壳"
