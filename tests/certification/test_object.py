"""异议: one objection holds one firm and not the list; a stranger opens nothing; the firm never learns who it was."""

import hashlib
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client

from certification import certify, object, posting, review
from certification.conceal import conceal, objection_outcomes
from certification.models import Application, Certificate, Objection, ObjectionPaper, Posting
from enterprises.attach import path_of
from enterprises.models import Membership
from enterprises.reconcile import reconcile
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.audit.models import AuditEvent
from foundation.exchange.models import Change
from foundation.mailroom.models import Message
from foundation.refusals import Missing, Refused
from portal.demo.papers import one_page
from tests.certification.lists import announced

GIVEN = {
    "name": "欧阳示例",
    "contact": "13900000000",
    "organisation": "示例路1号",
    "relation": "同行",
    "facts": "收入与年报不一致",
}
NOW_HERE = Posting.objects.filter(state="running", level="province", call__tier="specialised")


@pytest.fixture
def house(db, world):
    with scoped(Principal.system("test")):
        yield Principal.system("test")


@pytest.fixture
def later(settings):
    def move_on(days):
        settings.CLOCK_OFFSET_SECONDS += days * 86_400

    return move_on


@pytest.fixture
def running(house):
    return NOW_HERE.get()


def who(username):
    return Principal.of_user(User.objects.get(username=username))


def lodge(running, line=1, files=(), **given):
    return object.lodge(running, line, GIVEN | given, files)


def states(running):
    return dict(running.items.order_by("place").values_list("place", "application__state"))


def test_one_open_objection_holds_its_own_firm_and_the_rest_of_the_list_goes_on(running, house, later):
    assert set(states(running).values()) == {"posted"} and len(states(running)) >= 2
    lodge(running, 1)
    later(30)
    posting.end_due(actor=house)
    assert states(running) == {place: "posted" if place == 1 else "decided" for place in states(running)}
    running.refresh_from_db()
    assert running.state == "ended"


def test_what_was_held_follows_when_the_objection_is_dismissed(running, house, later):
    objection, _ = lodge(running, 1)
    later(30)
    posting.end_due(actor=house)
    object.take_up(objection, actor=who("sheng-shenhe"))
    object.answer(objection, "dismiss", "经核查，所反映情况不属实。", actor=who("sheng-chuzhang"))
    assert set(states(running).values()) == {"decided"}


def test_what_was_held_follows_when_the_objector_takes_it_back(running, house, later):
    objection, code = lodge(running, 2)
    later(30)
    posting.end_due(actor=house)
    assert states(running)[2] == "posted"
    object.withdraw(objection.receipt_number, code)
    assert states(running)[2] == "decided"


def test_an_upheld_objection_goes_on_holding_until_the_office_decides(running, house, later):
    director = who("sheng-chuzhang")
    objection, _ = lodge(running, 1)
    object.take_up(objection, actor=director)
    object.answer(objection, "uphold", "经核查属实。", actor=director)
    later(30)
    posting.end_due(actor=house)
    assert states(running)[1] == "posted"
    review.refuse(objection.application, actor=director, reason="公示异议经核查成立")
    assert Application.objects.get(pk=objection.application_id).state == "to_refuse"


def test_an_announcement_leaves_the_held_firm_out_and_announces_the_others(house):
    decided = list(Application.objects.filter(state="decided", tier="innovative").order_by("pk"))
    past = Posting.objects.get(items__application=decided[0])
    director, first = who("sheng-chuzhang"), decided[0]
    # The list has ended, so the row is made by hand: an objection that was received on its last evening.
    with transaction.atomic():
        objection, _ = lodge_late(past, first)
    made = announced(past.call, decided, actor=director, document_number="宁示例〔2026〕9号")
    granted = set(Certificate.objects.filter(announcement=made).values_list("application_id", flat=True))
    assert granted == {a.pk for a in decided[1:]}
    with pytest.raises(Refused) as told:
        announced(past.call, [first], actor=director, document_number="宁示例〔2026〕10号")
    assert told.value.code == "conflict"
    with pytest.raises(Refused):
        certify.grant(first, made, actor=director)
    object.take_up(objection, actor=director)
    object.answer(objection, "dismiss", "不属实。", actor=director)
    announced(past.call, [first], actor=director, document_number="宁示例〔2026〕10号")
    assert Certificate.objects.filter(application=first).count() == 1


def lodge_late(past, application):
    line = past.items.get(application=application).place
    past.state = "running"
    try:
        return lodge(past, line)
    finally:
        past.refresh_from_db()


def test_a_stranger_s_code_opens_nothing_and_says_the_same_as_an_unknown_number(running):
    objection, code = lodge(running)
    _, other_code = lodge(running, 2)
    for receipt, tried in (
        (objection.receipt_number, other_code), (objection.receipt_number, ""), ("YY-2026-9999", code),
        (objection.receipt_number, objection.code_hash),
    ):  # fmt: skip
        with pytest.raises(Missing):
            object.track(receipt, tried)
        with pytest.raises(Missing):
            object.withdraw(receipt, tried)
    assert object.track(f" {objection.receipt_number.lower()} ", code.upper()).pk == objection.pk
    pages = [
        Client().post("/objections/", {"receipt": r, "code": c})
        for r, c in ((objection.receipt_number, other_code), ("YY-2026-9999", code))
    ]
    assert {p.status_code for p in pages} == {422}
    assert all(running.title not in p.content.decode() for p in pages)


def test_the_code_is_kept_as_a_hash_only_and_never_in_the_record(running):
    objection, code = lodge(running)
    assert objection.code_hash == hashlib.sha256(code.encode()).hexdigest()
    with connection.cursor() as db:
        db.execute("SELECT (SELECT count(*) FROM certification_objection t WHERE t::text LIKE %s)"
                   " + (SELECT count(*) FROM audit_auditevent t WHERE t::text LIKE %s)", [f"%{code}%"] * 2)  # fmt: skip
        assert db.fetchone() == (0,)


def test_the_firm_and_the_record_never_learn_who_objected(running, world):
    objection, _ = lodge(running, 1)
    object.take_up(objection, actor=who("sheng-shenhe"))
    object.answer(objection, "dismiss", "不属实。", actor=who("sheng-chuzhang"))
    words = (GIVEN["name"], GIVEN["contact"], GIVEN["organisation"], GIVEN["facts"])
    about = Message.objects.filter(about_id=objection.application.public_id)
    assert about.filter(subject__contains="异议").exists()
    assert [m.pk for m in about for w in words if w in m.subject + m.body] == []
    events = AuditEvent.objects.filter(object_id=objection.public_id)
    assert set(events.values_list("enterprise_id", "audience")) == {(None, "office")}
    assert [e.act for e in events for w in words if w in f"{e.sentence}{e.actor_name}{e.reason}{e.detail}"] == []
    assert set(Change.objects.filter(public_id=objection.public_id).values_list("enterprise_id", "credit_code")) == {
        (None, "")
    }
    member = Membership.objects.filter(enterprise=objection.application.enterprise, state="verified").first().user
    client = world.signed_in(member.username)
    page = client.get(f"/my/applications/{objection.application.public_id}/").content.decode()
    assert [w for w in words if w in page] == []
    with scoped(Principal.of_user(member)):
        assert list(Objection.objects.all()) == [] and list(ObjectionPaper.objects.all()) == []


def test_only_the_office_whose_list_it_is_sees_the_objection(running, world):
    objection, _ = lodge(running)
    url = f"/desk/postings/objections/{objection.public_id}/"
    seen = {
        name: world.signed_in(name).get(url).status_code
        for name in ("sheng-shenhe", "yinchuan", "xingqing", "qiye-zhang", "sheng-shenji")
    }
    assert seen == {"sheng-shenhe": 200, "yinchuan": 404, "xingqing": 404, "qiye-zhang": 404, "sheng-shenji": 404}
    with scoped(who("yinchuan")):
        assert Objection.objects.filter(pk=objection.pk).count() == 0
        assert object.held([objection.application_id]) == {objection.application_id}


def test_the_name_is_masked_until_an_official_says_what_for_and_each_look_is_recorded(running, world):
    objection, _ = lodge(running)
    client = world.signed_in("sheng-shenhe")
    url = f"/desk/postings/objections/{objection.public_id}/"
    page = client.get(url).content.decode()
    assert "欧某某" in page and GIVEN["name"] not in page and GIVEN["contact"] not in page
    silent = client.post(url + "unmask/", {"reason": " "})
    assert silent.status_code == 422 and GIVEN["name"] not in silent.content.decode()
    shown = client.post(url + "unmask/", {"reason": "电话核实证据"})
    assert GIVEN["name"] in shown.content.decode() and shown.headers["Cache-Control"] == "no-store"
    told = AuditEvent.objects.filter(object_id=objection.public_id, act="objection.unmask").values_list(
        "reason", flat=True
    )
    assert list(told) == ["电话核实证据"]
    assert GIVEN["name"] not in client.get(url).content.decode()


def test_the_answer_is_the_leader_s_in_writing_and_what_was_typed_is_not_lost(running, world):
    objection, code = lodge(running)
    object.take_up(objection, actor=who("sheng-shenhe"))
    with pytest.raises(Refused) as told:
        object.answer(objection, "dismiss", "不属实", actor=who("sheng-shenhe"))
    assert told.value.code == "forbidden"
    leader = world.signed_in("sheng-chuzhang")
    url = f"/desk/postings/objections/{objection.public_id}/answer/"
    assert leader.post(url, {"verdict": "dismiss", "answer": "  "}).status_code == 422
    assert leader.post(url, {"verdict": "dismiss", "answer": "经核查不属实。"}).status_code == 302
    page = Client().post("/objections/", {"receipt": objection.receipt_number, "code": code}).content.decode()
    assert "经核查不属实。" in page and "异议不成立" in page and GIVEN["name"] not in page


def test_a_visitor_objects_without_an_account_with_evidence_and_gets_number_and_code(running):
    paper = SimpleUploadedFile("证据.pdf", one_page("演示证据"), content_type="application/pdf")
    url = f"/postings/{running.public_id}/objection/"
    bad = Client().post(url, {"line": 1, "facts": "只写了事实"})
    assert bad.status_code == 422 and "只写了事实" in bad.content.decode() and "请填写姓名" in bad.content.decode()
    page = Client().post(url, GIVEN | {"line": 1, "files": [paper]})
    assert page.status_code == 200
    receipt = re.search(r"YY-\d{4}-\d{4}", page.content.decode()).group()
    kept = ObjectionPaper.objects.get(objection__receipt_number=receipt)
    assert path_of(kept.sha256).is_file() and kept.original_name == "证据.pdf"


FORM_KEY = re.compile(r'name="form_key" value="([0-9a-f]{40})"')


def receipt_and_code(page):
    return re.findall(r'<dd class="mono big">([^<]+)</dd>', page.content.decode())


def test_a_form_sent_again_after_a_lost_answer_is_the_same_objection_with_the_same_number_and_code(
    running, house, later
):
    url, client = f"/postings/{running.public_id}/objection/", Client()
    key = FORM_KEY.search(client.get(url).content.decode()).group(1)
    before = Objection.objects.count()

    def send(**changes):
        paper = SimpleUploadedFile("证据.pdf", one_page("演示证据"), content_type="application/pdf")
        return client.post(url, GIVEN | {"line": 1, "files": [paper], "form_key": key} | changes)

    first, again = receipt_and_code(send()), receipt_and_code(send())
    assert first == again and first[0].startswith("YY-") and len(first[1]) == 20
    assert object.track(*first).facts == GIVEN["facts"]
    later(30)
    posting.end_due(actor=house)
    assert receipt_and_code(send()) == first, "also after the last day: it was in time"
    assert (
        Objection.objects.count() - before,
        ObjectionPaper.objects.filter(objection__receipt_number=first[0]).count(),
    ) == (1, 1)


def test_a_form_that_says_something_else_now_is_asked_about_and_nothing_typed_is_lost(running):
    url, client = f"/postings/{running.public_id}/objection/", Client()
    key = FORM_KEY.search(client.get(url).content.decode()).group(1)
    receipt, code = receipt_and_code(client.post(url, GIVEN | {"line": 1, "form_key": key}))
    other = GIVEN | {"line": 2, "facts": "另一家的专利已经失效"}
    asked = client.post(url, other | {"form_key": key})
    page = asked.content.decode()
    assert asked.status_code == 422 and receipt in page and code in page and "另一家的专利已经失效" in page
    second = FORM_KEY.search(page).group(1)
    assert second != key
    assert receipt_and_code(client.post(url, other | {"form_key": second}))[0] != receipt


def test_two_pages_are_two_objections_and_a_made_up_key_is_none(running):
    url, client = f"/postings/{running.public_id}/objection/", Client()
    keys = [FORM_KEY.search(client.get(url).content.decode()).group(1) for _ in range(2)]
    told = [
        receipt_and_code(client.post(url, GIVEN | {"line": 1, "form_key": key})) for key in [*keys, "1", "1", "钥" * 40]
    ]
    assert len({receipt for receipt, _ in told}) == len({code for _, code in told}) == 5


def test_neither_the_key_of_a_form_nor_the_code_can_be_read_in_the_database(running):
    key = "0123456789abcdef" * 2
    _, code = object.lodge(running, 1, GIVEN, form_key=key)
    with connection.cursor() as db:
        db.execute("SELECT (SELECT count(*) FROM certification_objection t WHERE t::text ~ %s)"
                   " + (SELECT count(*) FROM exchange_idempotencykey t WHERE t::text ~ %s)", [f"{key}|{code}"] * 2)  # fmt: skip
        assert db.fetchone() == (0,)
        db.execute("SELECT count(*) FROM exchange_idempotencykey WHERE principal = 'system:objection'")
        assert db.fetchone() == (1,)


def test_a_file_that_is_not_what_it_says_is_refused_and_nothing_is_lodged(running):
    wrong = SimpleUploadedFile("证据.pdf", b"MZ not a pdf", content_type="application/pdf")
    before = Objection.objects.count()
    with pytest.raises(Refused) as told:
        lodge(running, files=[wrong])
    assert [p.field for p in told.value.problems] == ["files"] and Objection.objects.count() == before


def test_after_the_last_day_the_form_is_shut_and_names_the_disciplinary_office(running, house, later):
    later(30)
    posting.end_due(actor=house)
    running.refresh_from_db()
    with pytest.raises(Refused) as told:
        lodge(running)
    assert told.value.code == "window_closed" and running.disciplinary_contact in told.value.sentence


def test_too_many_objections_from_one_address_have_to_wait(running):
    url, client = f"/postings/{running.public_id}/objection/", Client()
    told = [client.post(url, {}, REMOTE_ADDR="198.51.100.7").status_code for _ in range(11)]
    assert told == [422] * 10 + [429]


def test_the_archived_list_is_what_the_page_says_and_anybody_may_fetch_it_by_its_hash(running):
    page = Client().get(f"/postings/{running.public_id}/").content.decode()
    assert running.file_hash in page and running.content_hash in page
    answer = Client().get(f"/postings/files/{running.file_hash}/list.pdf")
    content = b"".join(answer.streaming_content)
    assert hashlib.sha256(content).hexdigest() == running.file_hash and content.startswith(b"%PDF")
    assert Client().get(f"/postings/files/{'0' * 64}/list.pdf").status_code == 404


def test_the_night_watch_over_files_keeps_lists_and_evidence_of_objections(running):
    paper = SimpleUploadedFile("证据.pdf", one_page("另一份演示证据"), content_type="application/pdf")
    objection, _ = lodge(running, files=[paper])
    reconcile(young=-1)
    assert path_of(running.file_hash).is_file() and path_of(objection.papers.get().sha256).is_file()


def test_the_public_figures_hide_small_cells_and_what_would_give_them_away(running, settings):
    assert conceal({"a": 6, "b": 7, "c": 0}, 5) == {"a": 6, "b": 7, "c": 0}
    assert conceal({"a": 2, "b": 7, "c": 9}, 5) == {"a": None, "b": None, "c": 9}
    assert conceal({"a": 2, "b": 1, "c": 9}, 5) == {"a": None, "b": None, "c": None}
    assert conceal({"a": 3, "b": 4, "c": 9}, 5) == {"a": None, "b": None, "c": 9}
    assert conceal({"a": 2, "b": 0, "c": 9}, 5) == {"a": None, "b": None, "c": None}
    few = objection_outcomes()
    assert [row["total"] for row in few] == [None]
    settings.SMALL_CELL = 1
    (row,) = objection_outcomes()
    assert row["open"] == Objection.objects.filter(state__in=("received", "under_examination")).count()


def test_the_database_refuses_an_objection_that_jumps_and_one_that_is_decided_at_birth(running):
    objection, _ = lodge(running)
    with pytest.raises(IntegrityError, match="illegal edge"), transaction.atomic():
        Objection.objects.filter(pk=objection.pk).update(state="dismissed")


def test_the_desk_marks_what_is_held_and_the_announcement_says_what_it_left_out(house, world):
    decided = list(Application.objects.filter(state="decided", tier="innovative").order_by("pk"))
    past = Posting.objects.get(items__application=decided[0])
    lodge_late(past, decided[0])
    client = world.signed_in("sheng-chuzhang")
    assert client.get("/desk/postings/").content.decode().count("有异议未办结") == 1
    form = {
        "call": past.call.public_id,
        "application": [a.public_id for a in decided],
        "document_number": "宁示例〔2026〕31号",
    }
    page = client.post("/desk/postings/announce/", form, follow=True).content.decode()
    assert f"{decided[0].enterprise_name}有公示异议没有办结，没有列入公告稿" in page


def test_a_document_number_stands_for_one_announcement_and_the_second_is_told_so(house, world):
    first, second = list(Application.objects.filter(state="decided", tier="innovative").order_by("pk"))[:2]
    Objection.objects.all().delete()
    director = who("sheng-chuzhang")
    announced(first.call, [first], actor=director, document_number="宁示例〔2026〕77号")
    with pytest.raises(Refused) as told:
        announced(second.call, [second], actor=director, document_number=" 宁示例〔2026〕77号 ")
    assert (told.value.code, told.value.problems[0].field) == ("duplicate", "document_number")
    page = world.signed_in("sheng-chuzhang").post(
        "/desk/postings/announce/",
        {"call": second.call.public_id, "application": second.public_id, "document_number": "宁示例〔2026〕77号"},
    )
    assert page.status_code == 409 and "已经用过" in page.content.decode()
    assert Application.objects.get(pk=second.pk).state == "decided"
