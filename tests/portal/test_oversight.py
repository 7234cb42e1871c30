"""Those who watch: the auditor reads the record, the system administrator keeps the machine, neither does the other's work."""

from io import BytesIO

import pytest
from python_calamine import load_workbook

from foundation.accounts.models import Post, User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.exchange.models import ApiClient
from foundation.ledger.models import WorkItem
from foundation.ledger.work import HANDLERS, enqueue
from portal.oversight.machine import KINDS


@pytest.fixture
def house(db, world):
    with scoped(Principal.system("test")):
        yield


@pytest.fixture
def auditor(house, world):
    return world.signed_in("sheng-shenji")


@pytest.fixture
def system(house, world):
    return world.signed_in("sheng-xitong")


def test_the_auditor_finds_an_act_by_its_words_and_exports_the_same_rows(auditor):
    page = auditor.get("/oversight/record/", {"q": "登记"}).content.decode()
    count = page.partition("共 ")[2].partition(" 条")[0]
    answer = auditor.get("/oversight/record/export/", {"q": "登记"})
    rows = load_workbook(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert rows[0][:4] == ["时间", "谁", "单位", "做了什么"]
    assert int(count) > 0
    assert len(rows) - 1 == int(count)
    assert all("登记" in row[3] for row in rows[1:])


def test_the_record_is_not_for_the_administrators_or_reviewers(house, world):
    told = {name: world.signed_in(name).get("/oversight/record/").status_code for name in (
        "sheng-shenji", "sheng-xitong", "sheng-guanli", "sheng-chuzhang", "xingqing", "qiye-zhang")}  # fmt: skip
    assert told == {"sheng-shenji": 200, "sheng-xitong": 404, "sheng-guanli": 404, "sheng-chuzhang": 404, "xingqing": 404, "qiye-zhang": 404}  # fmt: skip


def test_what_was_set_aside_is_shown_with_its_reason_and_tried_again(system):
    item = enqueue("drill.poison", "a", {})
    WorkItem.objects.filter(pk=item.pk).update(state="quarantined", attempts=3, last_error="ValueError: 算不出来")
    assert "ValueError: 算不出来" in system.get("/oversight/machine/").content.decode()
    system.post(f"/oversight/machine/work/{item.pk}/retry/")
    item.refresh_from_db()
    assert (item.state, item.attempts) == ("todo", 0)


def test_a_client_gets_its_secret_once_and_loses_everything_when_closed(system, house, world):
    form = {"name": "石嘴山市测试系统", "reach": "64/6402", "scopes": ["changes:read"]}
    page = system.post("/oversight/clients/", form)
    client = ApiClient.objects.get(name="石嘴山市测试系统")
    secret = page.context["secret"]
    assert secret in page.content.decode()
    assert secret not in client.client_secret
    assert secret not in system.get("/oversight/clients/").content.decode()
    world.clients["new"] = {"client_id": client.client_id, "client_secret": secret}
    token = world.token("new", "changes:read")
    assert world.signed_in("").get("/api/v1/changes", headers={"Authorization": f"Bearer {token}"}).status_code == 200
    system.post(f"/oversight/clients/{client.client_id}/close/")
    assert world.signed_in("").get("/api/v1/changes", headers={"Authorization": f"Bearer {token}"}).status_code == 401


def test_a_client_without_rights_is_refused_with_what_was_typed_kept(system):
    page = system.post("/oversight/clients/", {"name": "没有权限的系统", "reach": "64/6402"})
    assert page.status_code == 422
    assert "没有权限的系统" in page.content.decode()


def test_the_database_refuses_two_powers_in_one_hand(house):
    from django.db import IntegrityError, transaction

    user = User.objects.get(username="sheng-guanli")
    office = user.posts.get().office
    with pytest.raises(IntegrityError, match="three_powers_never_overlap"), transaction.atomic():
        Post.objects.create(user=user, office=office, role="auditor", since="2026-01-01")


def test_every_kind_of_background_work_has_a_name_that_an_administrator_reads(system):
    assert set(HANDLERS) - {kind for kind in HANDLERS if kind.startswith("drill.")} == set(KINDS)
    enqueue("mail.carry", "a", {})
    page = system.get("/oversight/machine/").content.decode()
    assert "发送消息" in page
    assert "每 5 分钟" in page and "*/5" not in page


def test_a_client_s_rights_are_listed_by_name(system):
    page = system.get("/oversight/clients/").content.decode().partition("</table>")[0]
    assert "读取辖区企业" in page
    assert "enterprises:read" not in page
