"""A firm that registered in the wrong county, or moved within the province, is given to the right one, and its things with it."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from certification import apply
from certification.models import Application, Certificate, Finding, Judgement, Snapshot
from enterprises.change_body import change_body, in_the_way
from enterprises.models import Enterprise, Evidence, Figure, FormerBody, Membership
from enterprises.queries import gone_from, visible_to
from enterprises.register import request_membership
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.audit.models import AuditEvent
from foundation.exchange.announce import changes_since
from foundation.exchange.models import ApiClient, Change
from foundation.mailroom.models import Fallback, Message
from foundation.mailroom.posting import send_by_hand
from foundation.refusals import Missing, Refused
from incentives import catalogue
from incentives.models import Entitlement
from tests.assertions import assert_same_answer, assert_told_at
from tests.certification.titled import call_of, titled
from tests.conftest import make_official
from tests.factories import make_enterprise, make_member

OLD, NEW, ELSEWHERE = "64/6401/640104", "64/6401/640106", "64/6402/640202"
WHY = "登记时选错了所在县区"


@pytest.fixture
def firm(house):
    """One title, two entitlements, one person, registered in 兴庆区 although it stands in 金凤区."""
    catalogue.load()
    return titled(OLD)


@pytest.fixture
def jinfeng(house):
    return make_official("jinfeng", NEW, "reviewer")


@pytest.fixture
def shizuishan(house):
    return make_official("shizuishan", "64/6402", "reviewer", "leader")


def of(user):
    return Principal.of_user(user)


def move(firm, actor, to=NEW, **told):
    given = {"to": to, "on": clock.today(), "reason": WHY, "seen": firm.region_path} | told
    return change_body(firm, given["to"], given["on"], given["reason"], actor=of(actor), seen=given["seen"])


def page_of(firm):
    return reverse("enterprises:enterprise", args=[firm.public_id])


def form_of(firm):
    return reverse("enterprises:body", args=[firm.public_id])


def system_of(path):
    return Principal.of_client(ApiClient(name="示例系统", client_id=path, reach=path), frozenset({"changes:read"}))


def read(path, since):
    rows, _ = changes_since(system_of(path), since, 100)
    return [(row.type, row.op, row.region_path, tuple(row.changed_fields)) for row in rows]


def now():
    _, place = changes_since(system_of("64"), "", 10_000)
    return place


def test_the_city_leader_gives_the_firm_to_the_right_county_and_its_title_people_and_rights_go_along(firm, city):
    member = Membership.objects.get(enterprise=firm)
    title = Certificate.objects.get(enterprise=firm)
    before = (firm.version, title.version)
    moved = move(firm, city)
    title.refresh_from_db(), member.refresh_from_db()
    assert (moved.region_path, title.region_path, member.region_path) == (NEW, NEW, NEW)
    assert (moved.version, title.version) == (before[0] + 1, before[1] + 1)
    assert set(Entitlement.objects.filter(enterprise=firm).values_list("region_path", "state")) == {(NEW, "open")}
    row = FormerBody.objects.get(enterprise=firm)
    assert (row.region_path, row.to_path, row.until, row.reason) == (OLD, NEW, clock.today(), WHY)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        FormerBody.objects.update(reason="别的")


def test_the_record_says_it_once_to_each_side_and_everybody_is_told(firm, city, county, jinfeng):
    move(firm, city)
    left, came = AuditEvent.objects.filter(act__in=["enterprise.leave_body", "enterprise.body"]).order_by("id")
    names = ("银川市兴庆区工业和信息化主管部门", "银川市金凤区工业和信息化主管部门")
    assert (left.region_path, came.region_path, came.audience) == (OLD, NEW, "applicant")
    assert left.sentence == f"city把{firm.name}由{names[0]}移交{names[1]}推荐：{WHY}"
    today = clock.today()
    day = f"{today.year}年{today.month}月{today.day}日"
    assert came.sentence == f"city把{firm.name}的所属推荐单位由{names[0]}变更为{names[1]}，自{day}起：{WHY}"
    title = AuditEvent.objects.get(act="certificate.body")
    assert title.sentence == f"{firm.name}　专精特新中小企业随企业由{names[0]}转到{names[1]}"
    owner = User.objects.get(memberships__enterprise=firm)
    told = {m.recipient: m for m in Message.objects.filter(recipient__in=[owner, county, jinfeng])}
    assert told[owner].subject == f"贵公司的推荐单位变更为{names[1]}" and WHY in told[owner].body
    assert told[county].subject == f"{firm.name}转由{names[1]}推荐"
    assert told[jinfeng].url == page_of(firm)


def test_the_old_county_finds_no_page_any_more_and_the_new_one_does(firm, city, county, jinfeng, signed_in):
    assert signed_in(county).get(page_of(firm)).status_code == 200
    assert signed_in(jinfeng).get(page_of(firm)).status_code == 404
    move(firm, city)
    client = signed_in(county)
    assert_same_answer(client.get(page_of(firm)), client.get(reverse("enterprises:enterprise", args=["0" * 16])))
    shown = signed_in(jinfeng).get(page_of(firm)).content.decode()
    assert firm.name in shown and "由银川市兴庆区转来" in shown


def test_the_database_itself_hides_the_firm_from_the_old_county_and_shows_it_to_the_new(
    firm, city, county, jinfeng, other_county
):
    Figure.objects.create(enterprise=firm, name="revenue", year=2025, fen=1, unit="fen", seen_at=clock.now())
    title = Certificate.objects.get(enterprise=firm)
    Snapshot.objects.create(
        enterprise=firm, region_path=OLD, facts={}, taken_on=clock.today(), flips_on=clock.today() + timedelta(days=1)
    )
    Finding.objects.create(certificate=title, region_path=OLD, kind="due", on=clock.today(), first_seen=clock.today())
    move(firm, city)
    for who, sees in ((county, 0), (jinfeng, 1), (other_county, 0)):
        with scoped(of(who)):
            for rows in (Enterprise.objects.filter(pk=firm.pk), Figure.objects.filter(enterprise_id=firm.pk),
                         Snapshot.objects.filter(enterprise_id=firm.pk), Finding.objects.filter(certificate_id=title.pk),
                         Entitlement.objects.filter(certificate_id=title.pk)[:1]):  # fmt: skip
                assert len(rows) == sees, (who, rows.model)
    for who, sees in ((county, 1), (jinfeng, 1), (other_county, 0)):
        with scoped(of(who)):
            assert FormerBody.objects.count() == sees, who
    assert gone_from(of(county), firm.pk).to_path == NEW


def test_a_county_system_reads_that_the_firm_and_its_title_went_and_the_new_one_that_they_came(firm, city):
    since = now()
    move(firm, city)
    types = ["enterprise", "certificate", "entitlement", "entitlement"]
    went = [(type_, "delete", OLD, ("region_path",)) for type_ in types]
    came = [(type_, "create", NEW, ("region_path",)) for type_ in types]
    assert (read(OLD, since), read(NEW, since)) == (went, came)
    both = [row for pair in zip(went, came, strict=True) for row in pair]
    assert read("64/6401", since) == both == read("64", since)
    assert read("64/6402", since) == []


def test_a_draft_goes_along_and_no_system_hears_of_it(firm, city):
    owner = User.objects.get(memberships__enterprise=firm)
    draft = apply.start(call_of("innovative", "new"), firm, actor=of(owner))
    since = now()
    move(firm, city)
    draft.refresh_from_db()
    assert (draft.region_path, draft.state) == (NEW, "draft")
    assert [row[0] for row in read("64", since)].count("application") == 0
    assert AuditEvent.objects.get(act="application.body").region_path == NEW


def test_a_draft_that_is_being_filed_while_the_firm_goes_is_refused_once(firm, city):
    owner = User.objects.get(memberships__enterprise=firm)
    draft = apply.start(call_of("innovative", "new"), firm, actor=of(owner))
    opened = Application.objects.get(pk=draft.pk)
    move(firm, city)
    with pytest.raises(Refused) as told:
        apply.move(opened, "submit", actor=of(owner), machine=apply.APPLICATION)
    assert told.value.code == "already_moved"


def test_the_province_gives_a_firm_to_another_city_and_a_city_cannot(firm, city, director):
    with pytest.raises(Refused) as told:
        move(firm, city, to=ELSEWHERE)
    assert [(p.field, p.hint) for p in told.value.problems] == [("body", "跨市的，由自治区办理；跨省迁出的，登记迁出")]
    assert move(firm, director, to=ELSEWHERE).region_path == ELSEWHERE
    assert move(Enterprise.objects.get(pk=firm.pk), director, to="64/ND").region_path == "64/ND"


def test_nobody_below_beside_or_without_the_post_of_a_leader_sends_a_firm_anywhere(
    firm, county, province, stranger, shizuishan, jinfeng, signed_in
):
    boss = make_official("xingqing-boss", OLD, "leader")
    owner = User.objects.get(memberships__enterprise=firm)
    client = signed_in(shizuishan)
    missing = reverse("enterprises:body", args=["0" * 16])
    assert_same_answer(client.get(form_of(firm)), client.get(missing))
    given = {"body": NEW, "on": clock.today(), "reason": WHY, "seen": OLD}
    for who in (county, boss, province, stranger, shizuishan, jinfeng, owner):
        with pytest.raises(Missing):
            in_the_way(firm, actor=of(who))
        with pytest.raises(Missing):
            move(firm, who)
        assert signed_in(who).post(form_of(firm), given).status_code == 404, who
    with pytest.raises(Missing):
        change_body(firm, NEW, clock.today(), WHY, actor=system_of("64/6401"), seen=OLD)
    assert Enterprise.objects.get(pk=firm.pk).region_path == OLD


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"to": OLD}, ["body"]),
        ({"to": "64/6401"}, ["body"]),
        ({"to": "64/9999"}, ["body"]),
        ({"on": None}, ["on"]),
        ({"reason": " 错 "}, ["reason"]),
        ({"to": "", "on": None, "reason": ""}, ["body", "on", "reason"]),
    ],
)
def test_what_is_wrong_with_a_change_is_named_at_its_field(firm, city, wrong, fields):
    with pytest.raises(Refused) as told:
        move(firm, city, **wrong)
    assert (told.value.code, [p.field for p in told.value.problems]) == ("invalid", fields)
    assert all(p.hint for p in told.value.problems)
    assert not FormerBody.objects.exists()


def test_a_day_that_has_not_come_is_refused(firm, city):
    with pytest.raises(Refused) as told:
        move(firm, city, on=clock.today() + timedelta(days=1))
    assert told.value.problems[0].message == "变更日期不能晚于今天"


def test_of_two_leaders_the_second_is_told_where_the_firm_is_now(firm, city, director):
    stale = Enterprise.objects.get(pk=firm.pk)
    move(firm, director)
    with pytest.raises(Refused) as told:
        move(stale, city, to="64/6401/640121", seen=OLD)
    assert told.value.code == "already_moved" and "现在由银川市金凤区工业和信息化主管部门推荐" in told.value.sentence


def test_a_letter_of_authority_and_a_notice_that_wait_are_settled_first(firm, city, stranger):
    asked = request_membership(stranger, firm, actor=of(stranger))
    assert in_the_way(firm, actor=of(city)) == []
    paper = Evidence.objects.create(
        enterprise=firm, kind="authorisation_letter", title="授权委托书", original_name="a.pdf", media_type="application/pdf",
        size=1, sha256="0" * 64, uploaded_at=clock.now(),
    )  # fmt: skip
    Membership.objects.filter(pk=asked.pk).update(method="letter", letter=paper)
    send_by_hand(subject="请说明情况", body="（测试）", about=firm, why="没有核实过的人员")
    letter, notice = in_the_way(firm, actor=of(city))
    assert (letter.what, letter.url) == ("路人的授权委托书", f"/desk/links/{asked.public_id}/")
    assert (notice.what, notice.where) == ("送达文书：请说明情况", "银川市兴庆区工业和信息化主管部门待送达")
    with pytest.raises(Refused) as told:
        move(firm, city)
    assert (told.value.code, len(told.value.problems)) == ("conflict", 2)
    assert told.value.sentence == "还不能变更：有 2 件没有办结。" and all(p.hint for p in told.value.problems)
    Membership.objects.filter(pk=asked.pk).update(state="refused")
    Fallback.objects.update(closed_at=clock.now())
    move(firm, city)
    asked.refresh_from_db()
    assert asked.region_path == OLD, "what was decided stays with the office that decided"


def test_the_page_sends_the_firm_and_leads_back_to_it(firm, city, signed_in):
    client = signed_in(city)
    assert form_of(firm) in client.get(page_of(firm)).content.decode()
    page = client.get(form_of(firm)).content.decode()
    seen = re.search(r'name="seen" value="([^"]+)"', page)[1]
    assert (seen, f'value="{clock.today()}"' in page) == (OLD, True)
    assert '<option value="64/6401/640106">银川市金凤区</option>' in page
    assert OLD not in re.findall(r'<option value="([^"]*)"', page) and ELSEWHERE not in page
    answer = client.post(form_of(firm), {"body": NEW, "on": clock.today(), "reason": WHY, "seen": seen}, follow=True)
    assert answer.redirect_chain == [(page_of(firm), 302)]
    assert f"已变更：{firm.name}现在由银川市金凤区推荐" in answer.content.decode()
    assert "银川市兴庆区 → 银川市金凤区" in client.get(form_of(firm)).content.decode()


def test_what_was_typed_is_still_there_when_something_is_missing(firm, city, signed_in):
    given = {"body": "", "on": "明天", "reason": "住所迁入金凤区", "seen": OLD}
    page = assert_told_at(signed_in(city).post(form_of(firm), given), "body", "on")
    assert "住所迁入金凤区" in page and 'value="明天"' in page
    assert "请选择新的推荐单位" in page and "变更日期不是一个日期，请重新选择" in page


def test_a_stale_form_is_answered_on_the_same_page_with_what_was_typed(firm, city, director, signed_in):
    move(firm, director)
    given = {"body": "64/6401/640121", "on": clock.today(), "reason": "住所迁入永宁县", "seen": OLD}
    answer = signed_in(city).post(form_of(firm), given)
    page = answer.content.decode()
    assert answer.status_code == 409 and "住所迁入永宁县" in page and f'name="seen" value="{NEW}"' in page
    move(Enterprise.objects.get(pk=firm.pk), director, to=ELSEWHERE)
    assert signed_in(city).post(form_of(firm), given).status_code == 404


def test_the_page_names_what_is_in_the_way_with_a_link_and_keeps_the_form_back(firm, city, stranger, signed_in):
    asked = request_membership(stranger, firm, actor=of(stranger))
    Membership.objects.filter(pk=asked.pk).update(method="letter")
    client = signed_in(city)
    page = client.get(form_of(firm)).content.decode()
    assert "还不能变更：有 1 件没有办结" in page and f'href="/desk/links/{asked.public_id}/"' in page
    assert 'name="reason"' not in page
    answer = client.post(form_of(firm), {"body": NEW, "on": clock.today(), "reason": WHY, "seen": OLD})
    page = answer.content.decode()
    assert answer.status_code == 409 and WHY in page and f'href="/desk/links/{asked.public_id}/"' in page


def test_a_leader_finds_a_firm_without_case_or_title_by_name_or_code_and_only_in_reach(
    firm, city, shizuishan, county, signed_in
):
    new = make_enterprise(OLD, name="宁夏无案企业有限公司")
    make_member(new)
    client = signed_in(city)
    links = client.get(reverse("enterprises:links")).content.decode()
    assert reverse("enterprises:firms") in links
    for asked in ("无案", new.credit_code.lower()):
        page = client.get(reverse("enterprises:firms"), {"q": asked}).content.decode()
        assert form_of(new) in page and form_of(firm) not in page
    assert "没有找到企业" in signed_in(shizuishan).get(reverse("enterprises:firms"), {"q": "无案"}).content.decode()
    assert signed_in(county).get(reverse("enterprises:firms")).status_code == 404
    assert reverse("enterprises:firms") not in signed_in(county).get(reverse("enterprises:links")).content.decode()


def test_the_check_notices_a_row_that_was_left_behind(firm, city, county, monkeypatch):
    """Planted: nothing hung on the title goes along. The old county would go on reading what is known of it."""
    monkeypatch.setattr("certification.handover.take_along", lambda *_: None)
    Snapshot.objects.create(
        enterprise=firm, region_path=OLD, facts={}, taken_on=clock.today(), flips_on=clock.today() + timedelta(days=1)
    )
    move(firm, city)
    with scoped(of(county)):
        assert Snapshot.objects.filter(enterprise_id=firm.pk).exists()
        assert not visible_to(of(county)).filter(pk=firm.pk).exists()
    assert Judgement.objects.count() == 0 and Change.objects.filter(type="certificate", op="delete").count() == 0
