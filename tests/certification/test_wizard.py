"""The wizard takes everything that is typed, says at once what is wrong with it, and lets nothing wrong be filed."""

from decimal import Decimal

import pytest

from certification import apply
from certification.answers import slips_filed, wrong_with
from certification.form import all_fields
from certification.models import Application
from certification.worksheet import worksheet
from enterprises.facts import facts_of
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.refusals import Refused
from portal.demo.cases import ANSWERS


@pytest.fixture
def house(db, world):
    with scoped(Principal.system("test")):
        yield Principal.system("test")


def who(username):
    return Principal.of_user(User.objects.get(username=username))


@pytest.fixture
def draft(house):
    """A draft above the first step, of a firm whose person can sign in."""
    return Application.objects.get(state="draft", enterprise__memberships__user__username="qiye-wang")


@pytest.fixture
def member(draft):
    return who("qiye-wang")


def save(draft, member, **answers):
    return apply.save(draft, answers, seen_version=draft.draft_version, actor=member)


def ready(draft, member, **more):
    return save(draft, member, **(ANSWERS | {"main_product": "精密轴承"} | more))


def post(world, draft, step, *, quiet=False, **fields):
    url = f"/my/applications/{draft.public_id}/{step}/"
    headers = {"x-autosave": "1"} if quiet else {}
    draft.refresh_from_db()
    return world.signed_in("qiye-wang").post(url, {"draft_version": draft.draft_version, **fields}, headers=headers)


def see(world, draft, step, query=""):
    return world.signed_in("qiye-wang").get(f"/my/applications/{draft.public_id}/{step}/{query}").content.decode()


WRONG = {
    "postcode": "abc",
    "contact_email": "zhang在example",
    "contact_phone": "张三的电话",
    "registered_capital": "一千万",
    "registered_on": "2999-01-01",
    "ownership": "集体",
    "industry_division": "通用设备",
    "industry_class": "34",
    "product_text": "字" * 501,
    "overview": "字" * 2001,
    "helper": "朋友",
    "listing": "随便",
    "address": "路" * 201,
}


@pytest.mark.parametrize("name", sorted(WRONG))
def test_whatever_does_not_fit_its_field_is_kept_and_told_there_and_not_filed(draft, member, name):
    ready(draft, member, **{name: WRONG[name]})
    assert draft.answers[name] == WRONG[name]
    with pytest.raises(Refused) as told:
        apply.submit(draft, actor=member)
    (problem,) = [p for p in told.value.problems if p.field == name]
    assert problem.hint and len(problem.message) < 80


def test_what_fits_is_not_held_against_anybody(draft):
    fields = all_fields(apply.steps_of(draft))
    good = {
        "postcode": "750001", "contact_phone": "0951-5678901转802", "contact_email": "zhang.san@mail.example.com",
        "registered_capital": "1，200.5", "industry_division": "C34 通用设备制造业", "industry_class": "3451 滚动轴承制造",
        "ownership": "民营", "product_text": "字" * 500, "overview": "字" * 2000, "registered_on": "2015-06-30", "postcode ": "",
    }  # fmt: skip
    assert [p for name, value in good.items() if name in fields for p in wrong_with(fields[name], value)] == []


def test_a_class_of_another_division_is_told_at_the_class(draft, member):
    ready(draft, member, industry_division="34", industry_class="2611")
    assert [(p.field, p.clause) for p in apply.problems_of(draft)] == [("industry_class", "GB/T 4754-2017")]


def test_a_long_text_is_not_cut_without_a_word(draft, world):
    written = "第一段\r\n" + "字" * 6000
    assert post(world, draft, "overview", overview=written).status_code == 302
    draft.refresh_from_db()
    assert draft.answers["overview"] == "第一段\n" + "字" * 6000
    page = see(world, draft, "overview")
    assert 'data-longest="2000"' in page and "已写 6004 字，最多 2000 字" in page and "请删去 4004 字" in page


def test_autosave_says_what_is_wrong_and_what_looks_like_a_slip_beside_its_field(draft, world):
    told = post(world, draft, "basic", quiet=True, postcode="75000").json()["notes"]
    assert [(note["field"], note["kind"]) for note in told] == [("postcode", "err")]
    assert "6 位数字" in told[0]["words"]
    before = Decimal(facts_of(draft.enterprise, clock.today())["revenue_y1"].value)
    told = post(world, draft, "finance", quiet=True, revenue_y0=f"{before * 10_000:f}").json()["notes"]
    slip = next(note for note in told if note["field"] == "revenue_y0")
    assert slip["kind"] == "warn" and "10,000 倍" in slip["words"] and "把元填成了万元" in slip["words"]


def test_who_goes_on_to_the_next_step_is_told_what_to_look_at_in_the_one_behind(draft, world):
    fine = post(world, draft, "basic", postcode="750001")
    assert fine.url.endswith("/identity/")
    before = Decimal(facts_of(draft.enterprise, clock.today())["revenue_y1"].value)
    answer = post(world, draft, "finance", revenue_y0=f"{before * 10_000:f}")
    assert answer.status_code == 302 and answer.url.endswith("/specialisation/?after=finance")
    page = see(world, draft, "specialisation", "?after=finance")
    assert "“经济效益指标”已保存" in page and "/finance/#f-revenue_y0" in page
    assert "已保存，有几处请核对" not in see(world, draft, "specialisation")


@pytest.fixture
def slipped(draft, member):
    """A draft whose revenue was typed in 元."""
    before = Decimal(facts_of(draft.enterprise, clock.today())["revenue_y1"].value)
    return ready(draft, member, revenue_y0=f"{before * 10_000:f}", main_revenue_y0=f"{before * 9_500:f}")


def test_slips_are_listed_before_filing_and_before_signing_and_stop_nobody(slipped, member, world):
    for page in (see(world, slipped, "declaration"), see(world, slipped, "sign")):
        assert "请核对单位" in page and "/finance/#f-revenue_y0" in page
    assert apply.submit(slipped, actor=member).facts["revenue_y0"]


def test_the_reviewer_sees_the_slip_beside_the_claim_and_in_the_whole_form(slipped, member, world):
    filed = apply.submit(slipped, actor=member)
    assert "revenue_y0" in {slip.field for slip in slips_filed(filed)}
    gates, parts = worksheet(slipped, filed, {}, [])
    rows = [row for row in (*gates, *parts) if row.slips]
    assert rows and all({slip.field for slip in row.slips} <= set(row.facts) for row in rows)
    page = world.signed_in("dawukou").get(f"/desk/cases/{slipped.public_id}/").content.decode()
    assert "像是把元填成了万元" in page


def test_an_answer_that_is_locked_is_not_held_against_a_returned_case(draft, member):
    ready(draft, member)
    apply.submit(draft, actor=member)
    Application.objects.filter(pk=draft.pk).update(
        state="returned", unlocked=["overview"], answers=draft.answers | {"postcode": "旧的写法"}
    )
    draft.refresh_from_db()
    assert apply.problems_of(draft) == []
    Application.objects.filter(pk=draft.pk).update(unlocked=["overview", "postcode"])
    draft.refresh_from_db()
    assert [p.field for p in apply.problems_of(draft)] == ["postcode"]
