"""Legal service: what proves it, what does not, and what an office does when nothing does."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.audit.models import AuditEvent
from foundation.mailroom import serve
from foundation.mailroom.calendar_file import calendar_of, folded
from foundation.mailroom.models import Delivery, Fallback, Message, Proof
from foundation.mailroom.posting import letters_about, send
from foundation.refusals import Missing, Refused
from tests.assertions import assert_same_answer
from tests.factories import make_enterprise, make_member

PAPER = {"way": "paper", "by": "赵审核", "number": "回证2026-01", "served_on": clock.today()}


@pytest.fixture
def firm(house):
    return make_enterprise(name="宁夏示例精密轴承有限公司")


@pytest.fixture
def member(firm):
    return make_member(firm)


@pytest.fixture
def notice(firm, member):
    (message,) = send(
        [member], subject="不予认定决定书", body="全文", kind="legal", about=firm, what_to_do="可以陈述申辩"
    )
    return message


@pytest.fixture
def desk(county):
    return Principal.of_user(county)


@pytest.fixture
def task(notice):
    Delivery.objects.filter(message=notice, channel="email").update(state="failed")
    assert serve.open_fallbacks() == 1
    return Fallback.objects.get()


def test_that_a_server_took_the_letter_is_no_proof_that_anybody_has_it(notice):
    Proof.objects.create(message=notice, channel="email", what="handed", at=clock.now())
    assert (serve.is_served(notice), serve.served_at(notice)) == (False, None)


def test_the_recipient_opens_it_and_that_is_the_moment_of_service(notice, member):
    serve.open_letter(notice, actor=Principal.of_user(member))
    serve.open_letter(notice, actor=Principal.of_user(member))
    proof = Proof.objects.get()
    assert (proof.channel, proof.what, proof.by_name) == ("in_app", "opened", str(member))
    assert serve.served_at(notice) == proof.at == notice.read_at
    event = AuditEvent.objects.get(act="notice.open")
    assert event.sentence == f"{member}打开了送达文书“不予认定决定书”"


def test_nobody_opens_another_s_letter(notice, county, signed_in):
    with pytest.raises(Missing):
        serve.open_letter(notice, actor=Principal.of_user(county))
    client = signed_in(county)
    assert_same_answer(client.get(f"/messages/{notice.public_id}/"), client.get("/messages/never-existed/"))
    assert client.post(f"/messages/{notice.public_id}/").status_code == 404
    assert serve.is_served(notice) is False


def test_what_was_served_cannot_be_changed_afterwards_not_even_by_the_house(notice, member):
    reminder = send([member], subject="提醒", body="…")[0]
    Message.objects.filter(pk=reminder.pk).update(body="可以")
    for change in ({"body": "别的"}, {"due_on": date(2030, 1, 1)}, {"content_hash": "0" * 64}, {"kind": "courtesy"}):
        with pytest.raises(IntegrityError, match="served notice"), transaction.atomic():
            Message.objects.filter(pk=notice.pk).update(**change)
    Proof.objects.create(message=notice, channel="email", what="handed", at=clock.now())
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Proof.objects.update(what="opened")


def test_the_hash_is_over_what_the_person_reads(firm, member):
    one, same, other = (
        send([member], subject="决定书", body=body, kind="legal", about=firm)[0] for body in ("甲", "甲", "乙")
    )
    assert one.content_hash == same.content_hash != other.content_hash
    assert send([member], subject="提醒", body="甲")[0].content_hash == ""


def test_without_any_electronic_way_the_office_has_a_task_at_once(firm):
    nobody = User.objects.create_user("silent", "", "x" * 20, name="无邮箱")
    send([nobody], subject="决定书", body="…", kind="legal", about=firm)
    assert (serve.open_fallbacks(), serve.open_fallbacks()) == (1, 0)
    row = Fallback.objects.get()
    assert (row.region_path, row.why) == ("64/6401/640104", "没有邮箱和手机，电子方式送不到")


def test_without_proof_in_the_configured_time_the_office_has_a_task(notice, settings, monkeypatch):
    settings.SERVICE_PROOF_WORKDAYS = 3
    assert serve.open_fallbacks() == 0
    later = clock.today() + timedelta(days=10)
    monkeypatch.setattr(clock, "today", lambda: later)
    assert serve.open_fallbacks() == 1
    assert Fallback.objects.get().why == "发出后 3 个工作日没有送达证明"


def test_while_no_time_is_configured_a_letter_that_went_out_makes_no_task(notice, monkeypatch):
    later = clock.today() + timedelta(days=400)
    monkeypatch.setattr(clock, "today", lambda: later)
    assert serve.open_fallbacks() == 0


def test_a_notice_that_was_opened_needs_nobody(notice, member, task):
    serve.open_letter(notice, actor=Principal.of_user(member))
    task.refresh_from_db()
    assert task.closed_at is not None
    with pytest.raises(Refused, match="已经送达"):
        serve.serve_by_hand(task, PAPER, actor=Principal.of_user(make_desk("64/6401/640104")))


def make_desk(path):
    from tests.conftest import make_official

    return make_official(f"desk-{path.replace('/', '-')}", path, "reviewer")


def test_an_office_serves_on_paper_and_the_day_of_the_paper_counts(task, desk):
    proof = serve.serve_by_hand(task, PAPER, actor=desk)
    letter = task.message
    assert (proof.served_on, proof.by_name, proof.number) == (clock.today(), "赵审核", "回证2026-01")
    assert serve.served_at(letter).date() == clock.today() and serve.is_served(letter)
    assert list(serve.fallbacks(desk)) == []
    event = AuditEvent.objects.get(act="notice.serve")
    assert event.sentence.endswith(f"于{clock.today()}以纸质方式送达“不予认定决定书”，编号回证2026-01")
    with pytest.raises(Refused, match="已经送达"):
        serve.serve_by_hand(task, PAPER, actor=desk)


@pytest.mark.parametrize(
    ("change", "field"),
    [({"way": ""}, "way"), ({"by": " "}, "by"), ({"number": ""}, "number"), ({"served_on": None}, "served_on"),
     ({"served_on": date(2000, 1, 1)}, "served_on"), ({"served_on": date(2999, 1, 1)}, "served_on")],
)  # fmt: skip
def test_service_without_evidence_is_no_service(task, desk, change, field):
    with pytest.raises(Refused) as refusal:
        serve.serve_by_hand(task, PAPER | change, actor=desk)
    assert [p.field for p in refusal.value.problems] == [field]
    assert serve.is_served(task.message) is False


def test_an_attempt_is_written_down_and_the_task_stays(task, desk):
    serve.note_attempt(task, "拨打登记电话，无人接听", way="phone", actor=desk)
    assert Proof.objects.get().what == "tried"
    assert (list(serve.fallbacks(desk)), serve.is_served(task.message)) == ([task], False)


def test_only_offices_of_the_region_see_and_serve(task, desk, city, other_county, member):
    for user, sees in ((city, True), (other_county, False), (member, False)):
        principal = Principal.of_user(user)
        assert serve.fallbacks(principal).exists() is sees
        if not sees:
            with pytest.raises(Missing):
                serve.serve_by_hand(task, PAPER, actor=principal)


def test_the_office_s_page_keeps_what_was_typed_and_closes_the_task(task, county, other_county, signed_in):
    client = signed_in(other_county)
    assert_same_answer(client.get(f"/desk/services/{task.public_id}/"), client.get("/desk/services/never/"))
    client = signed_in(county)
    url = f"/desk/services/{task.public_id}/"
    assert "不予认定决定书" in client.get("/desk/services/").content.decode()
    answer = client.post(url, {"way": "paper", "by": "赵审核", "served_on": "昨天", "number": "回证-1", "act": "serve"})
    page = answer.content.decode()
    assert (answer.status_code, [p.field for p in answer.context["problems"]]) == (422, ["served_on"])
    assert 'value="回证-1"' in page and 'id="f-served_on"' in page
    given = {"way": "paper", "by": "赵审核", "served_on": str(clock.today()), "number": "回证-1", "act": "serve"}
    assert client.post(url, given).headers["Location"] == "/desk/services/"
    assert serve.is_served(task.message)


def test_looking_at_the_list_signs_for_nothing_and_opening_does(notice, member, signed_in):
    client = signed_in(member)
    listed = client.get("/messages/?kind=legal").content.decode()
    shut = client.get(f"/messages/{notice.public_id}/").content.decode()
    assert "等您打开" in listed and "全文" not in listed + shut.replace("看到全文", "")
    assert serve.is_served(notice) is False
    client.post(f"/messages/{notice.public_id}/")
    assert "<p>全文</p>" in client.get(f"/messages/{notice.public_id}/").content.decode()
    assert serve.is_served(notice) is True


def test_reminders_are_marked_read_and_notices_are_not(notice, member, stranger, signed_in):
    (mine,), (theirs,) = send([member], subject="提醒", body="…"), send([stranger], subject="提醒", body="…")
    ids = [mine.public_id, theirs.public_id, notice.public_id]
    signed_in(member).post("/messages/read/", {"message": ids})
    unread = Message.objects.filter(read_at=None).values_list("pk", flat=True)
    assert set(unread) == {theirs.pk, notice.pk}


def test_the_settings_page_keeps_choices_and_names_what_it_cannot_read(member, signed_in):
    client = signed_in(member)
    given = {f"email-{t}": "each" for t in ("due", "case", "title", "benefit", "account")}
    given |= {"sms-due": "yes", "begins": "21", "ends": "7"}
    assert client.post("/messages/settings/", given).headers["Location"] == "/messages/settings/"
    assert member.mail_choices.get(topic="due").sms is True
    assert (member.quiet_hours.begins, member.quiet_hours.ends) == (21, 7)
    answer = client.post("/messages/settings/", given | {"begins": "25", "email-case": "fax"})
    assert (answer.status_code, [p.field for p in answer.context["problems"]]) == (422, ["email-case", "begins"])
    assert 'value="25"' in answer.content.decode()
    assert member.quiet_hours.begins == 21


def test_a_last_day_goes_into_a_calendar(firm, member, signed_in):
    (message,) = send(
        [member],
        subject="补正；按时，",
        body="…",
        what_to_do="第一行\n第二行, 很长" + "长" * 60,
        due_on=date(2026, 4, 30),
        about=firm,
    )
    answer = signed_in(member).get(f"/messages/{message.public_id}/date.ics")
    text = answer.content.decode()
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n")) and "\n" not in text.replace("\r\n", "")
    plain = text.replace("\r\n ", "")
    assert "DTSTART;VALUE=DATE:20260430\r\nDTEND;VALUE=DATE:20260501\r\n" in plain
    assert "DESCRIPTION:第一行\\n第二行\\, 很长" in plain
    assert plain.count("BEGIN:VEVENT") == 1 and plain.endswith("END:VCALENDAR\r\n")
    undated = send([member], subject="x", body="x")[0]
    assert signed_in(member).get(f"/messages/{undated.public_id}/date.ics").status_code == 404
    with pytest.raises(ValueError):
        calendar_of(undated)


@pytest.mark.parametrize("line", ["a" * 75, "a" * 76, "汉" * 100, "a" + "汉" * 25, "𠀀" * 40])
def test_folding_never_splits_a_character_and_is_undone_by_unfolding(line):
    made = folded(line)
    assert made.replace("\r\n ", "") == line
    assert max(len(piece.encode()) for piece in made.split("\r\n")) <= 75


def test_the_mail_log_of_a_case_costs_the_same_for_one_letter_and_for_five(firm, member, django_assert_num_queries):
    def read():
        return [(m.recipient.name, list(m.deliveries.all()), serve.served_at(m), getattr(m, "fallback", None))
                for m in letters_about(firm)]  # fmt: skip

    send([member], subject="一", body="…", about=firm)
    with django_assert_num_queries(3):
        assert len(read()) == 1
    for subject in "二三四五":
        send([member], subject=subject, body="…", about=firm, kind="legal")
    with django_assert_num_queries(3):
        assert len(read()) == 5
    assert list(letters_about(make_enterprise())) == []


def test_the_desk_s_list_asks_the_same_for_one_notice_and_for_three(task, firm, county, signed_in):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, counts = signed_in(county), []
    client.get("/desk/services/")
    for more in (0, 2):
        for number in range(more):
            person = User.objects.create_user(f"silent{number}", "", "x" * 20, name="无邮箱")
            send([person], subject="决定书", body="…", kind="legal", about=make_enterprise())
        serve.open_fallbacks()
        with CaptureQueriesContext(connection) as asked:
            answer = client.get("/desk/services/")
        counts.append((len(answer.context["rows"]), len(asked)))
    assert [n for n, _ in counts] == [1, 3] and counts[0][1] == counts[1][1]
    assert firm.name in answer.content.decode()
