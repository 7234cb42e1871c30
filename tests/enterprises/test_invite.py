"""Colleagues: who may let others in, whom, and how it ends."""

import pytest
from django.urls import reverse

from enterprises import invite
from enterprises.models import Membership
from enterprises.permissions import is_verified, may_edit
from enterprises.register import request_membership
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.audit.models import AuditEvent
from foundation.exchange.models import Change
from foundation.mailroom.models import Message
from foundation.refusals import Missing, Refused
from tests.assertions import assert_same_answer
from tests.factories import make_enterprise, make_member


def body(response):
    return response.content.decode()


def membership_of(user):
    return Membership.objects.get(user=user)


def account(username, email="", **more):
    return User.objects.create_user(username, email or f"{username}@example.org", "x" * 20, name=username, **more)


@pytest.fixture
def firm(house):
    return make_enterprise(name="宁夏示例精密轴承有限公司")


@pytest.fixture
def owner(firm):
    return make_member(firm)


@pytest.fixture
def boss(owner):
    return Principal.of_user(owner)


@pytest.fixture
def editor(firm):
    return make_member(firm, role="editor")


@pytest.fixture
def viewer(firm):
    return make_member(firm, role="viewer")


def test_a_colleague_invited_as_an_editor_may_fill_in_and_submit_at_once(firm, boss, stranger):
    before = Principal.of_user(stranger)
    assert (may_edit(before, firm.pk), is_verified(before, firm.pk)) == (False, False)
    invite.invite(firm, " stranger@EXAMPLE.org ", role="editor", actor=boss)
    after = Principal.of_user(stranger)
    assert (may_edit(after, firm.pk), is_verified(after, firm.pk)) == (True, True)
    assert AuditEvent.objects.get(act="membership.invite").sentence == f"{boss.name}邀请路人加入{firm.name}"
    assert Change.objects.get(type="membership").changed_fields == ["state", "role"]


def test_a_colleague_invited_to_look_may_only_look(firm, boss, stranger):
    invite.invite(firm, "stranger", role="viewer", actor=boss)
    after = Principal.of_user(stranger)
    assert after.enterprise_ids == {firm.pk}
    assert (may_edit(after, firm.pk), is_verified(after, firm.pk)) == (False, False)


@pytest.mark.parametrize("who", ["", " ", "strange", "stranger%", "nobody@example.org", "路人"])
def test_an_account_is_named_exactly_or_not_at_all(firm, boss, stranger, who):
    with pytest.raises(Refused) as refusal:
        invite.invite(firm, who, role="editor", actor=boss)
    (problem,) = refusal.value.problems
    assert (problem.field, problem.message) == ("who", "没有找到可以邀请的账号，请核对对方的用户名或邮箱")
    assert problem.hint


def test_nobody_gets_in_by_registering_with_another_person_s_address(firm, boss, stranger):
    """E-mail addresses are not proved: with two accounts on one address, only a username says who is meant."""
    account("impostor", email="stranger@example.org")
    with pytest.raises(Refused):
        invite.invite(firm, "stranger@example.org", role="editor", actor=boss)
    assert invite.invite(firm, "stranger", role="editor", actor=boss).user == stranger


def test_officials_closed_accounts_and_oneself_cannot_be_invited(firm, owner, boss, county):
    account("closed", is_active=False)
    refusals = []
    for who in ("county", "closed", owner.username, "nobody"):
        with pytest.raises(Refused) as refusal:
            invite.invite(firm, who, role="editor", actor=boss)
        refusals.append((refusal.value.code, refusal.value.problems))
    assert refusals == [refusals[-1]] * 4


@pytest.mark.parametrize("role", ["owner", "admin", "", "editor'--"])
def test_only_two_roles_can_be_given(firm, boss, viewer, stranger, role):
    waiting = request_membership(stranger, firm, actor=Principal.of_user(stranger))
    for act in (
        lambda: invite.invite(firm, "stranger", role=role, actor=boss),
        lambda: invite.admit(waiting, role=role, actor=boss),
        lambda: invite.change_role(membership_of(viewer), role=role, actor=boss),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert [(p.field, p.message) for p in refusal.value.problems] == [("role", "请选择权限")]
    waiting.refresh_from_db()
    assert (waiting.state, membership_of(viewer).role) == ("pending", "viewer")


def test_who_waits_and_is_invited_is_let_in_by_the_same_row(firm, boss, stranger):
    waiting = request_membership(stranger, firm, actor=Principal.of_user(stranger))
    invite.invite(firm, "stranger", role="viewer", actor=boss)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.role, waiting.method, waiting.sees_data) == ("verified", "viewer", "colleague", True)
    assert Membership.objects.filter(user=stranger).count() == 1


def test_of_two_who_admit_one_is_told_it_is_done(firm, boss, editor, stranger):
    waiting = request_membership(stranger, firm, actor=Principal.of_user(stranger))
    invite.admit(waiting, role="editor", actor=boss)
    with pytest.raises(Refused) as refusal:
        invite.admit(waiting, role="viewer", actor=Principal.of_user(editor))
    assert (refusal.value.code, membership_of(stranger).role) == ("already_moved", "editor")


def test_nobody_else_lets_anybody_in(firm, viewer, stranger, county):
    waiting = request_membership(stranger, firm, actor=Principal.of_user(stranger))
    founder = make_member(firm, state="pending")
    foreign_owner = make_member(make_enterprise())
    for user in (stranger, viewer, founder, foreign_owner, county):
        actor = Principal.of_user(user)
        for act in (
            lambda actor=actor: invite.invite(firm, "stranger", role="editor", actor=actor),
            lambda actor=actor: invite.admit(waiting, role="editor", actor=actor),
            lambda actor=actor: invite.change_role(membership_of(viewer), role="editor", actor=actor),
        ):
            with pytest.raises(Missing):
                act()
    assert (membership_of(stranger).state, membership_of(viewer).role) == ("pending", "viewer")


def test_a_role_is_changed_and_takes_effect_with_the_next_question(firm, boss, viewer):
    invite.change_role(membership_of(viewer), role="editor", actor=boss)
    assert may_edit(Principal.of_user(viewer), firm.pk)
    assert Message.objects.get(recipient=viewer).subject == f"您在{firm.name}的权限改为经办人"
    invite.change_role(membership_of(viewer), role="viewer", actor=boss)
    assert not may_edit(Principal.of_user(viewer), firm.pk)


def test_neither_the_owner_s_role_nor_one_s_own_is_changed(firm, owner, boss, editor):
    for target, actor in ((owner, Principal.of_user(editor)), (owner, boss), (editor, Principal.of_user(editor))):
        with pytest.raises(Refused) as refusal:
            invite.change_role(membership_of(target), role="viewer", actor=actor)
        assert refusal.value.code == "already_moved"
    assert (membership_of(owner).role, membership_of(editor).role) == ("owner", "editor")


def test_one_s_own_authority_can_be_given_up_and_then_nothing_is_seen(firm, owner, editor, signed_in):
    invite.end(membership_of(editor), actor=Principal.of_user(editor), reason="离职")
    assert Principal.of_user(editor).enterprise_ids == frozenset()
    assert (membership_of(editor).reason, Message.objects.filter(recipient=editor).count()) == ("离职", 0)
    answer = signed_in(editor).get(reverse("enterprises:facts"), follow=True)
    assert answer.redirect_chain == [(reverse("enterprises:link"), 302)]


def test_what_has_ended_cannot_be_ended_or_admitted_again(firm, boss, editor):
    theirs = membership_of(editor)
    invite.end(theirs, actor=boss)
    for act in (lambda: invite.end(theirs, actor=boss), lambda: invite.admit(theirs, role="editor", actor=boss)):
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.code == "already_moved"


def test_whoever_left_can_be_invited_again(firm, boss, editor):
    invite.end(membership_of(editor), actor=boss)
    invite.invite(firm, editor.username, role="viewer", actor=boss)
    states = Membership.objects.filter(user=editor).order_by("id").values_list("state", "role")
    assert list(states) == [("ended", "editor"), ("verified", "viewer")]


def test_a_viewer_alone_does_not_keep_the_door(firm, owner, boss, viewer):
    """Somebody who can act must stay; one who may only look could let nobody in."""
    with pytest.raises(Refused) as refusal:
        invite.end(membership_of(owner), actor=boss)
    assert refusal.value.code == "conflict"
    assert refusal.value.sentence == "这是唯一已核实的经办人，结束后没有人能办理业务。请先请一位同事加入。"


def test_a_mistake_on_the_page_keeps_what_was_typed(firm, owner, signed_in):
    answer = signed_in(owner).post(reverse("enterprises:colleagues"), {"who": "没有这个人", "role": "viewer"})
    page = body(answer)
    assert answer.status_code == 422
    assert 'href="#f-who"' in page
    assert 'value="没有这个人"' in page
    assert '<option value="viewer" selected>' in page
    assert "对方还没有账号时，请他先用本企业的统一社会信用代码注册" in page


def test_a_viewer_sees_who_acts_and_finds_no_form(firm, owner, viewer, signed_in):
    page = body(signed_in(viewer).get(reverse("enterprises:colleagues")))
    assert str(owner) in page
    assert 'name="who"' not in page
    assert signed_in(viewer).post(reverse("enterprises:colleagues"), {"who": "x", "role": "editor"}).status_code == 404


def test_an_act_that_does_not_exist_changes_nothing(firm, owner, editor, signed_in):
    url = reverse("enterprises:colleague", args=[membership_of(editor).public_id])
    assert signed_in(owner).post(url, {"act": "promote"}).status_code == 422
    assert signed_in(owner).get(url).status_code == 405
    assert (membership_of(editor).state, membership_of(editor).role) == ("verified", "editor")


@pytest.mark.parametrize("act", ["admit", "role", "end"])
def test_a_colleague_of_another_enterprise_and_nobody_are_the_same(firm, owner, signed_in, act):
    theirs = make_member(make_enterprise(), role="editor")
    client = signed_in(owner)
    answers = [
        client.post(reverse("enterprises:colleague", args=[code]), {"act": act, "role": "editor"})
        for code in (membership_of(theirs).public_id, "0" * 16)
    ]
    assert_same_answer(*answers)
    assert membership_of(theirs).state == "verified"


@pytest.mark.parametrize("act", ["admit", "role", "end"])
def test_a_stranger_and_an_official_act_on_no_colleague(firm, editor, signed_in, stranger, county, act):
    url = reverse("enterprises:colleague", args=[membership_of(editor).public_id])
    for user in (stranger, county):
        client = signed_in(user)
        data = {"act": act, "role": "viewer"}
        assert_same_answer(client.post(url, data), client.post(reverse("enterprises:colleague", args=["0" * 16]), data))
    assert (membership_of(editor).state, membership_of(editor).role) == ("verified", "editor")
