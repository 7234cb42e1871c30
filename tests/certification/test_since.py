"""Since I last looked: everything that happened to the case and around its firm, who did it, in which words, and where it is."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from certification import consult, highlight, incident, interpret, object, review, since, visit
from certification.models import Consultation, Posting, Submission, Visit
from certification.notify import tell_applicants
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped

REPORTED = {
    "kind": "dishonest", "happened_on": "2026-03-02", "source": "某市信用平台（测试）", "document": "查询记录 2026-03-02",
    "facts": "被列入严重失信主体名单（测试）",
}  # fmt: skip
OBJECTED = {"name": "李某人", "contact": "13900000000", "relation": "同行", "facts": "收入与年报不一致"}


@pytest.fixture
def house(db, world):
    with scoped(Principal.system("test")):
        yield world


@pytest.fixture
def moment(house, settings):
    """When the reader had the case open; an hour has passed since."""
    told = clock.now()
    settings.CLOCK_OFFSET_SECONDS += 3600
    return told


def who(username):
    return Principal.of_user(User.objects.get(username=username))


@pytest.fixture
def site(house):
    """The demo's visit to the firm of the tour, at the county's desk."""
    return Visit.objects.get(enterprise__memberships__user__username="qiye-zhang", state="planned")


def told(case, moment, reader):
    """{what: (who, words, address)} of every line."""
    rows = since.done_since(case, moment, actor=who(reader), submissions=list(case.submissions.all()))
    assert [row.at for row in rows] == sorted(row.at for row in rows) and all(row.at > moment for row in rows)
    return {row.what: (row.who, row.words, row.url) for row in rows}


def file_again(case, paper):
    last = case.submissions.first()
    Submission.objects.create(
        application=case, enterprise_id=case.enterprise_id, region_path=case.region_path, number=last.number + 1,
        answers=last.answers, facts=last.facts, evidence=[*last.evidence, paper], content_hash="-", result=last.result,
        submitted_at=clock.now(), submitted_by_name="某人",
    )  # fmt: skip


def test_a_report_the_firm_s_word_and_the_verdict_on_it_are_news_with_their_page(site, moment):
    row = incident.report(site.enterprise, REPORTED, actor=who("sheng-shenhe"))
    incident.reply(row, "正在申请信用修复。", actor=who("qiye-zhang"))
    incident.judge(row, "confirm", "平台查询属实", actor=who("sheng-chuzhang"))
    found = told(site.application, moment, "xingqing")
    url = f"/desk/rereviews/incidents/{row.public_id}/"
    assert found[f"说明情况：{row.kind_words}"] == ("企业", "正在申请信用修复。", url)
    by, words, address = found[f"情况：{row.kind_words}"]
    assert words.endswith("平台查询属实") and address == url and by == row.verdict_office


def test_whoever_found_a_report_true_is_told_that_a_colleague_has_closed_it_and_not_what_he_did_himself(site, moment):
    row = incident.report(site.enterprise, REPORTED, actor=who("sheng-shenhe"))
    incident.reply(row, "正在申请信用修复。", actor=who("qiye-zhang"))
    incident.judge(row, "confirm", "平台查询属实", actor=who("sheng-chuzhang"))
    what = f"情况：{row.kind_words}"
    assert told(site.application, moment, "sheng-chuzhang")[what][1].endswith(REPORTED["facts"])
    incident.judge(row, "close", "信用已修复", actor=who("sheng-shenhe"))
    assert told(site.application, moment, "sheng-chuzhang")[what][1].endswith("信用已修复")


def test_the_result_of_a_visit_and_the_firm_s_signature_are_news(site, moment):
    first, *others = site.lines.all()
    visit.answer(site, first.place, {"verdict": "differs", "note": "设备少一台"}, actor=who("xingqing"))
    for line in others:
        visit.answer(site, line.place, {"verdict": "matches", "note": ""}, actor=who("xingqing"))
    row = visit.finish(site, {"summary": "设备与申报不符"}, actor=who("xingqing"))
    visit.countersign(row, "设备外借，有借据", actor=who("qiye-zhang"), agrees=True)
    found, url = told(site.application, moment, "sheng-shenhe"), f"/desk/visits/{site.public_id}/"
    by, words, address = found["实地核查结果"]
    assert (by, address) == (site.office_name, url)
    assert (
        words.startswith(f"相符 {len(others)} 项，不符 1 项（{first.title}：设备少一台）")
        and "小结：设备与申报不符" in words
    )
    assert found["实地核查"][0] == "企业" and found["实地核查"][1].endswith("设备外借，有借据")


def test_a_new_version_and_only_the_papers_that_are_new_in_it_are_news(site, moment):
    case = site.application
    paper = {"public_id": "newpaper", "title": "专项审计报告（补）", "kind": "audit", "sha256": "a" * 64}
    file_again(case, paper)
    number, here = case.submissions.count(), f"/desk/cases/{case.public_id}/"
    assert told(case, moment, "xingqing") == {
        f"第 {number} 版": ("企业", "提交", f"{here}#history-t"),
        "新材料": ("企业", "专项审计报告（补）", f"{here}?paper=newpaper#evidence"),
    }


def test_verdicts_marks_and_opinions_lead_to_their_condition_page_and_words(site, moment):
    case, actor = site.application, who("xingqing")
    paper = case.submissions.first().evidence[0]
    made = highlight.highlight(case, paper["sha256"], 2, "与原件一致", actor=actor)
    for code in review.open_points(case):
        review.judge(case, code, "met", actor=actor, note="已核对原件")
    code = case.verdicts.order_by("-at").first().criterion
    review.recommend(case, actor=actor, opinion="同意推荐")
    found, here = told(case, moment, "yinchuan"), f"/desk/cases/{case.public_id}/"
    assert found["判断"][0] == actor.name and found["判断"][1].endswith("已核对原件")
    assert found["判断"][2] == f"{here}?at={code}#c-{code}"
    assert found[f"标注{paper['title']}第 2 页"][2] == f"{here}?paper={paper['public_id']}&page=2#mark-{made.public_id}"
    assert found["意见"] == (actor.office_name, "推荐：同意推荐", f"{here}#opinions")
    assert {"判断", "意见"} & told(case, moment, "xingqing").keys() == set()


def test_an_answered_question_about_the_standard_and_what_the_firm_was_told_are_news(site, moment, house):
    case = site.application
    code = case.submissions.first().result["criteria"][0]["code"]
    row = interpret.ask(case.rule_set_code, code, "委托研发费用按全额还是按比例计入？", actor=who("xingqing"))
    assert not [what for what in told(case, moment, "xingqing") if what.startswith("口径")]
    interpret.answer(row, "按专项审计口径全额计入。", actor=who("sheng-chuzhang"))
    tell_applicants(case, "请补齐签字页", due_on=clock.today() + timedelta(days=3))
    found = told(case, moment, "xingqing")
    by, words, url = found[f"口径 {row.number}"]
    assert (by, words) == (who("sheng-chuzhang").name, f"{row.title}：按专项审计口径全额计入。")
    assert url == f"/interpretations/?rule={case.rule_set_code}#i-{row.public_id}"
    by, words, url = found["发给企业的通知"]
    assert "请补齐签字页，最后一天" in words and "#letter-" in url
    page = house.signed_in("xingqing").get(f"/desk/cases/{case.public_id}/").content.decode()
    assert f'id="{url.partition("#")[2]}"' in page


def test_a_department_s_answer_is_news_with_its_words(house, moment):
    row = Consultation.objects.filter(state="asked", application__state="province_review").order_by("id").first()
    case = row.application
    given = {"finding": "found", "clause": "处罚决定〔2026〕1号", "details": "罚款两万元", "document": "回函1号"}
    consult.answer(row, given, actor=who("sheng-shenhe"))
    by, words, url = told(case, moment, "sheng-chuzhang")["部门意见"]
    assert by == consult.departments()[1][row.department].label
    assert words == f"{row.question}：有，罚款两万元" and url == f"/consultations/{row.public_id}/"


def test_an_objection_is_news_to_the_office_whose_list_it_is_without_a_word_of_who_objected(house, moment):
    posting = Posting.objects.get(state="running", level="province", call__tier="specialised")
    row, _ = object.lodge(posting, 1, OBJECTED, ())
    object.take_up(row, actor=who("sheng-shenhe"))
    rows = since.done_since(row.application, moment, actor=who("sheng-chuzhang"))
    mine = [line for line in rows if line.what == f"异议 {row.receipt_number}"]
    url = f"/desk/postings/objections/{row.public_id}/"
    assert [(line.who, line.words, line.url) for line in mine] == [
        ("异议人", f"对《{posting.title}》提出", url), ("公示单位", "受理", url),
    ]  # fmt: skip
    assert not [line for line in rows for secret in OBJECTED.values() if secret in line.words + line.who]
    path = row.application.region_path
    below = User.objects.filter(posts__office__body__path=path, posts__role="reviewer").first()
    assert not [
        line
        for line in since.done_since(row.application, moment, actor=Principal.of_user(below))
        if "异议" in line.what
    ]


def test_much_news_costs_as_many_questions_as_little(site, moment):
    case, reader = site.application, who("yinchuan")
    filed, codes = list(case.submissions.all()), review.open_points(case)
    sha = filed[0].evidence[0]["sha256"]
    counts = []
    for n in (1, 2, 3):
        highlight.highlight(case, sha, n, "与原件一致", actor=who("xingqing"))
        tell_applicants(case, f"第 {n} 次通知")
        for code in codes[n - 1 : n]:
            review.judge(case, code, "met", actor=who("xingqing"), note="已核对")
        incident.report(site.enterprise, REPORTED | {"document": f"查询记录 {n}"}, actor=who("sheng-shenhe"))
        with CaptureQueriesContext(connection) as asked:
            since.done_since(case, moment, actor=reader, submissions=filed)
        counts.append(len(asked))
    assert len(set(counts)) == 1 and counts[0] <= 15, counts


def test_the_desk_lists_the_news_with_links_and_times(site, house, settings):
    case, client = site.application, house.signed_in("yinchuan")
    address = f"/desk/cases/{case.public_id}/"
    client.get(address)
    settings.CLOCK_OFFSET_SECONDS += 3600
    row = incident.report(site.enterprise, REPORTED, actor=who("sheng-shenhe"))
    page = client.get(address).content.decode()
    assert "看过以后，有 1 件新的" in page and f'<a href="/desk/rereviews/incidents/{row.public_id}/">情况：' in page
