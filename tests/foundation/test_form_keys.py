"""A form of a firm that is sent again because its answer was lost is one act: no patent twice, no statement twice."""

import re

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse, HttpResponseRedirect
from django.test import RequestFactory

from enterprises.models import IntellectualProperty
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.exchange.form_keys import key_of, new_key, once_per_form
from foundation.exchange.models import IdempotencyKey
from foundation.refusals import Refused
from tests.factories import make_enterprise, make_member

KEY = new_key()


class Desk:
    """A view that keeps what it gets; "wrong" is shown again, "late" is refused."""

    def __init__(self):
        self.kept = []

    def __call__(self, request):
        text = request.POST["text"]
        if text == "wrong":
            return HttpResponse("shown again", status=422)
        if text == "late":
            raise Refused("already_moved", "已经办结。")
        self.kept.append((text, [file.read() for file in request.FILES.getlist("file")]))
        return HttpResponseRedirect(f"/kept/{len(self.kept)}/")


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def send(house, desk):
    member = Principal.of_user(make_member(make_enterprise()))

    def send(text, key=KEY, who=member, content=b"", path="/my/"):
        given = {"text": text, "form_key": key}
        if content:
            given["file"] = SimpleUploadedFile("x.pdf", content)
        request = RequestFactory().post(path, given)
        request.principal, request._messages = who, Told()
        with scoped(who):
            return once_per_form(desk)(request)

    return send


class Told(list):
    def add(self, level, message, extra_tags=""):
        self.append(message)


def test_the_same_form_is_kept_once_and_leads_to_the_same_page(send, desk):
    assert [send("甲", content=b"1").headers["Location"] for _ in range(3)] == ["/kept/1/"] * 3
    assert desk.kept == [("甲", [b"1"])]


def test_other_words_another_file_another_page_and_another_person_are_other_acts(send, desk):
    other = Principal.of_user(make_member(make_enterprise()))
    send("甲", content=b"1")
    for change in ({"content": b"2"}, {"path": "/my/other/"}, {"who": other, "content": b"1"}, {"key": new_key()}):
        send("甲", **change)
    send("乙", content=b"1")
    assert len(desk.kept) == 6


def test_a_form_that_was_shown_again_or_refused_has_not_used_its_key(send, desk):
    assert send("wrong").status_code == 422
    with pytest.raises(Refused):
        send("late")
    assert IdempotencyKey.objects.count() == 0
    assert send("right").status_code == 302
    assert [text for text, _ in desk.kept] == ["right"]


@pytest.mark.parametrize("key", ["", "short", "x" * 31, "\0" * 40, "钥" * 40])
def test_a_key_that_this_portal_did_not_make_counts_for_nothing(send, desk, key):
    assert key_of(key) == ""
    send("甲", key=key), send("甲", key=key)
    assert len(desk.kept) == 2


def test_what_was_answered_to_one_is_seen_by_no_other(send, house):
    other = Principal.of_user(make_member(make_enterprise()))
    send("甲")
    with scoped(other):
        assert IdempotencyKey.objects.count() == 0
    with scoped(Principal.anonymous()):
        assert IdempotencyKey.objects.count() == 0
    assert IdempotencyKey.objects.count() == 1


def test_a_patent_typed_once_is_listed_once_however_often_the_page_is_sent(house, signed_in):
    client = signed_in(make_member(make_enterprise()))
    url = "/my/facts/lists/intellectual_property/add/"
    page = client.get(url).content.decode()
    key = re.search(r'name="form_key" value="([0-9a-f]{40})"', page).group(1)
    given = {"kind": "invention", "title": "一种示例轴承", "number": "ZL202610000001.1", "form_key": key}
    answers = [client.post(url, given) for _ in range(2)]
    assert [a.status_code for a in answers] == [302, 302], answers[0].content.decode()
    assert IntellectualProperty.objects.count() == 1
    assert "这张表刚才已经收到，没有重复登记。" in [str(m) for m in get_messages(answers[1].wsgi_request)]
