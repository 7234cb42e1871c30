"""Every way off the ladder has its own name: given up, migrated, dissolved, not renewed, run out, taken over by a higher title."""

from datetime import date, timedelta

import pytest

from certification import certify, change, exit, leave, steps_up
from certification.models import Application, Certificate, Leaving
from certification.movements import movements, totals
from certification.states import LEFT
from certification.steps_up import StepUp
from enterprises.models import Membership
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.audit.models import AuditEvent
from foundation.mailroom.models import Message
from foundation.refusals import Missing, Refused
from incentives.models import Entitlement
from tests.certification.titled import titled

pytestmark = pytest.mark.django_db
NOTE = {"kind": "dissolve", "reason": "2026年9月已注销（测试）", "source": "注销登记通知书 测试1号"}


@pytest.fixture
def house(world):
    with scoped(Principal.system("test")):
        yield world


@pytest.fixture
def later(settings):
    def move_on(days):
        settings.CLOCK_OFFSET_SECONDS += days * 86_400

    return move_on


def who(username):
    return Principal.of_user(User.objects.get(username=username))


@pytest.fixture
def title(house):
    return Certificate.objects.get(
        enterprise__memberships__user__username="qiye-zhang", tier="specialised", state="valid"
    )


@pytest.fixture
def owner(title):
    Membership.objects.filter(user__username="qiye-zhang").update(role="owner")
    return who("qiye-zhang")


def test_only_the_legal_representative_gives_a_title_up_and_the_province_accepts(title, owner):
    Membership.objects.filter(user__username="qiye-zhang").update(role="editor")
    with pytest.raises(Refused) as told:
        leave.ask(title, {"reason": "业务调整，不再申报"}, actor=owner)
    assert told.value.code == "forbidden" and "法定代表人" in told.value.sentence
    Membership.objects.filter(user__username="qiye-zhang").update(role="owner")
    row = leave.ask(title, {"reason": "业务调整，不再申报"}, actor=owner)
    title.refresh_from_db()
    assert (row.kind, row.state, title.state) == ("give_up", "asked", "valid")
    with pytest.raises(Refused):
        leave.answer(row, "accept", "同意", actor=who("xingqing"))
    leave.answer(row, "accept", "企业自愿，已核对", actor=who("sheng-chuzhang"))
    title.refresh_from_db()
    assert (title.state, title.ended_on, title.end_reason) == ("withdrawn", clock.today(), "自愿放弃")
    assert not Entitlement.objects.filter(certificate=title, state="open").exists()


def test_the_public_record_never_tells_the_firms_own_words(title, owner):
    row = leave.ask(title, {"reason": "与大客户合并谈判中，请保密"}, actor=owner)
    leave.answer(row, "accept", "已核对", actor=who("sheng-chuzhang"))
    told = AuditEvent.objects.filter(
        object_id=title.public_id, object_type="certification.certificate", audience="public", act="certificate.give_up"
    )
    assert told.count() == 1 and "保密" not in told.get().sentence


def test_it_can_be_taken_back_before_it_is_done_and_not_after(title, owner):
    row = leave.ask(title, {"reason": "业务调整，不再申报"}, actor=owner)
    leave.take_back(row, actor=owner)
    title.refresh_from_db()
    assert title.state == "valid"
    again = leave.ask(title, {"reason": "还是决定放弃"}, actor=owner)
    leave.answer(again, "accept", "已核对", actor=who("sheng-chuzhang"))
    with pytest.raises(Refused):
        leave.take_back(again, actor=owner)


def test_nobody_asks_for_another_firms_title_and_nobody_twice(title, owner):
    for stranger in ("qiye-wang", "dawukou", "zhuanjia-1"):
        with pytest.raises(Missing):
            leave.ask(title, NOTE, actor=who(stranger))
    leave.ask(title, {"reason": "业务调整"}, actor=owner)
    with pytest.raises(Refused) as told:
        leave.ask(title, {"reason": "业务调整"}, actor=owner)
    assert told.value.code == "duplicate"


def test_a_national_title_is_not_ended_here(house):
    national = Certificate.objects.filter(tier="little_giant", state="valid").order_by("id")[0]
    with pytest.raises(Refused) as told:
        leave.ask(national, NOTE, actor=who("sheng-shenhe"))
    assert "工业和信息化部" in told.value.problems[0].message


def test_leaving_is_no_way_around_a_procedure_that_has_begun(title, owner):
    row = exit.open_exit(
        title, {"ground": "fraud", "facts": "申报材料系伪造，已经查实（测试）", "source": "核查报告（测试）"}, actor=who("sheng-shenhe")
    )  # fmt: skip
    exit.serve_notice(row, actor=who("sheng-shenhe"), hearing_workdays=5)
    with pytest.raises(Refused) as told:
        leave.ask(title, {"reason": "自愿放弃"}, actor=owner)
    assert "退出程序" in told.value.problems[0].message


def test_a_procedure_begun_after_the_request_stops_the_request_as_well(title, owner):
    row = leave.ask(title, {"reason": "自愿放弃（测试）"}, actor=owner)
    exit.open_exit(
        title, {"ground": "fraud", "facts": "申报材料系伪造，已经查实（测试）", "source": "核查报告（测试）"}, actor=who("sheng-shenhe")
    )  # fmt: skip
    with pytest.raises(Refused) as told:
        leave.answer(row, "accept", "同意", actor=who("sheng-chuzhang"))
    title.refresh_from_db()
    assert "退出程序" in told.value.sentence and title.state == "valid"
    assert Leaving.objects.get(pk=row.pk).state == "asked"


def test_only_the_side_that_asked_takes_it_back(title, owner):
    noted = leave.ask(title, NOTE, actor=who("xingqing"))
    with pytest.raises(Refused) as told:
        leave.take_back(noted, actor=owner)
    assert told.value.code == "forbidden"
    leave.take_back(noted, actor=who("xingqing"))
    given_up = leave.ask(title, {"reason": "业务调整，不再申报"}, actor=owner)
    Membership.objects.filter(user__username="qiye-zhang").update(role="editor")
    for other in (owner, who("xingqing")):
        with pytest.raises(Refused):
            leave.take_back(Leaving.objects.get(pk=given_up.pk), actor=other)


def test_a_dissolution_is_noted_with_its_source_and_accepted_by_another(title):
    with pytest.raises(Refused) as told:
        leave.ask(title, {"kind": "give_up", "reason": "", "source": ""}, actor=who("xingqing"))
    assert [p.field for p in told.value.problems] == ["kind", "reason", "source"]
    row = leave.ask(title, NOTE, actor=who("sheng-chuzhang"))
    with pytest.raises(Refused):
        leave.answer(row, "accept", "已核对", actor=who("sheng-chuzhang"))
    assert Leaving.objects.get(pk=row.pk).state == "asked"
    other = leave.answer(row, "turn_down", "企业仍在经营，登记有误", actor=make_leader())
    title.refresh_from_db()
    assert (other.state, title.state) == ("turned_down", "valid")


def make_leader():
    from tests.conftest import make_official

    make_official("fuzhuren", "64", "leader", second_factor=False)
    return who("fuzhuren")


@pytest.mark.parametrize(("kind", "state"), [("migrate", "migrated"), ("dissolve", "dissolved")])
def test_each_kind_ends_with_its_own_name_and_its_own_words(title, kind, state):
    row = leave.ask(title, NOTE | {"kind": kind}, actor=who("xingqing"))
    leave.answer(row, "accept", "已核对登记档案", actor=who("sheng-chuzhang"))
    title.refresh_from_db()
    assert (title.state, state in LEFT) == (state, True)
    letter = Message.objects.filter(subject__startswith="称号已终止", recipient__username="qiye-zhang").latest("id")
    assert leave.WORDS[kind] == letter.body


def test_a_title_that_runs_out_is_over_and_after_a_failed_re_review_it_was_not_renewed(house, later):
    plain, failed = titled(), titled()
    first = Certificate.objects.get(enterprise=failed)
    donor = Application.objects.filter(tier="specialised", state="to_refuse").order_by("id").first()
    copy = Application.objects.get(pk=donor.pk)
    copy.pk, copy.public_id, copy.enterprise, copy.case_type = None, "failed-renewal-1", failed, "renewal"
    copy.receipt_number, copy.submitted_at, copy.state = "复核测试1", clock.now(), "draft"
    copy.save(force_insert=True)
    for state in ("screening", "to_refuse", "refused"):
        Application.objects.filter(pk=copy.pk).update(state=state)
    later((first.valid_until - clock.today()).days + 1)
    certify.expire_due(actor=Principal.system("calendar"))
    assert Certificate.objects.get(enterprise=plain).state == "expired"
    assert Certificate.objects.get(enterprise=failed).state == "not_renewed"


def rule(on_promotion="keep", on_expiry="expire"):
    return (StepUp("innovative", "specialised", on_promotion, on_expiry, "（测试）", "X"),)


def give(firm, tier, first, last):
    return certify.issue(firm, tier=tier, first=first, last=last, actor=Principal.system("test"), origin="imported")


@pytest.mark.parametrize(("on_promotion", "state"), [("keep", "valid"), ("absorb", "absorbed")])
def test_a_promotion_keeps_or_takes_over_the_lower_title_as_the_data_say(house, monkeypatch, on_promotion, state):
    monkeypatch.setattr(steps_up, "steps_up", lambda: rule(on_promotion=on_promotion))
    firm = titled(tier="innovative")
    give(firm, "specialised", date(2026, 6, 1), date(2029, 5, 31))
    assert Certificate.objects.get(enterprise=firm, tier="innovative").state == state
    assert state not in LEFT


@pytest.mark.parametrize(("on_expiry", "state"), [("expire", "expired"), ("absorb", "absorbed")])
def test_a_lower_title_that_runs_out_under_a_living_higher_one(house, monkeypatch, later, on_expiry, state):
    monkeypatch.setattr(steps_up, "steps_up", lambda: rule(on_expiry=on_expiry))
    firm = titled(tier="innovative")
    give(firm, "specialised", date(2026, 6, 1), date(2030, 5, 31))
    low = Certificate.objects.get(enterprise=firm, tier="innovative")
    later((low.valid_until - clock.today()).days + 1)
    certify.expire_due(actor=Principal.system("calendar"))
    low.refresh_from_db()
    assert (low.state, low.ended_on) == (state, low.valid_until)


def test_what_is_shipped_keeps_every_lower_title_and_says_that_no_text_says_so():
    assert {(s.on_promotion, s.on_expiry, s.mark) for s in steps_up.steps_up()} == {("keep", "expire", "X")}


def test_a_national_title_is_never_taken_over():
    with pytest.raises(ValueError, match="little_giant"):
        StepUp("little_giant", "champion", "absorb", "expire", "", "X")


def test_entries_and_exits_of_the_year_count_each_way_off_once(house, title):
    year = (date(clock.today().year, 1, 1), date(clock.today().year, 12, 31))
    before = totals(movements(["64"], *year))
    row = leave.ask(title, NOTE, actor=who("xingqing"))
    leave.answer(row, "accept", "已核对", actor=who("sheng-chuzhang"))
    after = totals(movements(["64"], *year))
    assert (after.entered, after.left) == (before.entered, before.left + 1)
    assert ("主体已终止", 1) in after.ways


def test_the_firm_sees_what_ends_with_it_before_asking_and_the_desk_before_accepting(house, title, owner):
    client = house.signed_in("qiye-zhang")
    page = client.get(f"/my/titles/{title.number}/give-up/").content.decode()
    assert "终止后会一并影响" in page and "权益：" in page
    short = client.post(f"/my/titles/{title.number}/give-up/", {"reason": "否"})
    assert short.status_code == 422 and "否</textarea>" in short.content.decode()
    assert client.post(f"/my/titles/{title.number}/give-up/", {"reason": "业务调整，不再申报"}).status_code == 302
    row = Leaving.objects.get(certificate=title)
    assert house.signed_in("dawukou").get(f"/desk/exits/leavings/{row.public_id}/").status_code == 404
    assert house.signed_in("qiye-wang").get(f"/my/leavings/{row.public_id}/").status_code == 404
    desk = house.signed_in("sheng-chuzhang")
    assert row.enterprise_name in desk.get("/desk/exits/leavings/").content.decode()
    assert "终止后会一并影响" in desk.get(f"/desk/exits/leavings/{row.public_id}/").content.decode()
    done = desk.post(f"/desk/exits/leavings/{row.public_id}/", {"act": "accept", "reason": "企业自愿，已核对"})
    title.refresh_from_db()
    assert (done.status_code, title.state, title.valid_until >= clock.today() - timedelta(days=1)) == (
        302,
        "withdrawn",
        True,
    )


def test_a_settled_move_out_of_the_region_leads_to_noting_it_at_each_title_and_the_report_is_not_typed_again(
    house, title
):
    firm, county = title.enterprise, house.signed_in("xingqing")
    told = {
        "kind": "migrate",
        "happened_on": "2026-10-08",
        "before": "银川市兴庆区（测试）",
        "after": "迁至外省某市（测试）",
    }
    row = change.report_change(firm, told, actor=who("qiye-zhang"))
    address, note = f"/desk/rereviews/changes/{row.public_id}/", f"/desk/exits/leavings/note/{title.number}/"
    assert "登记迁出" not in county.get(address).content.decode()
    change.answer(row, "settle", "迁出登记通知书已核对", actor=who("xingqing"))
    page = county.get(address).content.decode()
    assert f"{note}?change={row.public_id}" in page and "变化办结不等于称号终止" in page
    form = county.get(f"{note}?change={row.public_id}").content.decode()
    assert 'value="migrate" checked' in form and "2026年10月8日跨省迁移：迁至外省某市（测试）" in form
    assert "的重大变化报告，" in form and "核对办结" in form
    for stranger in ("dawukou", "qiye-zhang"):
        assert house.signed_in(stranger).get(f"{note}?change={row.public_id}").status_code in (403, 404)
    foreign = Certificate.objects.filter(state="valid", tier="specialised").exclude(enterprise=firm)
    other = foreign.filter(region_path=title.region_path).order_by("id")[0]
    assert (
        "迁至外省某市"
        not in county.get(f"/desk/exits/leavings/note/{other.number}/?change={row.public_id}").content.decode()
    )
    leave.ask(title, NOTE | {"kind": "migrate"}, actor=who("xingqing"))
    assert note not in county.get(address).content.decode()
