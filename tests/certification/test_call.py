"""A call: one per tier, matter, year and batch, when it is drafted and when a draft is changed."""

import pytest

from certification import call as verbs
from certification import publish as publishing
from certification.models import Call, Overlay, RuleSet
from certification.permissions import RULE_SET
from certification.rules.document import content_hash
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.refusals import Refused
from foundation.transitions import begin

NOTICE = """
schema: tianti-overlay/1
code: "2026-900"
title: 年度通知（测试）
origin: {title: 关于创新型中小企业评价工作的通知（测试）, number: 测试函〔2026〕900号, sources: {t: 测试}}
checked_on: 2026-11-23
applies: {tier: innovative, case_types: [new], from: 2020-01-01}
parameters:
  accepted_revenue_min: {value: 1万元, clause: 测试函〔2026〕900号, mark: V}
gates:
  - code: accepted
    title: 本年度受理范围
    clause: 测试函〔2026〕900号
    mark: V
    requirement: 本年度暂不受理上年度营业收入1万元以下企业的申请
    test: {m: revenue_y0, ge: $accepted_revenue_min}
"""


@pytest.fixture
def director(db, world):
    actor = Principal.of_user(User.objects.get(username="sheng-chuzhang"))
    with scoped(actor):
        yield actor


def copy_of(call: Call, batch: str) -> Call:
    made = Call.objects.get(pk=call.pk)
    made.pk, made.public_id, made.batch = None, f"copy-{batch}"[:16], batch
    return made


def test_a_batch_that_is_there_already_is_refused_at_its_field_also_when_a_draft_is_changed(director):
    there = Call.objects.filter(state="published", case_type="new").order_by("id").first()
    with pytest.raises(Refused) as told:
        verbs.draft(copy_of(there, there.batch), actor=director)
    assert (told.value.code, told.value.problems[0].field) == ("duplicate", "batch")
    drafted = verbs.draft(copy_of(there, "增补批"), actor=director)
    with pytest.raises(Refused) as told:
        verbs.edit(drafted, {"batch": there.batch}, actor=director)
    assert (told.value.code, told.value.problems[0].field) == ("duplicate", "batch")
    assert Call.objects.get(pk=drafted.pk).batch == "增补批"


def test_how_long_a_list_is_public_is_read_from_the_notice_and_never_filled_in_before(director, world):
    client = world.signed_in("sheng-chuzhang")
    form = client.get("/desk/calls/new/").context["form"]
    assert form["posting_length"].value() is None and not form["posting_unit"].value()
    answer = client.post("/desk/calls/new/", {"title": "测试批次"})
    assert answer.status_code == 422
    assert answer.context["form"].errors["posting_length"] == ["请填写公示时长"]
    assert answer.context["form"].errors["posting_unit"] == ["请选择公示时长单位"]


@pytest.fixture
def drafted(director):
    there = Call.objects.filter(state="published", tier="innovative", case_type="new").order_by("id").first()
    return verbs.draft(copy_of(there, "rules-moved"), actor=director)


def text_published(model, code, text):
    """A text drafted by one and published by another, as the laboratory does it."""
    house = Principal.system("test")
    with scoped(house):
        known = model.objects.filter(code=code)
        row = model(code=code, revision=known.count() + 1, title="（测试）", text=text, content_hash=content_hash(text))
        if model is RuleSet:
            before = known.latest("revision")
            row.tier, row.effective_from, row.title = before.tier, before.effective_from, before.title
        begin(row, actor=house, machine=RULE_SET, audience="public")
        return publishing.publish(row, actor=house)


def revised(code):
    text = RuleSet.objects.get(code=code, state="published").text
    return text_published(RuleSet, code, text.replace("checked_on: 2026", "checked_on: 2025", 1))


def test_a_call_does_not_go_out_under_a_text_that_was_replaced_after_the_draft_was_saved(drafted, director):
    old = drafted.rule_set
    new = revised(old.code)
    with pytest.raises(Refused) as told:
        verbs.publish(drafted, actor=director)
    assert told.value.code == "conflict" and "保存一次，再发布" in told.value.sentence
    assert f"{old.code} 已发布第 {new.revision} 版，草稿保存时是第 {old.revision} 版" in told.value.sentence
    kept = Call.objects.get(pk=drafted.pk)
    assert (kept.state, kept.rule_set_id) == ("draft", old.pk)
    verbs.edit(kept, {}, actor=director)
    assert verbs.publish(kept, actor=director).state == "published"
    assert Call.objects.get(pk=drafted.pk).rule_set_id == new.pk


def test_a_notice_that_came_in_between_is_named_on_the_draft_and_stops_the_button(drafted, world):
    text_published(Overlay, "2026-900", NOTICE)
    client, page = world.signed_in("sheng-chuzhang"), f"/desk/calls/{drafted.public_id}/"
    answer = client.post(f"{page}publish/", follow=True)
    said = answer.content.decode()
    assert answer.redirect_chain[-1][0] == page and "新增年度通知 2026-900" in said
    assert "草稿保存后规则有变动" in said and Call.objects.get(pk=drafted.pk).state == "draft"


def test_a_notice_revised_under_its_code_is_seen_although_it_applies_for_the_same_reason(drafted, director):
    text_published(Overlay, "2026-900", NOTICE)
    verbs.edit(drafted, {}, actor=director)
    assert "2026-900" in drafted.overlays and verbs.changed_since(drafted) == []
    new = text_published(Overlay, "2026-900", NOTICE.replace("value: 1万元", "value: 2万元"))
    assert verbs.changed_since(drafted) == [
        f"年度通知 2026-900（（测试））已发布第 {new.revision} 版，与草稿保存时的不同"
    ]
    with pytest.raises(Refused) as told:
        verbs.publish(drafted, actor=director)
    assert told.value.code == "conflict"
    verbs.edit(Call.objects.get(pk=drafted.pk), {}, actor=director)
    assert verbs.publish(Call.objects.get(pk=drafted.pk), actor=director).state == "published"


def test_a_draft_of_an_older_release_is_not_held_for_what_it_never_knew(drafted, director):
    text_published(Overlay, "2026-900", NOTICE)
    verbs.edit(drafted, {}, actor=director)
    Call.objects.filter(pk=drafted.pk).update(notice_hashes={})
    assert verbs.changed_since(Call.objects.get(pk=drafted.pk)) == []


def test_nothing_is_said_and_nothing_stops_where_the_rules_are_the_same(drafted, world):
    client, page = world.signed_in("sheng-chuzhang"), f"/desk/calls/{drafted.public_id}/"
    assert "规则有变动" not in client.get(page).content.decode()
    client.post(f"{page}publish/")
    assert Call.objects.get(pk=drafted.pk).state == "published"
