"""Verdicts over time: a resubmission hides nothing, what is unchanged is carried over, and an author may think again."""

from datetime import timedelta

import pytest

from certification import apply, gates, highlight, review, verdicts
from certification.models import Application, Submission, Verdict
from enterprises.models import Membership
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.audit.models import AuditEvent
from foundation.refusals import Missing, Refused
from tests.conftest import make_official

COUNTY = "64/6401/640104"
MINE = "我核对过这一条"


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


def path(case):
    return f"/desk/cases/{case.public_id}/"


def told(world, username, case):
    answer = world.signed_in(username).get(path(case))
    assert answer.status_code == 200
    return answer.content.decode()


def lines(case):
    return [c for c in case.submissions.first().result["criteria"] if "max" not in c]


def judge(case, line, actor, note=MINE):
    verdict = "met" if gates.waits_for_a_person(line, gates.criteria_of(case)) else "agree"
    return review.judge(case, line["code"], verdict, actor=actor, note=note)


def filed_again(case, answers):
    """Returned and sent again by the firm with these answers changed."""
    items = [{"field": name, "reason": "请更正"} for name in answers]
    review.return_for_correction(case, items, actor=who("xingqing"))
    case.refresh_from_db()
    member = Principal.of_user(Membership.objects.filter(enterprise_id=case.enterprise_id, state="verified")[0].user)
    apply.save(case, answers, seen_version=case.draft_version, actor=member)
    apply.submit(case, actor=member)
    return Application.objects.get(pk=case.pk)


def test_after_a_resubmission_the_desk_does_not_say_that_nothing_changed(world, case, later):
    told(world, "xingqing", case)
    later(hours=1)
    assert "申报内容没有变" in told(world, "xingqing", case)
    case = filed_again(case, {"product_text": "补充了关键指标"})
    later(hours=1)
    page = told(world, "xingqing", case)
    assert "申报内容没有变" not in page and "您" in page and "现在是第 2 版" in page


def test_what_colleagues_did_since_the_last_visit_is_listed_and_ones_own_acts_are_not(world, case, later):
    first, second = lines(case)[:2]
    told(world, "xingqing", case)
    later(hours=1)
    make_official("ban", COUNTY, "reviewer", second_factor=False)
    judge(case, first, who("ban"), "同事看过")
    judge(case, second, who("xingqing"))
    sha = case.submissions.first().evidence[0]["sha256"]
    highlight.highlight(case, sha, 1, "与第4页一致", actor=who("ban"))
    page = told(world, "xingqing", case)
    assert "有 2 件新的" in page and "同事看过" in page and "第 1 页</a>　与第4页一致" in page


def test_verdicts_of_the_version_before_are_still_to_be_read_after_a_resubmission(world, case):
    line = lines(case)[0]
    judge(case, line, who("xingqing"))
    case = filed_again(case, {"product_text": "补充了关键指标"})
    assert MINE in told(world, "xingqing", case)
    page = world.signed_in("xingqing").get(f"{path(case)}?at={line['code']}").content.decode()
    assert "第 1 版时：" in page and "这一版尚未判断" in page


def test_only_verdicts_on_unchanged_ground_are_carried_over_in_one_recorded_act(world, case):
    listed = lines(case)
    for line in listed:
        judge(case, line, who("xingqing"))
    case = filed_again(case, {"product_text": "补充了关键指标"})
    ground = verdicts.Ground(case)
    code = next(line["code"] for line in listed if ground.facts.get(line["code"]))
    filed = Submission.objects.get(application=case, number=2)
    name = sorted(ground.facts[code])[0]
    Submission.objects.filter(pk=filed.pk).update(facts=filed.facts | {name: "改过"})
    offered = {row.criterion for row in verdicts.carriable(case)}
    assert code not in offered and offered
    assert f"沿用这 {len(offered)} 条判断" in told(world, "xingqing", case)
    make_official("ban", COUNTY, "reviewer", second_factor=False)
    assert world.signed_in("ban").post(f"{path(case)}judge/carry/").status_code == 302
    made = Verdict.objects.filter(application=case, submission_number=2)
    assert {row.criterion for row in made} == offered
    assert all((row.by_name, row.carried_from.submission_number, row.note) == ("ban", 1, MINE) for row in made)
    event = AuditEvent.objects.get(act="verdict.carry_over", object_id=case.public_id)
    titles = gates.titles_of(case)
    assert offered.isdisjoint(titles.values())
    assert sorted(event.detail["criteria"].split("、")) == sorted(titles[code] for code in offered)
    with pytest.raises(Refused):
        verdicts.carry_over(case, actor=who("xingqing"))


def test_other_papers_of_the_kind_that_speaks_to_a_criterion_ask_for_another_look(case):
    for line in lines(case):
        judge(case, line, who("xingqing"))
    case = filed_again(case, {"product_text": "补充了关键指标"})
    before = {row.criterion for row in verdicts.carriable(case)}
    filed = Submission.objects.get(application=case, number=2)
    papers = [dict(p, sha256="0" * 64) for p in filed.evidence]
    Submission.objects.filter(pk=filed.pk).update(evidence=papers)
    assert {row.criterion for row in verdicts.carriable(case)} < before


def test_an_author_takes_a_verdict_back_with_a_reason_and_judges_again(world, case):
    line = lines(case)[0]
    judge(case, line, who("xingqing"))
    client = world.signed_in("xingqing")
    url = f"{path(case)}judge/back/"
    refused = client.post(url, {"criterion": line["code"], "reason": " "})
    assert refused.status_code == 422 and "请写明撤回判断的理由" in refused.content.decode()
    assert client.post(url, {"criterion": line["code"], "reason": "看错了年度"}).status_code == 302
    row = Verdict.objects.get(application=case, criterion=line["code"])
    assert (row.taken_back_reason, row.taken_back_at is None) == ("看错了年度", False)
    assert AuditEvent.objects.get(act="verdict.take_back", object_id=case.public_id).reason == "看错了年度"
    assert "看错了年度" in told(world, "xingqing", case)
    if line["outcome"] == "needs_person":
        assert line["code"] in review.open_points(case)
    judge(case, line, who("xingqing"), "重新核对")
    assert Verdict.objects.filter(application=case, criterion=line["code"]).count() == 2


def test_a_colleague_and_a_desk_that_has_passed_the_case_on_take_nothing_back(case):
    for code in review.open_points(case):
        review.judge(case, code, "met", actor=who("xingqing"), note=MINE)
    line = lines(case)[0]
    if not case.verdicts.filter(criterion=line["code"]).exists():
        judge(case, line, who("xingqing"))
    make_official("ban", COUNTY, "reviewer", second_factor=False)
    with pytest.raises(Refused) as refused:
        verdicts.take_back(case, line["code"], actor=who("ban"), reason="不是我写的")
    assert refused.value.code == "forbidden"
    with pytest.raises(Missing):
        verdicts.take_back(case, line["code"], actor=who("dawukou"), reason="别处")
    review.recommend(case, actor=who("xingqing"))
    with pytest.raises(Refused) as moved:
        verdicts.take_back(Application.objects.get(pk=case.pk), line["code"], actor=who("xingqing"), reason="晚了")
    assert moved.value.code == "already_moved"
    assert not Verdict.objects.filter(application=case).exclude(taken_back_at=None).exists()
