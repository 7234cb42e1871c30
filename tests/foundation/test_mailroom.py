"""A message is a row in the transaction that caused it; carrying it comes after."""

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from foundation.accounts.models import User
from foundation.mailroom.models import Delivery, Message
from foundation.mailroom.posting import inbox, send
from tests.factories import make_enterprise


@pytest.fixture
def wang(db):
    return User.objects.create_user("wang", "wang@example.org", "x" * 20, name="王五")


@pytest.fixture
def zhao(db):
    return User.objects.create_user("zhao", "", "x" * 20, name="赵六")


def test_everybody_named_gets_a_message_of_their_own(house, wang, zhao):
    written = send([wang, zhao], subject="补正通知", body="请在 5 个工作日内补正。", url="/my/")
    assert [m.recipient for m in written] == [wang, zhao]
    for user in (wang, zhao):
        (message,) = inbox(user)
        assert (message.subject, message.body, message.url) == ("补正通知", "请在 5 个工作日内补正。", "/my/")
        assert (message.kind, message.get_kind_display(), message.read_at) == ("courtesy", "提醒", None)
    assert len({m.public_id for m in written}) == 2


def test_it_is_in_the_portal_at_once_and_by_e_mail_only_where_an_address_is_known(house, wang, zhao):
    send([wang, zhao], subject="补正通知", body="…")
    rows = Delivery.objects.order_by("id").values_list("message__recipient__name", "channel", "state")
    assert list(rows) == [("王五", "in_app", "sent"), ("王五", "email", "pending"), ("赵六", "in_app", "sent")]
    assert Delivery.objects.get(channel="email").sent_at is None
    assert Delivery.objects.filter(channel="in_app", sent_at=None).count() == 0


def test_nothing_leaves_the_house_inside_the_transaction(house, wang):
    send([wang], subject="补正通知", body="…")
    assert mail.outbox == []


def test_what_did_not_happen_is_told_to_nobody(house, wang):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        send([wang], subject="补正通知", body="…")
        raise ZeroDivisionError
    assert (Message.objects.count(), Delivery.objects.count()) == (0, 0)


def test_a_served_notice_is_marked_as_one_and_names_its_case(house, wang):
    firm = make_enterprise()
    (message,) = send([wang], subject="不予认定决定书", body="…", kind="legal", about=firm)
    assert (message.kind, message.get_kind_display()) == ("legal", "送达文书")
    assert (message.about_type, message.about_id) == ("enterprises.enterprise", firm.public_id)


def test_a_long_subject_is_cut_and_the_body_is_not(house, wang):
    (message,) = send([wang], subject="很" * 500, body="长" * 5000)
    message.refresh_from_db()
    assert (len(message.subject), len(message.body)) == (120, 5000)


def test_nobody_reads_another_s_letters_and_the_newest_lies_on_top(house, wang, zhao, stranger):
    for subject in ("一", "二"):
        send([wang], subject=subject, body="…")
    send([zhao], subject="三", body="…")
    assert [m.subject for m in inbox(wang)] == ["二", "一"]
    assert [m.subject for m in inbox(zhao)] == ["三"]
    assert list(inbox(stranger)) == []


def test_to_nobody_is_nothing(house):
    assert send([], subject="补正通知", body="…") == []


def test_the_same_way_is_taken_once_for_a_message(house, wang):
    (message,) = send([wang], subject="补正通知", body="…")
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.create(message=message, channel="email")
