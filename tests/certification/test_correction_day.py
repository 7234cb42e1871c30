"""补正期限: every return has a day, the firm reads it everywhere, and after it nothing happens but that somebody looks."""

from datetime import timedelta

import pypdfium2
import pytest
from django.conf import settings as live

from certification import correction_day, review, sign
from certification.models import Application
from enterprises.models import Membership
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.mailroom.models import Message
from foundation.refusals import Refused
from foundation.workdays.counting import add_workdays, is_workday

COUNTY = "64/6401/640104"
FORM = {"field": ["product_text"], "reason-product_text": "请写明关键指标", "confirmed": "1"}


@pytest.fixture
def house(db, world):
    with scoped(Principal.system("test")):
        yield


@pytest.fixture
def case(house):
    return Application.objects.filter(state="screening", region_path=COUNTY).order_by("pk").first()


@pytest.fixture
def later(settings):
    def move_on(**span):
        settings.CLOCK_OFFSET_SECONDS += timedelta(**span).total_seconds()

    return move_on


def who(username):
    return Principal.of_user(User.objects.get(username=username))


def people_of(case):
    return [m.user for m in Membership.objects.filter(enterprise_id=case.enterprise_id, state="verified")]


def returned(case, day=None):
    items = [{"field": "product_text", "reason": "请写明关键指标。"}]
    return review.return_for_correction(case, items, actor=who("xingqing"), due_on=day)


def test_the_return_form_offers_a_day_marked_as_an_example_and_the_firm_reads_it_everywhere(world, case):
    client = world.signed_in("xingqing")
    form = client.get(f"/desk/cases/{case.public_id}/return/").content.decode()
    usual = correction_day.suggested()
    assert usual == add_workdays(clock.today(), live.CORRECTION_WORKDAYS)
    assert f'value="{usual}"' in form and "示例" in form
    day = add_workdays(clock.today(), 3)
    assert client.post(f"/desk/cases/{case.public_id}/return/", FORM | {"due_on": str(day)}).status_code == 302
    case.refresh_from_db()
    correction = case.corrections.get(answered_at=None)
    assert (case.state, correction.due_on) == ("returned", day)
    words = f"{day.year}年{day.month}月{day.day}日"
    letter = Message.objects.filter(recipient=people_of(case)[0]).order_by("-id").first()
    assert letter.due_on == day and words in letter.body and "。。" not in letter.body
    member = world.signed_in(people_of(case)[0].username)
    assert words in member.get(f"/my/applications/{case.public_id}/").content.decode()
    assert f"DTSTART;VALUE=DATE:{day:%Y%m%d}" in member.get(f"/messages/{letter.public_id}/date.ics").content.decode()
    printed = member.get(f"/my/applications/{case.public_id}/returns/1.pdf").content
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(printed))
    assert words in text.replace("\r\n", "").replace(" ", "")


@pytest.mark.parametrize("wrong", ["", "2026-13-45", "today", "yesterday", "weekend", "far"])
def test_the_day_must_be_a_future_working_day_and_what_was_typed_stays(world, case, wrong):
    today = clock.today()
    off = next(d for n in range(1, 15) if not is_workday(d := today + timedelta(days=n)))
    days = {"today": today, "yesterday": today - timedelta(days=1), "weekend": off, "far": today + timedelta(days=4000)}
    answer = world.signed_in("xingqing").post(
        f"/desk/cases/{case.public_id}/return/", FORM | {"due_on": str(days.get(wrong, wrong))}
    )
    case.refresh_from_db()
    assert (answer.status_code, case.state) == (422, "screening")
    assert "补正期限" in answer.content.decode() and "请写明关键指标" in answer.content.decode()


def test_a_return_without_a_day_gets_the_usual_one(case):
    assert returned(case).due_on == correction_day.suggested()


def test_the_request_to_sign_a_returned_case_names_the_day_of_the_return_not_of_the_call(case):
    day = returned(case, add_workdays(clock.today(), 4)).due_on
    Membership.objects.filter(enterprise_id=case.enterprise_id, state="verified").update(role="owner")
    sent = sign.ask_to_sign(case, actor=Principal.of_user(people_of(case)[0]))
    assert [m.due_on for m in sent] == [day]


def test_after_the_day_nothing_happens_but_the_desk_that_returned_it_sees_it_marked(world, case, later):
    day = returned(case, add_workdays(clock.today(), 2)).due_on
    url = "/desk/cases/?view=correction_overdue"
    assert case.enterprise_name not in world.signed_in("xingqing").get(url).content.decode()
    later(days=(day - clock.today()).days + 1)
    page = world.signed_in("xingqing").get(url).content.decode()
    assert case.enterprise_name in page and "补正逾期，" in page
    assert case.enterprise_name not in world.signed_in("yinchuan").get(url).content.decode()
    case.refresh_from_db()
    assert case.state == "returned"
    told = world.signed_in(people_of(case)[0].username).get(f"/my/applications/{case.public_id}/").content.decode()
    assert "已经过了" in told and "决定" in told


def test_a_system_of_a_city_may_give_the_day_and_a_past_one_is_refused(case):
    with pytest.raises(Refused) as told:
        returned(case, clock.today())
    assert [p.field for p in told.value.problems] == ["due_on"]
