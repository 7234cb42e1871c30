"""What a firm has said once it is not asked again: brought into the next form, confirmed there, kept in its profile."""

import pytest

from certification import apply, write_back
from certification.form import all_fields
from certification.last_time import ANEW, not_looked_at
from certification.models import Application, Call
from enterprises.models import Enterprise
from enterprises.profile import change_profile
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.audit.models import AuditEvent
from foundation.exchange.models import Change
from foundation.refusals import Refused
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
    return Application.objects.get(state="draft", enterprise__memberships__user__username="qiye-wang")


def save(draft, member, **answers):
    return apply.save(draft, answers, seen_version=draft.draft_version, actor=member)


def ready(draft, member, **more):
    return save(draft, member, **(ANSWERS | {"main_product": "精密轴承"} | more))


@pytest.fixture
def other_call(house):
    return Call.objects.filter(tier="innovative", case_type="new", state="published").order_by("id").first()


@pytest.fixture
def next_one(draft, member, other_call):
    """The firm's draft for another step of the ladder, begun while the first is not even filed."""
    ready(draft, member, overview="专注轴承二十年", postcode="753000", taxes_paid_y1="66", employees_y0="120")
    return apply.start(other_call, draft.enterprise, actor=member)


def test_a_new_form_begins_with_what_the_firm_wrote_last_whatever_the_tier_and_the_state(next_one, draft):
    assert next_one.tier != draft.tier and draft.state == "draft"
    assert (next_one.answers["overview"], next_one.answers["postcode"]) == ("专注轴承二十年", "753000")
    assert next_one.answers["actual_controller"] == ANSWERS["actual_controller"]


def test_what_is_said_anew_and_what_belongs_to_a_year_is_not_brought_in(next_one):
    assert not set(ANEW) & set(next_one.answers)
    assert not {name for name in next_one.answers if name.endswith(("_y0", "_y1", "_y2"))}
    assert set(next_one.answers) <= set(all_fields(apply.steps_of(next_one)))


def test_the_newest_answer_to_each_question_wins_and_an_empty_one_does_not(next_one, draft, member, other_call):
    save(next_one, member, overview="改过的介绍", postcode="")
    apply.withdraw(next_one, actor=member)
    again = apply.start(other_call, draft.enterprise, actor=member)
    assert again.pk != next_one.pk
    assert (again.answers["overview"], again.answers["postcode"]) == ("改过的介绍", "753000")


def test_what_the_profile_says_stands_before_what_an_older_form_says(draft, member, other_call):
    save(draft, member, contact_name="旧联系人")
    change_profile(draft.enterprise, {"contact_name": "新联系人"}, actor=member)
    begun = apply.start(other_call, Enterprise.objects.get(pk=draft.enterprise_id), actor=member)
    assert begun.answers["contact_name"] == "新联系人"


def see(world, application, step):
    return world.signed_in("qiye-wang").get(f"/my/applications/{application.public_id}/{step}/").content.decode()


def test_what_was_brought_in_is_marked_until_somebody_saves_the_page_by_hand(next_one, world):
    fields = all_fields(apply.steps_of(next_one))
    assert "overview" in not_looked_at(next_one, fields)
    assert "从以前的申报带入，请核对" in see(world, next_one, "overview")
    assert "取自企业基本信息，请核对" in see(world, next_one, "basic")
    assert "从以前带入、还没有核对的" in see(world, next_one, "declaration")
    url = f"/my/applications/{next_one.public_id}/overview/"
    told = {"draft_version": next_one.draft_version, "overview": next_one.answers["overview"]}
    client = world.signed_in("qiye-wang")
    client.post(url, told, headers={"x-autosave": "1"})
    next_one.refresh_from_db()
    assert "overview" in not_looked_at(next_one, fields)
    client.post(url, told)
    version = next_one.draft_version
    next_one.refresh_from_db()
    assert "overview" not in not_looked_at(next_one, fields) and next_one.draft_version == version
    assert "从以前的申报带入，请核对" not in see(world, next_one, "overview")


def test_confirming_is_no_change_that_a_colleague_could_stumble_over(next_one, member):
    seen = next_one.draft_version
    apply.save(next_one, {"overview": next_one.answers["overview"]}, seen_version=seen, actor=member, is_seen=True)
    changed = apply.save(next_one, {"overview": "同事改的"}, seen_version=seen, actor=member)
    assert changed.answers["overview"] == "同事改的"


NEW = {
    "legal_representative": "新法人（演示）", "contact_name": "新联系人（演示）", "address": "大武口区示例路九号（演示）",
    "industry_division": "34 通用设备制造业", "industry_class": "3451", "registered_capital": "1,234.5",
}  # fmt: skip


def test_the_last_page_offers_to_keep_in_the_profile_what_differs_from_it(draft, member, world):
    ready(draft, member, **NEW)
    told = {row.column: row.now for row in write_back.news(draft)}
    assert told["contact_name"] == "新联系人（演示）" and told["registered_capital"] == "1234.5"
    page = see(world, draft, "declaration")
    assert "这次填的与企业基本信息不同" in page and 'name="tells_profile"' in page and "新联系人（演示）" in page


def test_filing_keeps_it_there_in_the_same_act_recorded_and_announced(draft, member, world):
    ready(draft, member, **NEW)
    url = f"/my/applications/{draft.public_id}/submit/"
    assert world.signed_in("qiye-wang").post(url, {"tells_profile": "yes"}).status_code == 302
    firm = Enterprise.objects.get(pk=draft.enterprise_id)
    assert (firm.legal_representative, firm.contact_name, firm.address) == (
        NEW["legal_representative"],
        NEW["contact_name"],
        NEW["address"],
    )
    assert (firm.industry_division, firm.industry_class) == ("34", "3451")
    assert firm.registered_capital_fen == 1_234_500_000
    event = AuditEvent.objects.filter(act="enterprise.profile", object_id=firm.public_id).order_by("-id").first()
    assert event is not None and "联系人" in event.detail["names"]
    assert Change.objects.filter(type="enterprise", public_id=firm.public_id).exists()
    assert write_back.news(draft) == []


def test_without_the_tick_nothing_is_kept_and_with_wrong_answers_nothing_is_filed(draft, member):
    before = Enterprise.objects.get(pk=draft.enterprise_id).contact_name
    ready(draft, member, contact_name="只用一次的联系人", contact_phone="不是号码")
    with pytest.raises(Refused):
        apply.submit(draft, actor=member, tells_profile=True)
    assert Enterprise.objects.get(pk=draft.enterprise_id).contact_name == before
    save(draft, member, contact_phone="0951-5678901")
    apply.submit(draft, actor=member)
    assert Enterprise.objects.get(pk=draft.enterprise_id).contact_name == before
