"""The wizard takes everything that is typed, says at once what is wrong with it, and lets nothing wrong be filed."""

import pytest

from certification import apply
from certification.answers import wrong_with
from certification.form import all_fields
from certification.models import Application
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
