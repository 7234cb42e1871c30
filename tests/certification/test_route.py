"""Where a case begins: the call says so, and nobody below is asked."""

import pytest
from django.test import Client

from certification import apply, review
from certification.models import Application, Call
from certification.permissions import APPLICATION, stages_of
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.audit.models import AuditEvent
from foundation.refusals import Refused
from foundation.transitions import move
from portal.demo.cases import ANSWERS, judge_all
from portal.figures.charts import funnel

pytestmark = pytest.mark.django_db


def who(username):
    return Principal.of_user(User.objects.get(username=username))


@pytest.fixture
def draft(world, house):
    return Application.objects.get(enterprise__memberships__user__username="qiye-wang", state="draft")


def filed(draft, route):
    Call.objects.filter(pk=draft.call_id).update(route=route)
    draft.refresh_from_db()
    member = who("qiye-wang")
    apply.save(draft, ANSWERS | {"main_product": "示例"}, seen_version=draft.draft_version, actor=member)
    apply.submit(draft, actor=member)
    return draft


def told(draft):
    return AuditEvent.objects.filter(object_id=draft.public_id).latest("id").act


def test_a_case_that_begins_at_the_city_is_not_at_the_countys_desk(draft):
    case = filed(draft, "city")
    assert (case.state, told(case)) == ("city_review", "application.submit_to_city")
    with pytest.raises(Refused) as refused:
        review.recommend(case, actor=who("dawukou"))
    assert refused.value.code == "already_moved"
    city = who("shizuishan")
    judge_all(case, city)
    assert review.recommend(case, actor=city, opinion="同意推荐（试验）").state == "province_review"


def test_a_case_that_begins_at_the_province_is_at_nobody_elses_desk(draft):
    case = filed(draft, "province")
    assert case.state == "province_review" and case.receipt_number.startswith("NX-ZJTX-")
    for below in ("dawukou", "shizuishan"):
        with pytest.raises(Refused) as refused:
            review.recommend(case, actor=who(below))
        assert refused.value.code == "already_moved"


def test_a_returned_case_comes_back_to_where_it_began(draft):
    case = filed(draft, "city")
    items = [{"field": "product_text", "reason": "请补充关键指标"}]
    review.return_for_correction(case, items, actor=who("shizuishan"))
    member = who("qiye-wang")
    apply.save(case, {"product_text": "补充：精度 0.01 毫米"}, seen_version=case.draft_version, actor=member)
    apply.submit(case, actor=member)
    assert case.state == "city_review"


def test_a_body_directly_under_the_province_is_its_own_city(draft):
    Call.objects.filter(pk=draft.call_id).update(route="city")
    draft.refresh_from_db()
    assert stages_of(draft) == ["city_review", "province_review"]
    draft.region_path = "64/ND"
    assert stages_of(draft) == ["screening", "province_review"]


def test_an_applicant_does_not_choose_the_way(draft):
    for act in ("submit_to_city", "submit_to_province"):
        with pytest.raises(Refused, match="您现在不能"):
            move(draft, act, actor=who("qiye-wang"), machine=APPLICATION)
    assert Application.objects.get(pk=draft.pk).state == "draft"


def test_the_firm_sees_only_the_offices_on_its_way(draft):
    case = filed(draft, "city")
    client = Client()
    client.force_login(User.objects.get(username="qiye-wang"))
    page = client.get(f"/my/applications/{case.public_id}/").content.decode()
    flow = page.split('<ol class="flow">')[1].split("</ol>")[0]
    assert flow.count("<li") == 2 and "大武口区" not in flow and "石嘴山市工业和信息化局" in flow
    assert "市或直属开发区 → 自治区" in client.get(f"/calls/{case.call.public_id}/").content.decode()


@pytest.mark.parametrize(
    ("route", "more"),
    [("county", [0, 1, 0, 0, 0, 0]), ("city", [0, 1, 1, 0, 0, 0]), ("province", [0, 1, 1, 1, 0, 0])],
)
def test_the_funnel_counts_a_case_at_the_step_where_it_begins(draft, route, more):
    Call.objects.filter(pk=draft.call_id).update(route=route)
    before = counted(draft)
    filed(draft, route)
    assert [now - then for now, then in zip(counted(draft), before, strict=True)] == more


def counted(case):
    return [step["count"] for step in funnel(case.tier, case.call.year)]
