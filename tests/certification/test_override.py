"""Against the machine only with a reason, words and two people; the vote of a meeting is a second signature."""

import pytest
from django.db import IntegrityError, transaction

from certification import committee, letter, library, override, overrule, quiet, review
from certification.models import Application, Consultation, Letter, Meeting, Override
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.audit.models import AuditEvent
from foundation.refusals import Missing, Refused
from portal.demo.consultations import settle
from tests.certification.listable import listable
from tests.certification.lists import published
from tests.conftest import make_official

pytestmark = pytest.mark.django_db
SEATED = ("sheng-chuzhang", "sheng-shenhe", "sheng-heyi")
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
    listable(found)
    return found


@pytest.fixture
def agreed(house):
    """A provincial case on which the machine finds nothing, and a condition of it that nobody has judged yet."""
    found = (
        Application.objects.filter(state="province_review", tier="innovative")
        .exclude(outcome="unmet")
        .order_by("id")[0]
    )
    listable(found)
    judged = set(found.verdicts.values_list("criterion", flat=True))
    lines = found.submissions.order_by("-number").first().result["criteria"]
    codes = [line["code"] for line in lines if "max" not in line and line["code"] not in judged]
    return found, [code for code in codes if code in gates(found)]


def gates(case):
    rule_set = library.pinned(case.rule_set_code, case.rule_set_hash)
    return {criterion.code for criterion in rule_set.criteria if criterion.gate}


def test_the_case_is_not_listed_until_a_second_person_has_signed(case):
    director = who("sheng-chuzhang")
    with pytest.raises(Refused) as told:
        published(case.call, [case], actor=director)
    assert told.value.code == "conflict" and "第二人签字" in told.value.sentence
    row = override.ask(case, SAID, actor=who("sheng-shenhe"))
    with pytest.raises(Refused):
        published(case.call, [case], actor=director)
    override.sign(row, actor=director)
    assert published(case.call, [case], actor=director).state == "running"
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


@pytest.mark.parametrize("verdict", ["disagree", "unmet"])
def test_a_reviewer_s_not_met_stops_the_list_like_the_machine_s(agreed, verdict):
    found, (code, *_) = agreed
    assert override.unsigned([found]) == {}
    review.judge(found, code, verdict, actor=who("sheng-shenhe"), note="材料不支持（测试）")
    with pytest.raises(Refused) as told:
        published(found.call, [found], actor=who("sheng-chuzhang"))
    assert told.value.code == "conflict" and "第二人签字" in told.value.sentence
    override.sign(override.ask(found, SAID, actor=who("sheng-shenhe")), actor=who("sheng-chuzhang"))
    assert published(found.call, [found], actor=who("sheng-chuzhang")).state == "running"


def test_a_signature_does_not_cover_a_condition_found_wanting_after_it(case):
    override.sign(override.ask(case, SAID, actor=who("sheng-shenhe")), actor=who("sheng-chuzhang"))
    assert override.unsigned([case]) == {}
    judged = set(case.verdicts.values_list("criterion", flat=True)) | {
        line["code"] for line in override.contradicted(case)
    }
    lines = case.submissions.order_by("-number").first().result["criteria"]
    code = next(x["code"] for x in lines if "max" not in x and x["code"] in gates(case) and x["code"] not in judged)
    review.judge(case, code, "unmet", actor=who("sheng-shenhe"), note="材料不支持（测试）")
    assert case.pk in override.unsigned([case])
    again = override.ask(case, SAID, actor=who("sheng-shenhe"))
    assert code in again.codes and case.pk in override.unsigned([case])
    override.sign(again, actor=who("sheng-chuzhang"))
    assert override.unsigned([case]) == {}


def test_the_province_lists_nothing_that_it_has_not_judged_itself(house):
    case = Application.objects.filter(state="province_review", tier="specialised").order_by("id")[0]
    settle(case, who("sheng-shenhe"))
    assert review.open_points(case)
    with pytest.raises(Refused) as told:
        published(case.call, [case], actor=who("sheng-chuzhang"))
    assert (
        told.value.code == "conflict"
        and "需要自治区判断" in told.value.sentence
        and case.enterprise_name in told.value.sentence
    )


def test_where_the_machine_agrees_there_is_nothing_to_override(house):
    met = Application.objects.filter(state="province_review").exclude(outcome="unmet").order_by("id")[0]
    assert override.unsigned([met]) == {}
    with pytest.raises(Refused):
        override.ask(met, SAID, actor=who("sheng-shenhe"))


def voted(case, **votes):
    """A meeting on this one case, with these ballots."""
    people = [User.objects.get(username=name) for name in SEATED]
    director = who("sheng-chuzhang")
    for other in Meeting.objects.filter(state="planned", items__application=case):
        committee.cancel(other, actor=director, reason="改由另一次会议审议（测试）")
    meeting = committee.plan(
        case.call,
        [case],
        people,
        chair=people[0],
        title="2026年第3次审议会（测试）",
        held_on=clock.today(),
        actor=director,
    )
    committee.open_meeting(meeting, actor=director)
    item = meeting.items.select_related("meeting", "application").get()
    for name, choice in zip(SEATED, votes["cast"], strict=True):
        committee.cast(item, choice, actor=who(name), reason="理由")
    return item


def test_the_vote_of_a_meeting_is_the_second_signature_and_its_count_is_written_down(case):
    override.by_committee(voted(case, cast=("approve", "approve", "abstain")), actor=who("sheng-chuzhang"))
    row = Override.objects.get(application=case)
    assert (row.reason_code, row.signed_by_name, override.unsigned([case])) == (
        "committee",
        "2026年第3次审议会（测试）",
        {},
    )
    assert "同意 2，不同意 0，弃权 1" in row.text


def test_one_vote_is_no_second_signature(case):
    override.by_committee(voted(case, cast=("approve", "recused", "recused")), actor=who("sheng-chuzhang"))
    assert not Override.objects.filter(application=case).exists() and case.pk in override.unsigned([case])


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


def refused_against_the_counties(house):
    case = Application.objects.filter(state="province_review", tier="specialised").order_by("id").first()
    return review.refuse(case, actor=who("sheng-chuzhang"), reason="材料与申报不符", reason_code="evidence")


def test_refusing_what_the_offices_below_recommended_needs_a_reason_of_the_list(house):
    case = Application.objects.filter(state="province_review", tier="specialised").order_by("id").first()
    below = overrule.recommended_below(case)
    assert (
        below
        == list(case.opinions.filter(conclusion="recommend").order_by("at").values_list("office_name", flat=True))
        != []
    )
    for code in ("", "nonsense"):
        with pytest.raises(Refused) as told:
            review.refuse(case, actor=who("sheng-shenhe"), reason="材料与申报不符", reason_code=code)
        assert (told.value.code, told.value.problems[0].field) == ("invalid", "reason_code")
    assert Application.objects.get(pk=case.pk).state == "province_review"
    review.refuse(case, actor=who("sheng-shenhe"), reason="材料与申报不符", reason_code="evidence")
    row = overrule.of(case)
    assert row is not None
    assert (row.codes, row.reason_code, row.text, row.signed_at) == (below, "evidence", "材料与申报不符", None)


def test_who_refuses_a_moment_after_a_colleague_recommended_is_told_that_the_case_has_moved_on(house):
    seen = Application.objects.filter(state="screening", region_path="64/6401/640104").order_by("id").first()
    faster = Application.objects.get(pk=seen.pk)
    for code in review.open_points(faster):
        review.judge(faster, code, "met", actor=who("xingqing"), note="已核对")
    review.recommend(faster, actor=who("xingqing"), opinion="同意")
    with pytest.raises(Refused) as told:
        review.refuse(seen, actor=who("xingqing"), reason="材料与申报不符")
    assert told.value.code == "already_moved"
    assert Application.objects.get(pk=seen.pk).state == faster.state != "screening"
    assert not Override.objects.filter(application=seen).exists()


def test_whoever_overruled_the_offices_below_does_not_sign_the_letter(house):
    case = refused_against_the_counties(house)
    drafted = Letter.objects.get(application=case)
    told = {"number": "宁示例决〔2026〕9号", "ground": "材料与申报不符"}
    drafted = letter.edit(drafted, told, seen_version=drafted.version, actor=who("sheng-shenhe"))
    with pytest.raises(Refused) as refusal:
        letter.sign(drafted, actor=who("sheng-chuzhang"))
    assert "要由另一位负责人签发" in refusal.value.sentence and overrule.of(case).signed_at is None
    other = Principal.of_user(make_official("sheng-fu", "64", "leader"))
    letter.sign(drafted, actor=other)
    assert (overrule.of(case).signed_by_id, overrule.of(case).signed_at is not None) == (other.user_id, True)
    letter.take_back(drafted, actor=other, reason="文号有误")
    assert overrule.of(case).signed_at is None


def test_a_refusal_taken_back_keeps_its_overruling_on_record_and_makes_room_for_another(house):
    case = refused_against_the_counties(house)
    with pytest.raises(Missing):
        quiet.reopen(case, actor=who("yinchuan"), reason="不是本级的结论")
    with pytest.raises(Refused) as told:
        quiet.reopen(case, actor=who("sheng-shenhe"), reason=" ")
    assert told.value.code == "invalid"
    quiet.reopen(case, actor=who("sheng-shenhe"), reason="看错了材料")
    assert (case.state, overrule.of(case)) == ("province_review", None)
    again = review.refuse(case, actor=who("sheng-shenhe"), reason="条件不满足", reason_code="condition")
    assert list(again.overrides.order_by("id").values_list("reason_code", flat=True)) == ["evidence", "condition"]
    assert [o.taken_back_at is None for o in again.opinions.filter(conclusion="refuse")] == [False, True]


def test_the_page_keeps_what_was_typed_when_the_reason_is_missing(house):
    case = Application.objects.filter(state="province_review", tier="specialised").order_by("id").first()
    answer = house.signed_in("sheng-shenhe").post(f"/desk/cases/{case.public_id}/refuse/", {"reason": "材料与申报不符"})
    page = answer.content.decode()
    assert "下级机关推荐过这一件" in page and "材料与申报不符</textarea>" in page
    assert Application.objects.get(pk=case.pk).state == "province_review"
