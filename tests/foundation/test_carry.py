"""What leaves the house: once, at the right hour, by the way the person chose, and never silently lost."""

import smtplib
from datetime import datetime, timedelta

import pytest
from django.core import mail

from foundation import clock
from foundation.accounts.models import User
from foundation.ledger import work
from foundation.ledger.models import WorkItem, WorkState
from foundation.mailroom import carriers, sort
from foundation.mailroom.digest import gather
from foundation.mailroom.models import Choice, Delivery, Digest, LocalSms, Message, Proof
from foundation.mailroom.posting import send

DAY = datetime(2026, 11, 23, 10, 0, tzinfo=clock.now().tzinfo)
NIGHT = DAY.replace(hour=23, minute=30)


@pytest.fixture(autouse=True)
def ways_out(settings, monkeypatch):
    settings.MAIL_STAYS_HERE, settings.SMS_ADAPTER, settings.BASE_URL = True, "local", "https://tianti.example.org"
    at(monkeypatch, DAY)


def at(monkeypatch, moment):
    monkeypatch.setattr(clock, "now", lambda: moment)
    monkeypatch.setattr(clock, "today", lambda: moment.date())


@pytest.fixture
def wang(house):
    return User.objects.create_user("wang", "wang@example.org", "x" * 20, name="王五", phone="13900000000")


def delivery(message, channel="email"):
    return Delivery.objects.get(message=message, channel=channel)


def carry_all():
    sort.sort_out()
    return work.drain([sort.KIND])


def test_what_a_person_has_to_do_goes_out_at_once_and_says_what_by_when_and_where(wang):
    (message,) = send(
        [wang], subject="请补正 2 处", body="请更正。", topic="due", what_to_do="按意见更正后重新提交",
        due_on=DAY.date(), url="/my/applications/x/#f-product_text",
    )  # fmt: skip
    carry_all()
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["wang@example.org"], "【天梯】请补正 2 处")
    assert letter.extra_headers["Message-ID"] == f"<{message.public_id}.email@tianti.example.org>"
    for words in ("要做什么：按意见更正后重新提交", "最后一天：2026年11月23日",
                  "在这里办：https://tianti.example.org/my/applications/x/#f-product_text"):  # fmt: skip
        assert words in letter.body
    row = delivery(message)
    assert (row.state, row.way, row.sent_at, row.answer) == ("sent", "each", DAY, "邮件服务器已接收")


def test_ten_knocks_send_one_letter(wang):
    (message,) = send([wang], subject="一", body="…", topic="due")
    sort.sort_out(), sort.sort_out()
    item = WorkItem.objects.get(kind=sort.KIND)
    assert [work.perform(item.pk) for _ in range(10)] == ["done"] + ["nothing"] * 9
    assert len(mail.outbox) == 1
    assert delivery(message).state == "sent"


def test_everything_else_is_one_letter_a_day_with_what_has_a_date_first(wang):
    send([wang], subject="公示已开始", body="…", url="/a/")
    send([wang], subject="窗口将关闭", body="…", due_on=DAY.date(), what_to_do="提交草稿")
    assert carry_all() == 0 and mail.outbox == []
    assert (gather(), gather()) == (1, 0)
    work.drain(["mail.digest"])
    (letter,) = mail.outbox
    assert letter.subject == "【天梯】11月23日汇总：2 件事"
    assert letter.body.index("窗口将关闭") < letter.body.index("公示已开始")
    assert list(Digest.objects.values_list("person__name", "state")) == [("王五", "sent")]
    assert set(Delivery.objects.filter(channel="email").values_list("state", flat=True)) == {"digested"}


def test_what_was_read_in_the_portal_meanwhile_is_not_told_again(wang):
    (message,) = send([wang], subject="公示已开始", body="…")
    Message.objects.update(read_at=DAY)
    assert gather() == 0
    assert (delivery(message).state, delivery(message).answer) == ("silenced", "已在站内读过")


def test_each_person_chooses_per_topic_and_the_inbox_has_it_all_the_same(wang):
    Choice.objects.create(person=wang, topic="due", email="none", sms=True)
    Choice.objects.create(person=wang, topic="case", email="each")
    (due,) = send([wang], subject="请补正", body="…", topic="due")
    (case,) = send([wang], subject="已推荐", body="…", topic="case")
    carry_all()
    assert [letter.subject for letter in mail.outbox] == ["【天梯】已推荐"]
    assert delivery(due).state == "silenced"
    assert (delivery(due, "sms").state, delivery(due, "in_app").state) == ("sent", "sent")
    assert not Delivery.objects.filter(message=case, channel="sms").exists()
    assert LocalSms.objects.get().text == "【天梯】请补正"


def test_at_night_reminders_wait_for_the_morning_and_served_notices_do_not(wang, monkeypatch):
    at(monkeypatch, NIGHT)
    (reminder,) = send([wang], subject="请补正", body="…", topic="due")
    (notice,) = send([wang], subject="决定书", body="…", kind="legal")
    carry_all()
    assert (delivery(reminder).state, delivery(notice).state, delivery(notice, "sms").state) == (
        "pending",
        "sent",
        "sent",
    )
    at(monkeypatch, NIGHT.replace(hour=7, minute=59) + timedelta(days=1))
    assert carry_all() == 0
    at(monkeypatch, NIGHT.replace(hour=8, minute=0) + timedelta(days=1))
    assert carry_all() == 1 and delivery(reminder).state == "sent"


@pytest.mark.parametrize(
    ("hour", "hours", "due"),
    [(23, (22, 8), (24, 8)), (3, (22, 8), (23, 8)), (8, (22, 8), (23, 8)), (12, (22, 8), (23, 12)),
     (13, (12, 14), (23, 14)), (14, (12, 14), (23, 14)), (3, (0, 0), (23, 3))],
)  # fmt: skip
def test_quiet_hours_end_when_they_say(hour, hours, due):
    found = sort.after_quiet(DAY.replace(hour=hour), hours)
    assert (found.day, found.hour) == due


def test_a_served_notice_takes_every_way_whatever_was_chosen(wang):
    Choice.objects.create(person=wang, topic="case", email="none")
    (notice,) = send([wang], subject="决定书", body="全文", kind="legal")
    carry_all()
    assert (delivery(notice).state, delivery(notice, "sms").state) == ("sent", "sent")
    assert "全文" in mail.outbox[0].body and notice.content_hash in mail.outbox[0].body
    assert "全文" not in LocalSms.objects.get().text
    assert set(Proof.objects.values_list("channel", "what")) == {("email", "handed"), ("sms", "handed")}


class Line:
    """A mail server that answers as it is told."""

    def __init__(self, *answers):
        self.answers, self.name, self.knows_repetitions, self.seen = list(answers), "test", False, []

    def carry(self, letter):
        self.seen.append(letter.provider_id)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def plug(monkeypatch, line):
    for module in ("carry", "digest", "sort"):
        monkeypatch.setattr(f"foundation.mailroom.{module}.carrier_for", lambda channel: line)


def test_a_server_that_is_away_is_tried_again_later_under_the_same_id(wang, monkeypatch):
    line = Line(carriers.NotYet("refused"), carriers.NotYet("refused"), "好")
    plug(monkeypatch, line)
    (message,) = send([wang], subject="请补正", body="…", topic="due")
    carry_all()
    assert (delivery(message).state, len(line.seen)) == ("pending", 1)
    for minutes in (1, 6):
        at(monkeypatch, DAY + timedelta(minutes=minutes))
        carry_all()
    assert (delivery(message).state, len(line.seen), len(set(line.seen))) == ("sent", 3, 1)


def test_a_server_that_stays_away_ends_in_quarantine_and_the_operator_may_try_again(wang, monkeypatch):
    line = Line(*[carriers.NotYet("away")] * 7, "好")
    plug(monkeypatch, line)
    (message,) = send([wang], subject="请补正", body="…", topic="due")
    for hours in range(5):
        at(monkeypatch, DAY + timedelta(hours=3 * hours))
        carry_all()
        for item in WorkItem.objects.filter(state=WorkState.TODO):
            work.perform(item.pk)
    sort.settle()
    stuck = WorkItem.objects.get(kind=sort.KIND, state=WorkState.QUARANTINED)
    assert (delivery(message).state, delivery(message).answer) == ("failed", "NotYet: away")
    work.retry(stuck.pk)
    assert (work.perform(stuck.pk), delivery(message).state) == ("done", "sent")


def test_a_definite_no_is_not_asked_twice(wang, monkeypatch):
    line = Line(carriers.Undeliverable("550 no such user"))
    plug(monkeypatch, line)
    (message,) = send([wang], subject="请补正", body="…", topic="due")
    carry_all()
    assert (delivery(message).state, delivery(message).answer) == ("failed", "550 no such user")


@pytest.mark.parametrize(("kind", "state", "times"), [("courtesy", "unsure", 0), ("legal", "sent", 1)])
def test_after_a_machine_died_while_sending_a_reminder_is_not_doubled_and_a_notice_is_not_lost(
    wang, monkeypatch, kind, state, times
):
    line = Line("好", "好")
    plug(monkeypatch, line)
    (message,) = send([wang], subject="请补正", body="…", topic="due", kind=kind)
    sort.sort_out()
    item = WorkItem.objects.get(kind=sort.KIND, payload__delivery=delivery(message).pk)
    WorkItem.objects.filter(pk=item.pk).update(attempts=1, tried_at=DAY - timedelta(minutes=1))
    work.perform(item.pk)
    assert (delivery(message).state, len(line.seen)) == (state, times)


def test_a_provider_that_knows_the_id_takes_a_repetition_once(house):
    letter = carriers.Letter("13900000000", "x", "x", "one.sms")
    assert [carriers.LocalFake().carry(letter) for _ in range(2)] == ["演示替身已接收", "演示替身此前已接收"]
    assert LocalSms.objects.count() == 1


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (smtplib.SMTPRecipientsRefused({"a": (550, b"no such user")}), carriers.Undeliverable),
        (smtplib.SMTPRecipientsRefused({"a": (451, b"later")}), carriers.NotYet),
        (smtplib.SMTPDataError(554, b"spam"), carriers.Undeliverable),
        (smtplib.SMTPServerDisconnected("gone"), carriers.Unsure),
        (TimeoutError("slow"), carriers.Unsure),
    ],
)
def test_what_a_mail_server_answers_is_understood(monkeypatch, error, told):
    def fail(self, messages):
        raise error

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", fail)
    with pytest.raises(told):
        carriers.Smtp().carry(carriers.Letter("a@example.org", "x", "x", "<1@x>"))


def test_a_subject_with_a_line_break_cannot_add_a_header(wang):
    send([wang], subject="一\nBcc: all@example.org", body="…", topic="due")
    carry_all()
    assert (mail.outbox[0].bcc, mail.outbox[0].subject) == ([], "【天梯】一 Bcc: all@example.org")


def test_a_house_without_a_mail_server_says_so_instead_of_pretending(wang, settings):
    settings.MAIL_STAYS_HERE = False
    settings.SMS_ADAPTER = "none"
    (message,) = send([wang], subject="决定书", body="…", kind="legal")
    carry_all()
    assert mail.outbox == []
    assert (delivery(message).state, delivery(message).answer) == ("failed", "邮件尚未接入")
