"""A handler has left with the account: whoever is proven takes the place, at once, and nothing is lost."""

import pytest
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction

from enterprises import divide, takeover
from enterprises.models import Enterprise, Membership, Takeover
from enterprises.permissions import is_verified, parts_of
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.audit.models import AuditEvent
from foundation.audit.record import record
from foundation.exchange.models import Change
from foundation.mailroom.models import Message
from foundation.refusals import Missing, Refused
from tests.factories import make_enterprise, make_member


@pytest.fixture
def firm(house):
    return make_enterprise(name="宁夏示例精密轴承有限公司")


def proven(firm, role="editor", method="letter"):
    user = make_member(firm, role=role)
    Membership.objects.filter(user=user).update(method=method, decided_at=clock.now())
    return user


@pytest.fixture
def gone(firm):
    return proven(firm)


@pytest.fixture
def successor(firm):
    return proven(firm, method="platform")


def of(user):
    return Membership.objects.get(user=user)


def test_the_old_handler_is_out_everywhere_at_once_and_told_why(firm, gone, successor, client, settings):
    client.force_login(gone, backend=settings.AUTHENTICATION_BACKENDS[0])
    assert client.get("/my/facts/").status_code == 200
    before = Session.objects.count()
    done = takeover.take_over(of(gone), actor=Principal.of_user(successor), reason="原经办人已离职")
    assert (done.sessions_ended, Session.objects.count()) == (1, before - 1)
    assert client.get("/my/facts/").headers["Location"].startswith("/accounts/login/")
    assert is_verified(Principal.of_user(gone), firm.pk) is False
    assert Principal.of_user(gone).enterprise_ids == frozenset()
    (told,) = Message.objects.filter(recipient=gone)
    assert "经统一身份认证核实，接替您代表宁夏示例精密轴承有限公司办理业务。原因：原经办人已离职" in told.body
    assert told.what_to_do.startswith("不对的话")


def test_history_keeps_who_did_what_and_who_took_whose_place(firm, gone, successor):
    firm_draft = firm.created_at
    takeover.take_over(of(gone), actor=Principal.of_user(successor), reason="原经办人已离职")
    row = Takeover.objects.get()
    assert (row.replaced.user, row.by.user, row.method) == (gone, successor, "platform")
    assert (of(gone).state, of(gone).reason, of(gone).decided_by) == ("ended", "原经办人已离职", successor)
    event = AuditEvent.objects.get(act="membership.takeover")
    assert event.sentence == f"{successor}接替了{gone}代表{firm.name}办理业务：原经办人已离职"
    assert Change.objects.filter(type="membership", op="update").exists()
    assert Enterprise.objects.get(pk=firm.pk).created_at == firm_draft
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Takeover.objects.update(reason="别的")


@pytest.mark.parametrize("method", ["colleague", ""])
def test_a_colleague_s_word_is_not_enough_to_replace_anybody(firm, gone, method):
    user = proven(firm, method=method)
    with pytest.raises(Refused) as refusal:
        takeover.take_over(of(gone), actor=Principal.of_user(user), reason="x")
    assert (refusal.value.code, of(gone).state) == ("forbidden", "verified")


def test_nobody_replaces_the_legal_representative_but_a_legal_representative(firm, successor):
    boss, other = proven(firm, role="owner"), proven(firm, role="owner")
    with pytest.raises(Refused, match="只能由经核实的法定代表人接替"):
        takeover.take_over(of(boss), actor=Principal.of_user(successor), reason="x")
    assert takeover.take_over(of(boss), actor=Principal.of_user(other), reason="法定代表人变更").replaced.user == boss


def test_strangers_the_unverified_viewers_and_oneself_take_over_nothing(firm, gone, successor, stranger, county):
    waiting, viewer = make_member(firm, state="pending"), proven(firm, role="viewer")
    for user in (stranger, county, waiting, viewer, gone, proven(make_enterprise())):
        with pytest.raises(Missing):
            takeover.take_over(of(gone), actor=Principal.of_user(user), reason="x")
    assert of(gone).state == "verified"


def test_a_takeover_is_written_once(firm, gone, successor):
    membership = of(gone)
    takeover.take_over(membership, actor=Principal.of_user(successor), reason="离职")
    with pytest.raises(Refused) as refusal:
        takeover.take_over(membership, actor=Principal.of_user(successor), reason="离职")
    assert (refusal.value.code, Takeover.objects.count()) == ("already_moved", 1)


def test_only_the_enterprise_and_its_offices_see_who_took_whose_place(firm, gone, successor, county, other_county):
    takeover.take_over(of(gone), actor=Principal.of_user(successor), reason="离职")
    for user, seen in ((county, 1), (other_county, 0), (successor, 1), (gone, 0)):
        with scoped(Principal.of_user(user)):
            assert Takeover.objects.count() == seen


def test_the_page_asks_for_a_choice_and_a_reason_and_keeps_what_was_typed(firm, gone, successor, signed_in):
    client = signed_in(successor)
    url = "/my/colleagues/takeover/"
    answer = client.post(url, {"who": "", "reason": "原经办人已离职"})
    assert (answer.status_code, [p.field for p in answer.context["problems"]]) == (422, ["who"])
    assert 'value="原经办人已离职"' in answer.content.decode()
    answer = client.post(url, {"who": of(gone).public_id, "reason": " "})
    assert [p.field for p in answer.context["problems"]] == ["reason"]
    assert client.post(url, {"who": of(gone).public_id, "reason": "离职"}).headers["Location"] == url
    page = client.get(url).content.decode()
    assert f"<b>{successor}</b>接替<b>{gone}</b>" in page


# Who fills in what


def test_the_legal_representative_divides_the_work(firm, gone):
    boss = Principal.of_user(proven(firm, role="owner"))
    divide.divide(of(gone), ["finance", "papers"], actor=boss)
    assert parts_of(Principal.of_user(gone), firm.pk) == {"finance", "papers"}
    assert AuditEvent.objects.get(act="membership.parts").sentence.endswith("负责：经济效益指标、附件材料")
    divide.divide(of(gone), list(divide.PARTS), actor=boss)
    assert parts_of(Principal.of_user(gone), firm.pk) is None


def test_beside_a_legal_representative_nobody_else_divides_and_parts_must_exist(firm, gone, successor):
    with pytest.raises(Refused):
        divide.divide(of(gone), ["money"], actor=Principal.of_user(successor))
    divide.divide(of(gone), ["finance"], actor=Principal.of_user(successor))
    boss = proven(firm, role="owner")
    with pytest.raises(Missing):
        divide.divide(of(gone), [], actor=Principal.of_user(successor))
    with pytest.raises(Refused):
        divide.divide(of(boss), ["finance"], actor=Principal.of_user(boss))


# Who looked at our papers


def test_the_enterprise_sees_which_office_looked_when_and_at_what_but_no_name(firm, gone, county, signed_in):
    from tests.conftest import make_official

    official = Principal.of_user(make_official("zhao-shenhe", "64/6401/640104", "reviewer"))
    for _ in range(2):
        record("enterprise.view", firm, actor=official, detail={"office": official.office_name}, audience="applicant")
    record("enterprise.view", make_enterprise(), actor=official, detail={"office": "别处"}, audience="applicant")
    record("enterprise.facts", firm, actor=official, detail={"names": "不是查看"})
    page = signed_in(gone).get("/my/viewers/").content.decode()
    assert page.count("查看了企业数据底表") == 2 and "2 次" in page
    assert official.office_name in page and "zhao-shenhe" not in page
    assert "别处" not in page and "不是查看" not in page
