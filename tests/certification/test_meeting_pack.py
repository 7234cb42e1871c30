"""议程材料 read back from the document: everything a committee needs of a case, nothing of targets, nobody's name but the firm's."""

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document

from certification import committee, consult, meeting_pack, object, review
from certification.models import Application, Consultation, Posting, Visit
from certification.worksheet import worksheet
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped

SEATED = ("sheng-chuzhang", "sheng-shenhe", "sheng-heyi")


@pytest.fixture
def house(db, world):
    with scoped(Principal.system("test")):
        yield world


def who(username):
    return Principal.of_user(User.objects.get(username=username))


@pytest.fixture
def cases(house):
    return list(Application.objects.filter(state="province_review", tier="specialised").order_by("pk"))


def planned(cases, title="第一次审议会"):
    people = [User.objects.get(username=name) for name in SEATED]
    return committee.plan(
        cases[0].call, cases, people, chair=people[0], title=title, held_on=date(2026, 12, 1), actor=who("sheng-chuzhang")
    )  # fmt: skip


def document(world, meeting):
    answer = world.signed_in("sheng-shenhe").get(f"/desk/postings/meetings/{meeting.public_id}/minutes.docx")
    assert answer.status_code == 200
    return Document(BytesIO(answer.content))


def lines_of(paper):
    return [paragraph.text for paragraph in paper.paragraphs]


def under(lines, case, heading):
    """What stands under a heading of one case."""
    here = lines[next(n for n, text in enumerate(lines) if f"（{case.credit_code}）" in text) :]
    start = here.index(heading) + 1
    end = next(
        (n for n in range(start, len(here)) if here[n] in HEADINGS or ("（9" in here[n][:40] and "．" in here[n][:4])),
        len(here),
    )
    return here[start:end]


HEADINGS = ("部门意见", "实地核查", "异议", "各级推荐", "还没有办结")


def test_each_case_says_which_firm_which_standard_and_which_notices(house, cases):
    lines = lines_of(document(house, planned(cases)))
    for case in cases:
        place = next(
            n for n, text in enumerate(lines) if text.endswith(f"．{case.enterprise_name}（{case.credit_code}）")
        )
        told = dict(text.split("：", 1) for text in lines[place + 1 : place + 8])
        filed = case.submissions.order_by("-number").first()
        assert (told["层级"], told["事项"], told["受理编号"], told["适用标准"], told["年度通知"]) == (
            case.get_tier_display(), case.get_case_type_display(), case.receipt_number, case.rule_set_code,
            "、".join(case.overlays) or "没有",
        )  # fmt: skip
        assert told["申报内容"].startswith(f"第 {filed.number} 版")


def test_each_hard_condition_has_its_claim_source_machine_and_the_verdict_of_every_office(house, cases):
    case, actor = cases[0], who("sheng-shenhe")
    for code in review.open_points(case):
        review.judge(case, code, "met", actor=actor, note="查了原件")
    filed = case.submissions.order_by("-number").first()
    gates, _ = worksheet(case, filed, {}, [], whole=1000)
    (table, *_) = document(house, planned([case])).tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["条件和依据", "企业主张和来源", "机器核算", "各级判断"]
    assert [row[0] for row in rows[1:]] == [f"{gate.title}（{gate.clause}）" for gate in gates]
    for gate, (_, claim, machine, offices) in zip(gates, rows[1:], strict=True):
        for one in gate.claims:
            assert f"{one.label}：{one.value}" in claim
        assert gate.sentence in machine and (claim.startswith("—") is not any(one.value for one in gate.claims))
        said = case.verdicts.filter(criterion=gate.code, submission_number=filed.number, taken_back_at=None)
        assert [part for row in said for part in (row.get_verdict_display(), row.note) if part not in offices] == []
        assert ("没有人判断" in offices) == (not said.exists())
    assert not [name for name in {v.by_name for v in case.verdicts.all()} if name in str(rows)]


def test_departments_visits_objections_recommendations_and_what_is_open_stand_beside_it(house, cases):
    case = cases[0]
    Consultation.objects.filter(application=case).delete()
    consult.ask_by_rule(case, actor=who("sheng-shenhe"))
    asked = case.consultations.order_by("id").first()
    given = {"finding": "found", "clause": "处罚决定〔2026〕1号", "details": "罚款两万元", "document": "回函1号"}
    consult.answer(asked, given, actor=who("sheng-shenhe"))
    Visit.objects.create(
        application=case, enterprise_id=case.enterprise_id, enterprise_name=case.enterprise_name, region_path=case.region_path,
        tier=case.tier, state="chosen", reasons=["随机抽中"],
    )  # fmt: skip
    lines = lines_of(document(house, planned([case])))
    heard = under(lines, case, "部门意见")
    assert len(heard) == case.consultations.count() and any(
        f"{asked.question}——有，罚款两万元，处罚决定〔2026〕1号" in words for words in heard
    )
    assert under(lines, case, "实地核查")[0].startswith("随机抽中：") and under(lines, case, "异议") == ["没有。"]
    offices = list(case.opinions.filter(taken_back_at=None))
    told = under(lines, case, "各级推荐")
    assert len(told) == len(offices) and all(
        words.startswith(row.office_name) and row.get_conclusion_display() in words
        for words, row in zip(told, offices, strict=True)
    )
    left = "\n".join(under(lines, case, "还没有办结"))
    assert "部门意见没有办结" in left and "条需要自治区判断" in left


def test_an_objection_is_told_with_its_facts_and_the_objector_stays_masked(house, cases):
    posting = Posting.objects.get(state="running", level="province", call__tier="specialised")
    given = {"name": "李某人", "contact": "13900000000", "relation": "同行", "facts": "收入与年报不一致"}
    row, _ = object.lodge(posting, 1, given, ())
    told = meeting_pack.objection_words(row)
    assert row.receipt_number in told and "收入与年报不一致" in told
    assert not [secret for secret in ("李某人", "13900000000", "同行") if secret in told]


def test_no_target_no_gap_no_ranking_and_no_office_below_gets_the_pack(house, cases):
    meeting = planned(cases)
    paper = document(house, meeting)
    told = "\n".join(
        [*lines_of(paper), *(cell.text for table in paper.tables for row in table.rows for cell in row.cells)]
    )
    assert [word for word in ("年度目标", "缺口", "还差", "排名第", "完成率", "名次") if word in told] == []
    url = f"/desk/postings/meetings/{meeting.public_id}/"
    for name in ("yinchuan", "xingqing", "qiye-zhang"):
        assert {house.signed_in(name).get(url + file).status_code for file in ("minutes.docx", "pack.pdf")} == {404}
    assert house.signed_in("sheng-shenhe").get(url + "pack.pdf").content.startswith(b"%PDF")


def test_a_long_agenda_costs_as_many_questions_as_a_short_one(house, cases):
    actor, counts = who("sheng-chuzhang"), []
    for size in (1, len(cases)):
        meeting = planned(cases[:size], f"{size} 件")
        meeting_pack.cases_of(meeting, actor=actor)
        with CaptureQueriesContext(connection) as asked:
            meeting_pack.cases_of(meeting, actor=actor)
        counts.append(len(asked))
        committee.cancel(meeting, actor=actor, reason="改期")
    assert len(cases) > 1 and counts[0] == counts[1], counts
