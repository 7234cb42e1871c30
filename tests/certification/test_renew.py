"""A re-review starts from the form of last time and shows both side by side."""

from datetime import timedelta

import pytest

from certification import apply, last_time, renew
from certification import call as calls
from certification.form_fields import MARKETED, PRODUCT
from certification.models import Application, Call, Submission
from certification.papers import application_form, differences_of
from enterprises.models import Enterprise, Membership
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from tests.certification.lists import announced

OF_A_YEAR = {field.name for field in (*PRODUCT, *MARKETED) if field.is_of_year}
"""Answers that are said anew in every form; last time's stands beside the empty place."""


@pytest.fixture
def house(db, world):
    with scoped(Principal.system("test")):
        yield


@pytest.fixture
def granted(house):
    """An application that was filed here and granted, with somebody of the firm."""
    found = Application.objects.filter(state="decided", tier="specialised", case_type="new").order_by("id").first()
    assert found is not None
    director = Principal.of_user(User.objects.get(username="sheng-chuzhang"))
    announced(found.call, [found], actor=director, document_number="宁示例公告〔测试〕1号")
    found.refresh_from_db()
    assert found.state == "granted"
    return found


@pytest.fixture
def again(granted):
    """The call for re-review, and the firm's draft in it."""
    moment = clock.now() + timedelta(hours=1)
    call = calls.draft(
        Call(
            tier=granted.tier, case_type="renewal", year=moment.year, batch="再复核", cohort=moment.year, title="复核（测试）",
            opens_at=moment - timedelta(days=1), closes_at=moment + timedelta(days=30),
        ),
        actor=Principal.system("test"),
    )  # fmt: skip
    Call.objects.filter(pk=call.pk).update(state="published")
    call.refresh_from_db()
    member = Membership.objects.filter(enterprise=granted.enterprise, state="verified").first()
    return apply.start(call, granted.enterprise, actor=Principal.of_user(member.user))


def test_texts_are_carried_over_and_declarations_are_not(granted, again):
    last = last_time.last_filed(granted.enterprise_id, granted.tier)
    assert again.answers["overview"] == last.answers["overview"] != ""
    assert not {"truth", "compliance", "signed_by", "helper"} & set(again.answers)
    assert not {name for name in again.answers if name.endswith("_y0")}


def test_only_what_differs_is_told_as_different(granted, again):
    member = Principal.of_user(Membership.objects.filter(enterprise=granted.enterprise, state="verified").first().user)
    _, before = renew.beside(again)
    changed = [line for step in before for line in step.changed]
    assert {line.name for line in changed} <= OF_A_YEAR and all(line.is_missing for line in changed)
    apply.save(again, {"overview": "三年来新建一条产线"}, seen_version=again.draft_version, actor=member)
    last, after = renew.beside(again)
    assert {line.name for step in after for line in step.changed} - OF_A_YEAR == {"overview"}
    assert last == Submission.objects.filter(application=granted).order_by("-number").first()


def test_the_page_lists_what_is_left_to_do_and_nothing_that_was_carried_over(granted, again):
    left = renew.left_to_do(again)
    asked = {problem.field for problem, _ in left}
    assert {"truth", "signed_by"} <= asked and "overview" not in asked
    assert all(step is not None for problem, step in left if problem.field)


def test_the_printed_form_tells_the_record_and_what_differs(granted, again):
    member = Principal.of_user(Membership.objects.filter(enterprise=granted.enterprise, state="verified").first().user)
    apply.save(again, {"overview": "三年来新建一条产线"}, seen_version=again.draft_version, actor=member)
    filed = apply.snapshot(again, member)
    assert "企业总体情况介绍" in {label for label, _ in differences_of(again, filed)[0]["rows"]}
    again.receipt_number = "NX-TEST-1"
    assert application_form(again, filed).startswith(b"%PDF")
    record = dict(last_time.record_of(again))
    assert record["上次认定批次"] and record["有效期内重大变化"] == "没有报告过"


def test_the_page_is_the_firm_s_own_and_a_new_application_has_none(house, world):
    draft = Application.objects.get(case_type="renewal", enterprise__memberships__user__username="qiye-liu")
    page = world.signed_in("qiye-liu").get(f"/my/applications/{draft.public_id}/differences/")
    assert page.status_code == 200 and "有效期内的记录" in page.content.decode()
    assert world.signed_in("qiye-zhang").get(f"/my/applications/{draft.public_id}/differences/").status_code == 404
    fresh = Application.objects.filter(case_type="new", enterprise__memberships__user__username="qiye-wang").first()
    assert world.signed_in("qiye-wang").get(f"/my/applications/{fresh.public_id}/differences/").status_code == 404


def test_the_demo_shows_a_ruling_a_reminder_with_its_messages_and_a_change_that_waits(house, world):
    firm = Enterprise.objects.get(memberships__user=User.objects.get(username="qiye-zhang"))
    page = world.signed_in("qiye-zhang").get("/my/calendar/").content.decode()
    assert "科技型中小企业" in page and "站内已送出" in page and "设立分支机构" in page
    panel = world.signed_in("sheng-shenhe").get(f"/desk/enterprises/{firm.public_id}/").content.decode()
    assert "称号的期限" in panel and "（待确认）" in panel
    days = world.signed_in("sheng-chuzhang").get("/desk/rereviews/days/").content.decode()
    assert "已裁定" in days and "作出裁定" in days
    assert "作出裁定" not in world.signed_in("sheng-shenhe").get("/desk/rereviews/days/").content.decode()
