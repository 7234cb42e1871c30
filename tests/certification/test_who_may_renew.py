"""Who may file for a re-review: the holder of a title that the call renews, from the first click to the announcement."""

from datetime import date, timedelta

import pytest

from certification import apply, certify, leave
from certification.models import Application, Certificate, Cohort, CohortTitle, Letter, Reconsideration
from certification.renewable import renewable_title, renewable_titles
from enterprises.models import Membership
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.refusals import Missing, Refused
from tests.certification.lists import announced
from tests.certification.titled import call_of, filed, owner, titled
from tests.factories import make_enterprise, make_member

pytestmark = pytest.mark.django_db
HOUSE = Principal.system("calendar")
AWAY = {"reason": "2027年已迁出（测试）", "source": "迁出登记通知书 测试1号"}


@pytest.fixture
def boss(director):
    return Principal.of_user(director)


@pytest.fixture
def office(province):
    return Principal.of_user(province)


def title_of(firm):
    return Certificate.objects.filter(enterprise=firm).latest("valid_from")


def listed(call, *firms):
    """The call's list, written: these firms and nobody else."""
    made = Cohort.objects.create(
        call=call, ends_from=date(2026, 1, 1), ends_until=date(2030, 1, 1), share=0, seed="ab" * 32, algorithm="测试",
        built_at=clock.now(), filled_at=clock.now(),
    )  # fmt: skip
    for place, firm in enumerate(firms, 1):
        CohortTitle.objects.create(
            cohort=made, certificate=title_of(firm), enterprise=firm, region_path=firm.region_path, stratum="测试",
            rule_set_code="TEST", why_rule_set="测试", ticket=str(place), place=place,
        )  # fmt: skip
    return call


def refusal(call, firm):
    with pytest.raises(Refused) as told:
        apply.start(call, firm, actor=owner(firm))
    assert told.value.code == "conflict" and not Application.objects.filter(enterprise=firm).exists()
    (problem,) = told.value.problems
    assert problem.clause and problem.hint and problem.message in told.value.sentence
    return told.value.sentence


def test_a_title_of_another_year_cannot_be_filed_in_this_years_call_and_the_firm_is_told_where_to_go(firm):
    older = call_of(cohort=2023, contact="0951-1（测试）")
    said = refusal(older, firm)
    assert "复核2023年公告的称号" in said and f"（{title_of(firm).number}）是2026年公告的" in said
    assert "请在这一称号自己的复核通知里申请" in said and "0951-1（测试）" in said
    own = call_of(cohort=2026, batch="自己的")
    assert apply.start(own, firm, actor=owner(firm)).state == "draft"


def test_a_call_that_names_no_year_and_has_no_list_is_for_titles_of_three_years_ago(firm, on):
    refusal(call_of(batch="早"), firm)
    on(date(2029, 1, 10))
    assert renewable_title(call_of(batch="到期"), firm) == title_of(firm)


def test_where_there_is_a_list_it_decides_and_whoever_is_not_on_it_is_told_so(firm):
    other = titled()
    call = listed(call_of(cohort=2026), firm)
    assert apply.start(call, firm, actor=owner(firm)).state == "draft"
    said = refusal(call, other)
    assert "不在" in said and "复核名单里" in said and "认为应当列入本批次的" in said


def test_a_list_that_was_asked_for_and_is_not_written_yet_counts_by_its_days(firm):
    call = listed(call_of(cohort=2026))
    Cohort.objects.update(filled_at=None)
    assert renewable_title(call, firm) == title_of(firm)
    Cohort.objects.update(ends_until=date(2028, 12, 31))
    with pytest.raises(Refused):
        renewable_title(call, firm)


def test_somebody_of_another_firm_and_somebody_with_nothing_find_nothing(firm, stranger):
    call = call_of(cohort=2026)
    for person in (owner(titled()), Principal.of_user(stranger)):
        with pytest.raises(Missing):
            apply.start(call, firm, actor=person)


def test_a_firm_without_any_title_is_sent_to_the_call_for_new_ones(house):
    firm = titled(tier="innovative")
    said = refusal(call_of(cohort=2026), firm)
    assert "没有专精特新中小企业称号" in said and "新申请的批次" in said


def test_a_firm_that_never_had_a_title_sees_its_calls_while_a_list_is_open(firm, signed_in):
    listed(call_of(cohort=2026, opens_at=clock.now() - timedelta(days=1)), firm)
    newcomer = make_enterprise()
    client = signed_in(make_member(newcomer))
    assert client.get("/my/applications/").status_code == 200


def test_a_title_that_was_given_up_stops_the_draft_at_filing_and_what_was_typed_stays(firm, boss):
    draft = apply.start(call_of(cohort=2026), firm, actor=owner(firm))
    Application.objects.filter(pk=draft.pk).update(answers={"overview": "三年来专注一个市场"})
    asked = leave.ask(title_of(firm), {"reason": "业务调整（测试）"}, actor=owner(firm))
    leave.answer(asked, "accept", "企业自愿", actor=boss)
    with pytest.raises(Refused) as told:
        apply.submit(draft, actor=owner(firm))
    assert "自愿放弃" in told.value.sentence and "新申请的批次" in told.value.sentence
    draft.refresh_from_db()
    assert (draft.state, draft.answers["overview"]) == ("draft", "三年来专注一个市场")


@pytest.mark.parametrize(
    ("ends", "words"),
    [("withdrawn", "自愿放弃"), ("migrated", "迁出本自治区"), ("dissolved", "主体终止"), ("revoked", "取消"), ("absorbed", "更高层级")],
)  # fmt: skip
def test_an_open_re_review_is_not_announced_once_its_title_has_ended_another_way(firm, boss, ends, words):
    case = filed(firm, "decided", call=call_of(cohort=2026))
    Certificate.objects.filter(enterprise=firm).update(state=ends, ended_on=clock.today())
    with pytest.raises(Refused) as told:
        announced(case.call, [case], actor=boss, document_number="（测试）1号")
    assert firm.name in told.value.sentence and words in told.value.sentence and "不予认定" in told.value.sentence
    case.refresh_from_db()
    assert case.state == "decided" and Certificate.objects.filter(enterprise=firm).count() == 1


def test_a_migration_that_is_accepted_while_the_re_review_is_open_ends_it_too(firm, boss, office):
    case = filed(firm, "decided", call=call_of(cohort=2026))
    noted = leave.ask(title_of(firm), AWAY | {"kind": "migrate"}, actor=office)
    leave.answer(noted, "accept", "已核对", actor=boss)
    with pytest.raises(Refused, match="迁出本自治区"):
        announced(case.call, [case], actor=boss, document_number="（测试）1号")


def test_the_last_day_alone_ends_no_re_review_that_was_filed_by_then(firm, on, boss):
    on(date(2029, 1, 18))
    case, late = filed(firm, "decided"), titled()
    on(date(2029, 2, 20))
    certify.expire_due(actor=HOUSE)
    assert renewable_title(case.call, firm).state == "expired"
    said = refusal(case.call, late)
    assert "有效期至2029年1月19日" in said and "期满以前没有提交" in said
    announced(case.call, [case], actor=boss, document_number="（测试）1号")
    assert title_of(firm).valid_from == date(2029, 2, 20)


def test_after_a_refusal_that_was_set_aside_the_day_of_the_first_filing_still_counts(firm, on):
    on(date(2029, 1, 10))
    first = filed(firm, "refused")
    on(date(2029, 2, 1))
    certify.expire_due(actor=HOUSE)
    assert title_of(firm).state == "not_renewed"
    with pytest.raises(Refused):
        renewable_title(first.call, firm)
    set_aside(first)
    assert renewable_title(first.call, firm) == title_of(firm)


def set_aside(case):
    letter = Letter.objects.create(
        application=case, enterprise=case.enterprise, region_path=case.region_path, office_path="64", office_name="测试", kind="refusal", state="draft",
        submission_number=1,
    )  # fmt: skip
    row = Reconsideration.objects.create(
        letter=letter, application=case, enterprise=case.enterprise, region_path=case.region_path, office_path="64", grounds="测试",
        state="requested",
    )  # fmt: skip
    for state in ("under_way", "set_aside"):
        Reconsideration.objects.filter(pk=row.pk).update(state=state)


def test_many_cases_are_asked_about_in_as_many_queries_as_one(firm, django_assert_num_queries):
    call = listed(call_of(cohort=2026), firm)
    more = [titled() for _ in range(3)]
    for some in ([firm], [firm, *more]):
        with django_assert_num_queries(3):
            found = renewable_titles((call, one.pk) for one in some)
        assert [found[call.pk, one.pk].title is not None for one in some] == [one == firm for one in some]


def test_the_pages_offer_a_re_review_to_those_it_is_for_and_tell_the_others_why(firm, signed_in):
    other = titled()
    call = listed(call_of(cohort=2026, opens_at=clock.now() - timedelta(days=1)), firm)
    for one, is_for in ((firm, True), (other, False)):
        client = signed_in(Membership.objects.get(enterprise=one).user)
        assert (call.title in client.get("/my/applications/").content.decode()) is is_for
        page = client.get(f"/calls/{call.public_id}/").content.decode()
        assert ("开始申请" in page) is is_for and ("复核名单里" in page) is not is_for
        if not is_for:
            assert client.post(f"/calls/{call.public_id}/start/").status_code == 409
    assert apply.start(call, firm, actor=owner(firm)).state == "draft"


def test_the_page_that_refuses_a_filing_says_why_and_leads_back_to_the_draft(world, house):
    draft = Application.objects.get(case_type="renewal", enterprise__memberships__user__username="qiye-liu")
    client = world.signed_in("qiye-liu")
    assert "主体终止" not in client.post(f"/my/applications/{draft.public_id}/submit/").content.decode()
    Certificate.objects.filter(enterprise=draft.enterprise, tier=draft.tier).update(
        state="dissolved", ended_on=clock.today()
    )
    answer = client.post(f"/my/applications/{draft.public_id}/submit/")
    page = answer.content.decode()
    assert (
        answer.status_code == 409 and "主体终止" in page and "怎么改" in page and "依据" in page and "回到填报" in page
    )
