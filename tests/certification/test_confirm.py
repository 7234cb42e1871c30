"""A mark is cleared by somebody who has seen the original and says which; the public page follows."""

import pytest

from certification.confirm import confirm, open_marks
from certification.models import Confirmation, RuleSet
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.audit.models import AuditEvent
from foundation.refusals import Missing, Refused

NOTE = "已核对原文附件2第4项，2026年11月20日"


@pytest.fixture
def house(db, world):
    with scoped(Principal.system("test")):
        yield


@pytest.fixture
def row(house):
    return RuleSet.objects.get(code="T2-2022", state="published")


def who(username):
    return Principal.of_user(User.objects.get(username=username))


def first(row, kind):
    return next(m for m in open_marks(row) if (m.mark == "X") == (kind == "X"))


def test_a_mark_is_cleared_with_its_source_and_stays_on_record(row):
    mark, before = first(row, "C"), len(open_marks(row))
    confirm(row, mark.path, NOTE, actor=who("sheng-guize"))
    assert len(open_marks(row)) == before - 1
    event = AuditEvent.objects.get(act="rule_set.confirm")
    assert NOTE in event.sentence and event.actor_name == "冯规则（演示）"


def test_without_naming_the_original_nothing_is_cleared(row):
    with pytest.raises(Refused, match="哪份原件"):
        confirm(row, first(row, "C").path, "ok", actor=who("sheng-guize"))
    assert Confirmation.objects.count() == 0


def test_what_was_never_found_cannot_be_confirmed(row):
    with pytest.raises(Missing):
        confirm(row, first(row, "X").path, NOTE, actor=who("sheng-guize"))


def test_a_mark_is_cleared_once(row):
    path = first(row, "C").path
    confirm(row, path, NOTE, actor=who("sheng-guize"))
    with pytest.raises(Refused, match="已有同事核实"):
        confirm(row, path, NOTE, actor=who("sheng-fabu"))


@pytest.mark.parametrize("username", ["xingqing", "sheng-chuzhang", "qiye-zhang", "sheng-shenji"])
def test_nobody_else_may(row, username):
    with pytest.raises(Missing):
        confirm(row, first(row, "C").path, NOTE, actor=who(username))


def test_the_page_clears_it_and_the_public_page_follows(row, world, client):
    mark = first(row, "C")
    assert mark.title in client.get("/standards/T2-2022/").content.decode().split("条件</h2>")[0]
    answer = world.signed_in("sheng-guize").post(
        f"/desk/rules/{row.public_id}/confirm/", {"path": mark.path, "note": NOTE}
    )
    assert answer.status_code == 302
    assert f"{len(open_marks(row))} 处待确认" in client.get("/standards/T2-2022/").content.decode()
