"""Two phones on one visit: nobody writes over words that he has not seen, both versions are shown, and nothing is lost."""

from datetime import timedelta

import pytest

from certification import visit
from certification.models import Visit
from certification.seen_words import mark
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.audit.models import AuditEvent
from foundation.refusals import Refused
from tests.conftest import make_official

pytestmark = pytest.mark.django_db
PHONE = {"X-Visit": "1"}
MINE, HERS = "0123456789abcdef", "fedcba9876543210"


@pytest.fixture
def house(world):
    with scoped(Principal.system("test")):
        yield world


@pytest.fixture
def planned(house):
    row = Visit.objects.get(enterprise__memberships__user__username="qiye-zhang", state="planned")
    make_official("sun", row.region_path, "reviewer")
    return row


def who(username):
    return Principal.of_user(User.objects.get(username=username))


def line_of(row):
    return row.lines.get(place=1)


def events(row, act):
    return list(AuditEvent.objects.filter(object_id=row.public_id, act=act).order_by("id"))


def send_line(world, row, username, **words):
    return world.signed_in(username).post(f"/desk/visits/{row.public_id}/lines/1/", words, headers=PHONE)


def send_note(world, row, username, **words):
    return world.signed_in(username).post(f"/desk/visits/{row.public_id}/", {"act": "save"} | words, headers=PHONE)


def test_the_second_phone_is_refused_with_the_words_of_the_first_beside_its_own(house, planned):
    first = send_line(house, planned, "xingqing", verdict="differs", note="少两台设备", key=MINE)
    assert (first.status_code, first.json()["key"]) == (200, MINE)
    second = send_line(house, planned, "sun", verdict="matches", note="设备齐全", key=HERS)
    told = second.json()
    assert second.status_code == 409 and "两份都还在" in told["sentence"]
    assert (told["theirs"]["seen"], told["theirs"]["words"], told["theirs"]["said"]) == (
        MINE, ["differs", "少两台设备"], "不符，少两台设备",
    )  # fmt: skip
    assert told["theirs"]["by"].startswith(str(who("xingqing").name))
    assert (line_of(planned).verdict, line_of(planned).note) == ("differs", "少两台设备")


def test_who_has_seen_the_other_words_may_choose_his_own_and_the_others_stay_in_the_record(house, planned):
    send_line(house, planned, "xingqing", verdict="differs", note="少两台设备", key=MINE)
    chosen = send_line(house, planned, "sun", verdict="matches", note="设备齐全", key=HERS, seen=MINE, over=MINE)
    assert (chosen.status_code, line_of(planned).note) == (200, "设备齐全")
    (event,) = events(planned, "visit.answer_over")
    assert event.detail["before"] == "不符，少两台设备" and "少两台设备" in event.sentence
    page = house.signed_in("xingqing").get(f"/desk/visits/{planned.public_id}/").content.decode()
    assert "少两台设备" in page


def test_a_phone_is_not_in_its_own_way_when_the_answer_to_its_words_was_lost(house, planned):
    send_line(house, planned, "xingqing", verdict="differs", note="少两台", key=MINE)
    later = send_line(house, planned, "xingqing", verdict="differs", note="少两台设备", key=HERS, seen=MINE)
    assert (later.status_code, line_of(planned).note) == (200, "少两台设备")
    late = send_line(house, planned, "xingqing", verdict="differs", note="少两台", key=MINE)
    assert (late.status_code, line_of(planned).note) == (409, "少两台设备")
    assert events(planned, "visit.answer_over") == []


def test_two_phones_that_say_the_same_are_not_in_each_others_way(house, planned):
    send_line(house, planned, "xingqing", verdict="differs", note="少两台设备", key=MINE)
    second = send_line(house, planned, "sun", verdict="differs", note="少两台设备\r\n", key=HERS)
    assert (second.status_code, second.json()["key"]) == (200, MINE)


def test_what_two_phones_write_in_the_same_moment_is_decided_by_the_database(house, planned, monkeypatch):
    known = visit._open_line

    def meanwhile(row, place, actor):
        line = known(row, place, actor)
        row.lines.filter(place=place).update(note="抢先写下", key=HERS, at=clock.now(), by_name="孙")
        return line

    monkeypatch.setattr(visit, "_open_line", meanwhile)
    with pytest.raises(Refused) as told:
        visit.answer(planned, 1, {"verdict": "matches", "key": MINE}, actor=who("xingqing"))
    assert (told.value.code, line_of(planned).note) == ("stale", "抢先写下")


def test_the_summary_of_a_colleague_is_not_written_over_and_the_position_goes_by_itself(house, planned):
    assert send_note(house, planned, "xingqing", summary="与申报一致", key=MINE).json()["key"] == MINE
    refused = send_note(house, planned, "sun", summary="人数有出入", key=HERS)
    assert (refused.status_code, refused.json()["theirs"]["words"]) == (409, ["与申报一致"])
    assert send_note(house, planned, "sun", latitude="38.46800", longitude="106.2", key=HERS).status_code == 200
    planned.refresh_from_db()
    assert (planned.summary, str(planned.latitude)) == ("与申报一致", "38.46800")
    assert send_note(house, planned, "sun", summary="人数有出入", key=HERS, seen=MINE, over=MINE).status_code == 200
    (event,) = events(planned, "visit.note_over")
    assert event.detail["before"] == "与申报一致"


def test_whoever_ends_the_visit_does_not_write_over_a_summary_that_came_meanwhile(house, planned):
    desk = who("xingqing")
    for line in planned.lines.all():
        visit.answer(planned, line.place, {"verdict": "matches"}, actor=desk)
    send_note(house, planned, "sun", summary="孙写的小结", key=HERS)
    with pytest.raises(Refused) as told:
        visit.finish(planned, {"summary": "赵写的小结"}, actor=desk)
    assert (told.value.code, told.value.detail["theirs"]["words"]) == ("stale", ["孙写的小结"])
    planned.refresh_from_db()
    assert planned.state == "planned"
    done = visit.finish(planned, {}, actor=desk)
    assert (done.state, done.summary) == ("finished", "孙写的小结")


def form(row, **changed):
    """What a form without a script sends that was opened when nothing was written yet."""
    told = {"was-summary": mark(""), "summary": ""}
    for line in row.lines.all():
        told |= {f"note-{line.place}": "", f"was-{line.place}": mark("", "")}
    return told | {name.replace("_", "-"): words for name, words in changed.items()}


def test_a_form_without_a_script_shows_both_versions_saves_nothing_and_loses_nothing(house, planned):
    opened = form(planned, verdict_1="matches", note_1="设备齐全", verdict_2="matches", note_2="")
    send_line(house, planned, "sun", verdict="differs", note="少两台设备", key=HERS)
    client, address = house.signed_in("xingqing"), f"/desk/visits/{planned.public_id}/"
    reply = client.post(address, opened | {"act": "save"})
    page = reply.content.decode()
    assert reply.status_code == 409 and "设备齐全</textarea>" in page and "记的是“不符，少两台设备”" in page
    assert (line_of(planned).note, planned.lines.get(place=2).verdict) == ("少两台设备", "")
    assert 'name="verdict-2" value="matches" checked' in page and f'name="over-1" value="{HERS}"' in page
    again = opened | {"was-1": mark("differs", "少两台设备"), "over-1": HERS}
    assert client.post(address, again | {"act": "save"}).status_code == 302
    assert (line_of(planned).note, planned.lines.get(place=2).verdict) == ("设备齐全", "matches")
    assert len(events(planned, "visit.answer_over")) == 1


def test_a_form_does_not_take_back_what_a_colleague_wrote_in_a_line_that_it_left_alone(house, planned):
    opened = form(planned, verdict_2="matches")
    send_line(house, planned, "sun", verdict="differs", note="少两台设备", key=HERS)
    send_note(house, planned, "sun", summary="孙写的小结", key=HERS)
    client = house.signed_in("xingqing")
    assert client.post(f"/desk/visits/{planned.public_id}/", opened | {"act": "save"}).status_code == 302
    planned.refresh_from_db()
    assert (line_of(planned).note, planned.summary) == ("少两台设备", "孙写的小结")


def test_the_page_says_which_words_it_shows(house, planned):
    client, address = house.signed_in("xingqing"), f"/desk/visits/{planned.public_id}/"
    assert 'data-line="1" data-seen=""' in client.get(address).content.decode()
    send_line(house, planned, "xingqing", verdict="differs", note="少两台设备", key=MINE)
    send_note(house, planned, "xingqing", summary="与申报一致", key=HERS)
    page = client.get(address).content.decode()
    assert f'data-line="1" data-seen="{MINE}"' in page and f'id="f-summary" data-seen="{HERS}"' in page


def test_what_was_written_before_keys_were_kept_is_known_by_its_words(house, planned):
    planned.lines.filter(place=1).update(verdict="differs", note="旧话", key="", at=clock.now() - timedelta(days=1))
    with pytest.raises(Refused):
        visit.answer(planned, 1, {"verdict": "matches"}, actor=who("xingqing"))
    seen = mark("differs", "旧话")
    assert visit.answer(planned, 1, {"verdict": "matches", "seen": seen}, actor=who("xingqing")).verdict == "matches"
