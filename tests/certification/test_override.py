"""Against the machine only with a reason, words and two people; the vote of a meeting is a second signature."""

import pytest
from django.db import IntegrityError, transaction

from certification import override, posting
from certification.models import Application, Consultation, Override
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.audit.models import AuditEvent
from foundation.refusals import Missing, Refused
from tests.conftest import make_official

pytestmark = pytest.mark.django_db
SAID = {"reason_code": "source_preferred", "text": "审计报告与自述不一致，按审计报告判断"}


@pytest.fixture
def house(world):
    with scoped(Principal.system("test")):
        yield world


def who(username):
    return Principal.of_user(User.objects.get(username=username))


@pytest.fixture
def case(house):
    """A provincial case before the province that the machine contradicts."""
    Consultation.objects.all().delete()
    found = Application.objects.filter(state="province_review", tier__in=["innovative", "specialised"]).order_by("id")[
        0
    ]
    filed = found.submissions.order_by("-number").first()
    lines = [dict(line) for line in filed.result["criteria"]]
    lines[0]["outcome"] = "unmet"
    type(filed).objects.filter(pk=filed.pk).update(result=filed.result | {"criteria": lines, "outcome": "unmet"})
    Application.objects.filter(pk=found.pk).update(outcome="unmet")
    found.refresh_from_db()
    return found


def test_the_case_is_not_listed_until_a_second_person_has_signed(case):
    director = who("sheng-chuzhang")
    with pytest.raises(Refused) as told:
        posting.post(case.call, [case], actor=director)
    assert told.value.code == "conflict" and "第二人签字" in told.value.sentence
    row = override.ask(case, SAID, actor=who("sheng-shenhe"))
    with pytest.raises(Refused):
        posting.post(case.call, [case], actor=director)
    override.sign(row, actor=director)
    assert posting.post(case.call, [case], actor=director).state == "running"
    acts = AuditEvent.objects.filter(object_id=case.public_id, act__startswith="override.").order_by("id")
    assert list(acts.values_list("act", flat=True)) == ["override.ask", "override.sign"]


def test_who_asked_cannot_sign_and_a_reviewer_cannot_either(case):
    row = override.ask(case, SAID, actor=who("sheng-chuzhang"))
    with pytest.raises(Refused) as told:
        override.sign(row, actor=who("sheng-chuzhang"))
    assert told.value.code == "forbidden"
    with pytest.raises(Missing):
        override.sign(row, actor=who("sheng-shenhe"))
    make_official("fuzhuren", "64", "leader", second_factor=False)
    assert override.sign(row, actor=who("fuzhuren")).signed_by_name
    with pytest.raises(Refused):
        override.sign(row, actor=who("fuzhuren"))


def test_the_database_knows_two_people_as_well(case):
    row = override.ask(case, SAID, actor=who("sheng-chuzhang"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Override.objects.filter(pk=row.pk).update(signed_by_id=row.asked_by_id)


def test_a_reason_of_the_list_and_words_are_asked(case):
    with pytest.raises(Refused) as told:
        override.ask(case, {"reason_code": "committee", "text": "短"}, actor=who("sheng-shenhe"))
    assert [p.field for p in told.value.problems] == ["reason_code", "text"]
    for stranger in ("xingqing", "qiye-zhang", "zhuanjia-1"):
        with pytest.raises(Missing):
            override.ask(case, SAID, actor=who(stranger))


def test_where_the_machine_agrees_there_is_nothing_to_override(house):
    met = Application.objects.filter(state="province_review").exclude(outcome="unmet").order_by("id")[0]
    assert override.unsigned([met]) == {}
    with pytest.raises(Refused):
        override.ask(met, SAID, actor=who("sheng-shenhe"))


def test_the_vote_of_a_meeting_is_the_second_signature(case):
    override.by_committee(case, "2026年第3次审议会（测试）", actor=who("sheng-chuzhang"))
    row = Override.objects.get(application=case)
    assert (row.reason_code, row.signed_by_name, override.unsigned([case])) == (
        "committee",
        "2026年第3次审议会（测试）",
        {},
    )


def test_the_page_of_the_case_asks_and_signs(house, case):
    address = f"/desk/cases/{case.public_id}/override/"
    reviewer = house.signed_in("sheng-shenhe")
    assert "仍要列入公示或推荐" in reviewer.get(f"/desk/cases/{case.public_id}/").content.decode()
    assert reviewer.post(address, {"act": "ask", "reason_code": "", "text": ""}).status_code == 422
    assert reviewer.post(address, {"act": "ask"} | SAID).status_code == 302
    leader = house.signed_in("sheng-chuzhang")
    assert "待第二人签字" in leader.get(f"/desk/cases/{case.public_id}/").content.decode()
    assert leader.post(address, {"act": "sign"}).status_code == 302
    assert override.unsigned([case]) == {}
    assert house.signed_in("xingqing").post(address, {"act": "ask"} | SAID).status_code == 404
