"""On the spot: chosen by rule and by lot, announced, written down once however often it is sent, and signed by the firm."""

import hashlib
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from certification import sample_visits, visit
from certification.models import Application, Call, Visit, VisitLine, VisitPhoto, VisitSample
from certification.sample_visits import Trigger, drawn, fires
from certification.seen_words import mark
from certification.states import IN_REVIEW
from enterprises.reconcile import KEEPERS
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.audit.models import AuditEvent
from foundation.mailroom.models import Message
from foundation.refusals import Missing, Refused

pytestmark = pytest.mark.django_db
SEED = "ab" * 32
KEY = "0123456789abcdef"


@pytest.fixture
def house(world):
    with scoped(Principal.system("test")):
        Visit.objects.filter(state="chosen").count()
        yield world


def who(username):
    return Principal.of_user(User.objects.get(username=username))


@pytest.fixture
def planned(house):
    """The demo's visit to the firm of the tour."""
    return Visit.objects.get(enterprise__memberships__user__username="qiye-zhang", state="planned")


def picture(shade=200):
    from PIL import Image

    out = BytesIO()
    Image.new("RGB", (8, 8), (shade, 10, 10)).save(out, "JPEG")
    return SimpleUploadedFile("现场.jpg", out.getvalue(), content_type="image/jpeg"), hashlib.sha256(
        out.getvalue()
    ).hexdigest()


def answered(row, actor):
    for line in row.lines.all():
        visit.answer(row, line.place, {"verdict": "matches", "note": ""}, actor=actor)


def test_the_same_seed_draws_the_same_cases_and_the_share_is_rounded_up():
    ids = [f"case-{n}" for n in range(41)]
    first = drawn(SEED, "call", ids, 10)
    assert (len(first), first == drawn(SEED, "call", list(reversed(ids)), 10)) == (5, True)
    assert drawn(SEED, "call", ids, 0) == set() and drawn(SEED, "call", ids, 100) == set(ids)
    assert first != drawn("cd" * 32, "call", ids, 10)


class Filed:
    facts = {"employees_y0": 5, "rd_expense_y0": ""}
    sources = {"a": "self", "b": "self", "c": "audited"}


@pytest.mark.parametrize(
    ("trigger", "expected"),
    [
        (Trigger("x", "x", "fact_at_most", fact="employees_y0", most=5), True),
        (Trigger("x", "x", "fact_at_most", fact="employees_y0", most=4), False),
        (Trigger("x", "x", "fact_at_most", fact="rd_expense_y0", most=9), False),
        (Trigger("x", "x", "self_reported", at_least=2), True),
        (Trigger("x", "x", "self_reported", at_least=3), False),
        (Trigger("x", "x", "corrections", at_least=2), True),
        (Trigger("x", "x", "first_application"), False),
    ],
)
def test_each_trigger_fires_at_its_bound_and_a_missing_fact_fires_nothing(trigger, expected):
    assert fires(trigger, None, Filed, is_first=False, corrections=2) is expected


def test_each_case_of_a_call_is_drawn_once_with_seed_reasons_and_version(house):
    application = Application.objects.filter(state__in=IN_REVIEW, visits=None).order_by("id").first()
    call = application.call
    among = Application.objects.filter(call=call, state__in=IN_REVIEW, visits=None).count()
    with pytest.raises(Missing):
        sample_visits.sample(call, 10, actor=who("xingqing"))
    with pytest.raises(Refused) as told:
        sample_visits.sample(call, None, actor=who("sheng-shenhe"))
    assert [p.field for p in told.value.problems] == ["share"]
    made = sample_visits.sample(call, 100, actor=who("sheng-shenhe"), seed=SEED)
    assert (made.among, made.drawn, made.seed) == (among, among, SEED)
    rows = Visit.objects.filter(sample=made)
    assert rows.count() == among
    assert all("随机抽中（100%）" in row.reasons for row in rows)
    assert any("示例-1" in words for row in rows for words in row.reasons)
    with pytest.raises(Refused):
        sample_visits.sample(call, 100, actor=who("sheng-shenhe"))
    assert VisitSample.objects.filter(call=call).count() == 1


def test_the_checklist_are_the_firms_own_claims_and_what_a_person_must_judge(planned):
    lines = list(planned.lines.all())
    assert lines[0].title == "生产经营场所和在册人员"
    assert 1 < len(lines) <= sample_visits.MOST_LINES
    assert [line.place for line in lines] == list(range(1, len(lines) + 1))


def test_the_firm_is_told_of_the_day_before_anybody_comes(house):
    row = Visit.objects.filter(state="planned").order_by("id")[0]
    told = Message.objects.filter(about_id=row.public_id, subject__startswith="实地核查").order_by("id").first()
    assert told is not None and "不收取任何费用" in told.body
    with pytest.raises(Refused) as refused:
        visit.plan(row, (clock.now() - timedelta(days=1)).isoformat(), "一人", actor=who("xingqing"))
    assert [p.field for p in refused.value.problems] == ["when", "visitors"]


def test_the_same_answer_sent_again_changes_nothing_and_a_later_word_replaces_it(planned):
    desk = who("xingqing")
    said = {"verdict": "differs", "note": "少两台设备", "key": KEY}
    first = visit.answer(planned, 1, said, actor=desk)
    again = visit.answer(planned, 1, said | {"note": "被拦截后重发的旧话"}, actor=desk)
    assert (again.note, again.at) == ("少两台设备", first.at)
    word = {"verdict": "matches", "note": "设备在二号厂房", "key": KEY[::-1], "seen": KEY}
    later = visit.answer(planned, 1, word, actor=desk)
    assert (later.verdict, VisitLine.objects.filter(visit=planned, place=1).count()) == ("matches", 1)


def test_a_picture_sent_again_is_the_same_picture_and_its_hash_must_be_the_phones(planned):
    desk = who("xingqing")
    file, digest = picture()
    made = visit.photograph(planned, file, {"key": KEY, "sha256": digest}, actor=desk)
    assert (made.sha256, made.hashed_at_capture) == (digest, True)
    other, _ = picture(90)
    assert visit.photograph(planned, other, {"key": KEY}, actor=desk).pk == made.pk
    assert VisitPhoto.objects.filter(visit=planned).count() == 1
    with pytest.raises(Refused) as told:
        visit.photograph(planned, picture(70)[0], {"key": KEY + "2", "sha256": digest}, actor=desk)
    assert "在传送中变了" in told.value.sentence
    assert digest in {one for keeper in KEEPERS for one in keeper()}, "the nightly check knows the file"


def test_only_pictures_are_taken(planned):
    pdf = SimpleUploadedFile("表.pdf", b"%PDF-1.4 not a picture", content_type="application/pdf")
    with pytest.raises(Refused):
        visit.photograph(planned, pdf, {"key": KEY}, actor=who("xingqing"))
    assert not VisitPhoto.objects.filter(visit=planned).exists()


def test_it_ends_when_every_line_is_answered_and_every_difference_described(planned):
    desk = who("xingqing")
    with pytest.raises(Refused) as told:
        visit.finish(planned, {"summary": ""}, actor=desk)
    assert len(told.value.problems) == planned.lines.count() + 1
    answered(planned, desk)
    first = visit.answer(planned, 1, {"verdict": "differs", "note": "", "seen": mark("matches", "")}, actor=desk)
    with pytest.raises(Refused) as told:
        visit.finish(planned, {"summary": "基本一致"}, actor=desk)
    assert [p.field for p in told.value.problems] == ["line-1"]
    visit.answer(planned, 1, {"verdict": "differs", "note": "少两台设备", "seen": first.key}, actor=desk)
    done = visit.finish(planned, {"summary": "基本一致", "latitude": "38.46800", "longitude": "1e400"}, actor=desk)
    assert (done.state, str(done.latitude), done.longitude) == ("finished", "38.46800", None)
    with pytest.raises(Refused):
        visit.answer(done, 1, {"verdict": "matches"}, actor=desk)


def test_the_firm_confirms_or_says_why_not_and_nobody_does_it_for_them(planned):
    desk = who("xingqing")
    answered(planned, desk)
    row = visit.finish(planned, {"summary": "基本一致"}, actor=desk)
    for stranger in ("qiye-wang", "xingqing", "sheng-shenhe"):
        with pytest.raises(Missing):
            visit.countersign(row, "同意", actor=who(stranger), agrees=True)
    with pytest.raises(Refused) as told:
        visit.countersign(row, "", actor=who("qiye-zhang"), agrees=False)
    assert [p.field for p in told.value.problems] == ["remark"]
    done = visit.countersign(row, "人数以社保记录为准", actor=who("qiye-zhang"), agrees=True)
    assert (done.state, done.remark) == ("countersigned", "人数以社保记录为准")


def test_another_county_another_firm_and_an_expert_find_nothing(house, planned):
    for stranger in ("dawukou", "zhuanjia-1", "sheng-guanli"):
        assert house.signed_in(stranger).get(f"/desk/visits/{planned.public_id}/").status_code in (403, 404)
    assert house.signed_in("qiye-wang").get(f"/my/visits/{planned.public_id}/").status_code == 404
    file, _ = picture()
    made = visit.photograph(planned, file, {"key": KEY}, actor=who("xingqing"))
    address = f"/visits/{planned.public_id}/photos/{made.public_id}/"
    assert house.signed_in("qiye-wang").get(address).status_code == 404
    for mine in ("xingqing", "qiye-zhang"):
        answer = house.signed_in(mine).get(address)
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/jpeg")
        assert "sandbox" in answer.headers["Content-Security-Policy"]
    seen = house.signed_in("qiye-zhang").get("/my/viewers/").content.decode()
    assert seen.count("查看了实地核查的照片") == 1 and who("xingqing").name not in seen


def test_the_form_works_without_a_script_and_keeps_what_was_typed(house, planned):
    client = house.signed_in("xingqing")
    address = f"/desk/visits/{planned.public_id}/"
    form = {f"note-{n}": "" for n in range(1, planned.lines.count() + 1)} | {
        "verdict-1": "differs",
        "note-1": "少两台设备",
    }
    assert client.post(address, form | {"act": "save"}).status_code == 302
    assert planned.lines.get(place=1).note == "少两台设备"
    refused = client.post(address, form | {"act": "finish", "summary": "小结写到一半"})
    assert refused.status_code == 422 and "小结写到一半</textarea>" in refused.content.decode()
    when = timezone.localtime(clock.now() + timedelta(days=5))
    moved = client.post(address, {"act": "plan", "when": f"{when:%Y-%m-%dT%H:%M}", "visitors": "甲、乙"})
    planned.refresh_from_db()
    assert (moved.status_code, planned.visitors) == (302, "甲、乙")


def test_the_case_shows_the_visit_and_what_differed(house):
    row = Visit.objects.get(state="finished")
    page = house.signed_in("xingqing").get(f"/desk/cases/{row.application.public_id}/").content.decode()
    assert "现场清点比申报少2人" in page
    assert house.signed_in("xingqing").get("/desk/visits/").status_code == 200


def ended(row):
    desk = who("xingqing")
    answered(row, desk)
    return visit.finish(row, {"summary": "基本一致"}, actor=desk)


def test_a_picture_taken_before_the_end_is_kept_afterwards_and_a_later_one_is_not(planned):
    desk, before = who("xingqing"), clock.now()
    done = ended(planned)
    file, digest = picture()
    told = {"key": KEY, "sha256": digest, "taken_at": before.isoformat()}
    made = visit.photograph(done, file, told, actor=desk)
    assert made.taken_at == before and made.received_at > done.finished_at
    after = (done.finished_at + timedelta(seconds=1)).isoformat()
    for taken_at in (after, ""):
        with pytest.raises(Refused) as refused:
            visit.photograph(done, picture(20)[0], {"key": KEY[::-1], "taken_at": taken_at}, actor=desk)
        assert refused.value.code == "already_moved"
    assert VisitPhoto.objects.filter(visit=done).count() == 1


def test_a_phone_is_told_in_words_it_can_show_why_a_thing_was_refused(house, planned):
    client = house.signed_in("xingqing")
    pdf = SimpleUploadedFile("表.pdf", b"%PDF-1.4 not a picture", content_type="application/pdf")
    address = f"/desk/visits/{planned.public_id}/"
    reply = client.post(f"{address}photos/", {"file": pdf, "key": KEY}, headers={"X-Visit": "1"})
    assert (reply.status_code, reply.headers["Content-Type"], reply.json()["sentence"] != "") == (
        422,
        "application/json",
        True,
    )
    reply = client.post(address, {"act": "finish", "summary": ""}, headers={"X-Visit": "1"})
    assert (reply.status_code, reply.json()["problems"][-1]["field"]) == (422, "summary")
    ended(planned)
    reply = client.post(f"{address}lines/1/", {"verdict": "matches", "key": KEY}, headers={"X-Visit": "1"})
    assert (reply.status_code, "已经结束" in reply.json()["sentence"]) == (409, True)


def test_the_summary_and_the_position_are_kept_before_the_end_and_the_firm_does_not_read_them_yet(house, planned):
    client, address = house.signed_in("xingqing"), f"/desk/visits/{planned.public_id}/"
    words = {"act": "save", "summary": "写到一半的小结", "latitude": "38.46800", "longitude": "106.2"}
    for _ in range(2):
        assert client.post(address, words, headers={"X-Visit": "1"}).json()["saved"] is True
    planned.refresh_from_db()
    assert (planned.state, planned.summary, str(planned.longitude)) == ("planned", "写到一半的小结", "106.20000")
    assert AuditEvent.objects.filter(act="visit.note", object_id=planned.public_id).count() == 1
    assert "写到一半的小结</textarea>" in client.get(address).content.decode()
    assert (
        "写到一半的小结" not in house.signed_in("qiye-zhang").get(f"/my/visits/{planned.public_id}/").content.decode()
    )


def test_only_the_page_of_an_open_visit_may_be_kept_on_a_phone_and_an_ended_one_still_sends(house, planned):
    client, address = house.signed_in("xingqing"), f"/desk/visits/{planned.public_id}/"
    assert client.get(address).headers["X-Keep-On-Phone"] == "1"
    script = client.get("/desk/visits/worker.js")
    assert script.headers["Content-Type"] == "text/javascript" and "portal/visit" in script.content.decode()
    ended(planned)
    page = client.get(address)
    assert "X-Keep-On-Phone" not in page.headers
    assert f'data-visit="{planned.public_id}"' in page.content.decode()


def test_late_cases_get_a_draw_of_their_own_with_triggers_and_nobody_is_drawn_twice(house):
    desk = who("sheng-shenhe")
    call = Application.objects.filter(state__in=IN_REVIEW, visits=None).order_by("id").first().call
    late = sample_visits.waiting(call).order_by("-id").first()
    Application.objects.filter(pk=late.pk).update(call=Call.objects.exclude(pk=call.pk).first())
    first = sample_visits.sample(call, 0, actor=desk)
    quiet = sample_visits.waiting(call)
    assert not quiet.exists()
    Application.objects.filter(pk=late.pk).update(call=call)
    second = sample_visits.sample(call, 100, actor=desk)
    assert (second.number, second.pool) == (2, [late.public_id]) and late.public_id not in first.pool
    assert "随机抽中（100%）" in Visit.objects.get(application=late).reasons
    for made in (first, second):
        assert sample_visits.differences(made) == []


def test_a_draw_of_visits_is_repeated_by_command_and_a_visit_that_went_away_is_found(house, sql):
    desk = who("sheng-shenhe")
    call = Application.objects.filter(state__in=IN_REVIEW, visits=None).order_by("id").first().call
    made = sample_visits.sample(call, 50, actor=desk)
    assert made.pool == sorted(made.pool) and len(made.pool) == made.among
    out = StringIO()
    call_command("visit_check", made.public_id, stdout=out)
    assert "the same" in out.getvalue()
    dropped = made.visits.first()
    Visit.objects.filter(pk=dropped.pk).update(sample=None)
    with pytest.raises(SystemExit) as ended_with:
        call_command("visit_check", made.public_id, stderr=StringIO())
    assert ended_with.value.code == 1


def test_the_seed_and_the_numbers_are_public_when_every_chosen_firm_knows_its_day_and_not_before(house):
    call = Application.objects.filter(state__in=IN_REVIEW, visits=None).order_by("id").first().call
    made = sample_visits.sample(call, 100, actor=who("sheng-shenhe"))
    page = Client().get(f"/visit-draws/{made.public_id}/").content.decode()
    assert made.record_hash in page and sample_visits.seed_mark(made) in page
    assert made.seed not in page and made.pool[0] not in page
    for row in made.visits.filter(state="chosen"):
        visit.plan(row, (clock.now() + timedelta(days=2)).isoformat(), "甲、乙", actor=who("sheng-shenhe"))
    page = Client().get(f"/visit-draws/{made.public_id}/").content.decode()
    assert made.seed in page and all(one in page for one in made.pool)
    assert not any(row.enterprise_name in page for row in made.visits.all())


def test_a_cancelled_visit_does_not_bar_a_new_one(planned):
    desk, case = who("xingqing"), planned.application
    with pytest.raises(Refused, match="已经安排"):
        sample_visits.choose_one(case, "再去一次", actor=desk)
    visit.cancel(planned, "企业停电", actor=desk)
    again = sample_visits.choose_one(case, "改日再去", actor=desk)
    assert (again.state, case.visits.count()) == ("chosen", 2)
