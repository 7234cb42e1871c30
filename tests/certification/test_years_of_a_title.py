"""Four years of one enterprise through the one clock: in, kept up, checked without cause, up a step, re-reviewed, and out fairly."""

from datetime import date, timedelta

import pytest

from certification import (
    agenda,
    apply,
    bar,
    certify,
    exit,
    hear,
    incident,
    movements,
    platform_update,
    survival,
    update,
)
from certification.models import Certificate, Reminder
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.mailroom.models import Message
from foundation.refusals import Refused
from tests.certification.lists import announced
from tests.certification.test_exit import DECIDED, DELIBERATED, FACTS
from tests.certification.test_incident import GIVEN
from tests.certification.titled import call_of, filed, night, owner, tell_turnover
from tests.conftest import make_official
from tests.factories import make_enterprise, make_member

pytestmark = pytest.mark.django_db
HOUSE = Principal.system("calendar")


@pytest.fixture
def house(world):
    with scoped(Principal.system("test")):
        make_official("fuzhuren", "64", "leader", second_factor=False)
        yield world


def who(username):
    return Principal.of_user(User.objects.get(username=username))


def nights(firm, on, until):
    """Every night up to a day: reminders, and the calendar's own endings."""
    day = clock.today()
    while day < until:
        day += timedelta(days=1)
        on(day)
        night(firm)
        for over in Certificate.objects.filter(enterprise=firm, state="valid", valid_until__lt=day):
            certify.run_out(over, actor=HOUSE)


def held(firm):
    rows = Certificate.objects.filter(enterprise=firm).order_by("valid_from", "tier")
    return [(row.tier, row.state) for row in rows]


def granted(firm, tier, case_type, number):
    call = call_of(tier, case_type, batch=number)
    case = filed(firm, "decided", tier=tier, case_type=case_type, call=call)
    announced(call, [case], actor=who("sheng-chuzhang"), document_number=f"（测试）{number}")
    return Certificate.objects.get(application=case)


def test_four_years_from_the_first_announcement_to_the_first_day_of_a_new_application(house, on):
    on(date(2026, 6, 10))
    firm = make_enterprise()
    make_member(firm)
    # In: 创新型, and nothing owed in the year in which the days were over already.
    entry = granted(firm, "innovative", "new", "2026年1号")
    assert (entry.valid_from, held(firm)) == (date(2026, 6, 10), [("innovative", "valid")])
    assert agenda.update_window(firm) is None

    # First spring: done on the national platform, so nobody asks again.
    nights(firm, on, date(2027, 4, 10))
    said = {"platform_on": "2027-04-10", "platform_number": "ZJTX-2027"}
    platform_update.note(firm, said, actor=owner(firm))
    nights(firm, on, date(2027, 6, 2))
    sent = Reminder.objects.filter(enterprise=firm, key="annual_update:2027")
    assert sent.exists() and not sent.filter(at__date__gt=date(2027, 4, 10)).exists()

    # A report that proves false stays without consequence, though the firm only rang up.
    report = incident.report(firm, GIVEN | {"happened_on": "2027-06-01"}, actor=who("xingqing"))
    call = {
        "way": "phone",
        "said_by": "王某，经办人",
        "received_on": clock.today().isoformat(),
        "text": "系同名企业，与我公司无关。",
    }
    hear.hear_incident(report, call, actor=who("xingqing"))
    incident.judge(report, "call_false", "与信用平台核对，系同名企业（测试）", actor=who("sheng-shenhe"))
    assert held(firm) == [("innovative", "valid")] and bar.barred(firm, clock.today()) is None

    # Up a step: 专精特新; the lower title is kept, because no text says otherwise.
    on(date(2027, 9, 1))
    granted(firm, "specialised", "new", "2027年2号")
    assert held(firm) == [("innovative", "valid"), ("specialised", "valid")]
    assert len({item.key for item in agenda.agenda(firm) if item.code == "rereview"}) == 2

    # Second spring: here, on the difference form.
    nights(firm, on, date(2028, 3, 20))
    tell_turnover(firm, 2027)
    update.confirm_all(firm, actor=owner(firm))

    # Third year: 创新型 is re-reviewed in time and goes on without a gap.
    on(date(2029, 5, 10))
    tell_turnover(firm, 2028)
    update.confirm_all(firm, actor=owner(firm))
    renewed = granted(firm, "innovative", "renewal", "2029年3号")
    assert held(firm) == [("innovative", "renewed"), ("specialised", "valid"), ("innovative", "valid")]
    told = movements.movements([firm.region_path], date(2029, 1, 1), date(2029, 12, 31))
    assert [row.kind for row in told if row.credit_code == firm.credit_code] == ["stayed"]
    lives = [life for life in survival.lives([firm.region_path], "innovative") if life.entered_on == entry.valid_from]
    assert None in [life.left_on for life in lives]

    # Fourth year: an accident; heard on paper after a served notice, decided by a second person, announced.
    on(date(2029, 11, 5))
    row = exit.open_exit(renewed, FACTS, actor=who("sheng-shenhe"))
    row = exit.serve_notice(row, actor=who("sheng-shenhe"), hearing_workdays=5)
    row = exit.serve_on_paper(row, clock.today(), "EMS（测试）", actor=who("sheng-shenhe"))
    hear.hear_exit(row, call | {"received_on": clock.today().isoformat()}, actor=who("xingqing"))
    on(date(2029, 11, 30))
    row = exit.close_hearing(row, actor=who("sheng-shenhe"))
    row = exit.deliberate(row, DELIBERATED, actor=who("sheng-chuzhang"))
    row = exit.decide(row, DECIDED, actor=who("fuzhuren"))
    row = exit.serve_on_paper(row, clock.today(), "EMS（测试）2", actor=who("sheng-shenhe"))
    exit.announce(row, actor=who("fuzhuren"))
    assert held(firm) == [("innovative", "renewed"), ("specialised", "valid"), ("innovative", "revoked")]

    # 专精特新 has been named in no notice and runs to its own last day; only then is it over, and as expired.
    nights(firm, on, date(2030, 8, 31))
    assert ("specialised", "valid") in held(firm)
    nights(firm, on, date(2030, 9, 1))
    assert ("specialised", "expired") in held(firm)
    assert Message.objects.filter(enterprise_id=firm.pk, subject__contains="有效期满").exists()

    # The bar ends by itself on the day that the letter named.
    first = bar.first_day(row.barred_until)
    assert first == date(2032, 11, 30)
    window = {"opens_at": clock.now(), "closes_at": clock.now() + timedelta(days=3650), "batch": "2032年"}
    again = call_of("innovative", "new", **window)
    on(first - timedelta(days=1))
    with pytest.raises(Refused) as barred:
        apply.start(again, firm, actor=owner(firm))
    assert barred.value.detail["first_day"] == first.isoformat()
    on(first)
    assert apply.start(again, firm, actor=owner(firm)).state == "draft"
