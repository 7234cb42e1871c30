"""The desk in the demo world: who sees what beside a case, what is refused, and what nobody loses."""

from datetime import timedelta

import pytest

from certification import clocks, escalate, handling, highlight, interpret, looking, once, review, worklist
from certification.models import (
    Application,
    Confirmation,
    Handling,
    Highlight,
    Look,
    RuleSet,
    StageLimit,
    StageTime,
    Verdict,
)
from certification.states import IN_REVIEW
from enterprises.models import Evidence, Membership
from enterprises.vocabulary import vocabulary
from foundation import clock
from foundation.accounts.models import Office, Post, User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.audit.models import AuditEvent
from foundation.ledger.work import drain
from foundation.mailroom.models import Message
from foundation.refusals import Missing, Refused
from tests.conftest import make_official

COUNTY = "64/6401/640104"


@pytest.fixture
def house(db, world):
    with scoped(Principal.system("test")):
        yield


@pytest.fixture
def later(settings):
    def move_on(**span):
        settings.CLOCK_OFFSET_SECONDS += timedelta(**span).total_seconds()

    return move_on


def who(username):
    return Principal.of_user(User.objects.get(username=username))


@pytest.fixture
def case(house):
    found = Application.objects.filter(state="screening", region_path=COUNTY).order_by("pk").first()
    assert found is not None
    return found


def page(world, username, url):
    return world.signed_in(username).get(url)


def path(case):
    return f"/desk/cases/{case.public_id}/"


def test_who_else_has_the_case_open_is_shown_and_forgotten_when_the_page_is_closed(world, case, later):
    make_official("ban", COUNTY, "reviewer", second_factor=False)
    looking.look(case, 1, actor=who("ban"))
    assert "ban" in page(world, "xingqing", path(case)).content.decode()
    later(minutes=3)
    assert "也打开着这一件" not in page(world, "xingqing", path(case)).content.decode()


def test_a_visit_is_recorded_once_and_the_applicant_reads_the_office(case, later):
    for _ in range(3):
        looking.look(case, 1, actor=who("xingqing"))
    seen = AuditEvent.objects.filter(act="application.look", object_id=case.public_id)
    assert list(seen.values_list("audience", "actor_name")) == [("applicant", who("xingqing").name)]
    assert seen.get().sentence.endswith("查看了申请材料") and who("xingqing").name not in seen.get().sentence
    later(hours=1)
    visit = looking.look(case, 2, actor=who("xingqing"))
    assert (seen.count(), visit.before_number) == (2, 1)


def test_the_firm_reads_who_opened_its_case_at_the_desk_by_office_and_never_by_name(world, case):
    member = Membership.objects.filter(enterprise_id=case.enterprise_id, state="verified").first().user
    before = page(world, member.username, "/my/viewers/").content.decode().count("查看了申请材料")
    make_official("ban", COUNTY, "reviewer", second_factor=False)
    assert page(world, "ban", path(case)).status_code == 200
    told = page(world, member.username, "/my/viewers/").content.decode()
    assert told.count("查看了申请材料") == before + 1 and who("ban").office_name in told
    assert who("ban").name not in told


def test_who_does_not_work_on_cases_leaves_no_trace_because_he_sees_nothing(world, case):
    assert page(world, "dawukou", path(case)).status_code == 404
    assert page(world, "sheng-guize", path(case)).status_code == 404
    assert not Look.objects.filter(application=case).exclude(user__username="xingqing").exists()


def test_a_second_verdict_is_refused_with_the_first_one_in_view_and_the_words_kept(world, case):
    waiting = review.open_points(case)
    code = waiting[0] if waiting else case.submissions.first().result["criteria"][0]["code"]
    verdict = "met" if waiting else "agree"
    make_official("ban", COUNTY, "reviewer", second_factor=False)
    review.judge(case, code, verdict, actor=who("ban"), note="我先看的")
    answer = world.signed_in("xingqing").post(
        path(case) + "judge/", {"criterion": code, "verdict": verdict, "note": "我写了很久的理由"}
    )
    told = answer.content.decode()
    assert (answer.status_code, Verdict.objects.filter(application=case, criterion=code).count()) == (409, 1)
    assert "ban已经判断过这一条" in told and "我先看的" in told
    assert "我写了很久的理由</textarea>" in told and "或请ban撤回判断后由您再判" in told


def test_the_words_are_kept_too_when_a_colleague_has_passed_the_case_on_meanwhile(world, case):
    actor = who("xingqing")
    code = case.submissions.first().result["criteria"][0]["code"]
    for waiting in review.open_points(case):
        review.judge(case, waiting, "met", actor=actor, note="已核对")
    review.recommend(case, actor=actor, opinion="同意")
    answer = world.signed_in("xingqing").post(
        path(case) + "judge/", {"criterion": code, "verdict": "disagree", "note": "我写了很久的理由"}
    )
    told = answer.content.decode()
    assert answer.status_code == 409 and "我写了很久的理由</textarea>" in told and "没有记下" in told


def test_a_refused_verdict_keeps_what_was_typed(world, case):
    row = case.submissions.first().result["criteria"][0]
    answer = world.signed_in("xingqing").post(
        path(case) + "judge/", {"criterion": row["code"], "verdict": "unmet", "note": " "}
    )
    assert answer.status_code == 422 and "这一条要写明判断的理由" in answer.content.decode()


def test_nothing_is_green_without_a_source(house):
    from certification.worksheet import Row

    bare = Row("X", "", "", "", "met", "", "", "", True, (), (), None, False, ("revenue_y0",))
    proven = Row("X", "", "", "", "met", "", "", "", True, (), ("audited",), None, False, ("revenue_y0",))
    assert (bare.shown, proven.shown) == ("met_unsourced", "met")


def test_a_mark_survives_a_resubmission_that_keeps_the_file(case):
    paper = case.submissions.first().evidence[0]
    actor = who("xingqing")
    made = highlight.highlight(case, paper["sha256"], 1, "与原件一致", actor=actor, box=(10, 20, 300, 40))
    told = highlight.highlights_of(case, case.submissions.all(), actor=actor)
    assert [m.mark.pk for m in told if m.mark.sha256 == paper["sha256"]][-1:] == [made.pk]
    with pytest.raises(Refused):
        highlight.highlight(case, paper["sha256"], 1, "出了页面", actor=actor, box=(900, 0, 200, 10))
    with pytest.raises(Missing):
        highlight.highlight(case, "0" * 64, 1, "别人的文件", actor=actor)
    with pytest.raises(Missing):
        highlight.erase(case, made.public_id, actor=who("yinchuan"))
    highlight.erase(case, made.public_id, actor=actor)
    assert not Highlight.objects.filter(pk=made.pk).exists()


def test_a_page_of_evidence_is_a_picture_for_those_who_may_see_it_and_missing_for_others(world, case):
    paper = Evidence.objects.filter(enterprise_id=case.enterprise_id, media_type="application/pdf").first()
    url = f"/papers/{paper.public_id}/1.png"
    seen = page(world, "xingqing", url)
    assert (seen.status_code, seen.headers["Content-Type"], seen.content[:8]) == (
        200,
        "image/png",
        b"\x89PNG\r\n\x1a\n",
    )
    assert AuditEvent.objects.filter(act="evidence.open", object_id=paper.public_id).count() == 1
    page(world, "xingqing", url)
    assert AuditEvent.objects.filter(act="evidence.open", object_id=paper.public_id).count() == 1
    assert [page(world, name, url).status_code for name in ("dawukou", "sheng-guize", "qiye-zhang")] == [404] * 3
    assert page(world, "xingqing", f"/papers/{paper.public_id}/99.png").status_code == 404


def test_a_named_handler_keeps_the_case_out_of_the_others_queue_and_cover_brings_it_back(case):
    actor = who("xingqing")
    make_official("ban", COUNTY, "reviewer", second_factor=False)
    ban = who("ban")
    handling.assign(case, "xingqing", actor=actor)
    stages = worklist.MINE["county"]

    def waits_for(principal):
        return Application.objects.filter(handling.waiting_for(principal, stages), pk=case.pk).exists()

    assert (waits_for(actor), waits_for(ban)) == (True, False)
    handling.cover("xingqing", "ban", clock.today(), clock.today() + timedelta(days=2), actor=actor)
    assert waits_for(ban)
    with pytest.raises(Refused) as told:
        handling.assign(case, "dawukou", actor=actor)
    assert (told.value.code, Handling.objects.get(application=case).user_name) == (
        "invalid",
        str(User.objects.get(username="xingqing")),
    )


@pytest.mark.parametrize("way", ["retired", "transferred", "promoted"])
def test_the_cases_of_a_handler_who_has_left_the_office_wait_for_everybody_again(world, case, later, way):
    ban = make_official("ban", COUNTY, "reviewer", second_factor=False)
    handling.assign(case, "ban", actor=who("xingqing"))
    client = world.signed_in("xingqing")

    def mine():
        return case.pk in {row[0].pk for row in client.get("/desk/cases/").context["rows"]}

    assert not mine() and f"承办 {ban}" in client.get(path(case)).content.decode()
    ban.posts.update(until=clock.today())
    if way != "retired":
        there = {"transferred": "64/6402/640202", "promoted": "64/6401"}[way]
        Post.objects.create(user=ban, office=Office.objects.filter(body__path=there)[0], role="reviewer", since="2020-01-01")  # fmt: skip
    assert not mine()
    later(days=1)
    assert mine() and f"承办 {ban}" not in client.get(path(case)).content.decode()
    nobody = worklist.Filters(view="all", handler="none")
    rows = worklist.narrow(Application.objects.all(), nobody, who("xingqing"))
    ((_, _, handler),) = worklist.with_clocks(worklist.fetched(rows.filter(pk=case.pk)))
    assert (handler, Handling.objects.get(application=case, stage="screening").user_name) == ("", str(ban))


@pytest.mark.parametrize("state, username", [("city_review", "yinchuan"), ("province_review", "sheng-shenhe")])
def test_a_handler_at_the_city_or_the_province_is_there_as_long_as_his_post_is(house, state, username):
    found = Application.objects.filter(state=state, region_path__startswith="64/6401/").order_by("pk")[0]
    handling.assign(found, username, actor=who(username))
    assert handling.handler_of(found).user.username == username
    User.objects.get(username=username).posts.update(until=clock.yesterday())
    assert handling.handler_of(found) is None


def test_cover_ends_by_itself(case, later):
    actor = who("xingqing")
    make_official("ban", COUNTY, "reviewer", second_factor=False)
    handling.assign(case, "xingqing", actor=actor)
    handling.cover("xingqing", "ban", clock.today(), clock.today() + timedelta(days=2), actor=actor)
    assert handling.covered_by(who("ban")) == [actor.user_id]
    later(days=3)
    assert handling.covered_by(who("ban")) == []


def test_the_queue_and_its_table_hold_the_same_rows_in_the_same_order(world, house):
    from io import BytesIO

    from python_calamine import CalamineWorkbook

    client = world.signed_in("sheng-shenhe")
    query = "view=all&tier=specialised"
    on_screen = [row[0].receipt_number for row in client.get(f"/desk/cases/?{query}").context["rows"]]
    content = client.get(f"/desk/cases/worklist.xlsx?{query}").content
    table = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    assert [row[1] for row in table[1:]] == on_screen and len(on_screen) > 5


def test_a_saved_view_is_ones_own(world, house):
    client = world.signed_in("sheng-shenhe")
    client.post("/desk/cases/views/?view=all&tier=specialised", {"name": "专精特新"})
    mine = client.get("/desk/cases/").context["views"]
    others = world.signed_in("sheng-chuzhang").get("/desk/cases/").context["views"]
    assert ([(v.name, v.query) for v in mine], list(others)) == ([("专精特新", "view=all&tier=specialised")], [])
    empty = client.post("/desk/cases/views/?view=all", {"name": " "})
    assert (empty.status_code, "请给这个视图起个名字" in empty.content.decode()) == (422, True)


def test_the_clock_stands_while_it_is_paused_and_says_why_to_the_applicant(case, later):
    actor = who("xingqing")
    Application.objects.filter(pk=case.pk).update(stage_since=clock.now())
    case.pauses.all().delete()
    case.refresh_from_db()
    later(days=7)
    before = clocks.clock_of(case)
    clocks.pause(case, "等待税务部门回函", actor=actor)
    later(days=14)
    paused = clocks.clock_of(case)
    clocks.resume(case, actor=actor)
    assert (before.used, paused.used, paused.paused, paused.is_late) == (
        before.used,
        before.used,
        "等待税务部门回函",
        False,
    )
    told = AuditEvent.objects.filter(act="application.pause", object_id=case.public_id)
    assert set(told.values_list("audience", flat=True)) == {"applicant"}
    with pytest.raises(Refused) as told:
        clocks.resume(case, actor=actor)
    assert told.value.code == "conflict"


def test_a_late_case_is_told_to_the_leaders_once_however_often_the_hour_strikes(case, later):
    case.pauses.all().delete()
    later(days=60)
    for _ in range(3):
        escalate.ask_for_the_late()
        drain([escalate.LATE])
    told = Message.objects.filter(about_id=case.public_id, subject__startswith="办理超过时限")
    assert sorted(m.recipient.username for m in told) == ["xingqing", "xingqing-fuze", "yinchuan", "yinchuan-fuze"]


def test_what_is_usual_is_shown_from_five_cases_on(house):
    StageTime.objects.all().delete()

    def took(days):
        StageTime.objects.create(
            office_path=COUNTY, tier="innovative", stage="screening", workdays=days, left_on=clock.today()
        )

    for days in (1, 2, 3, 9):
        took(days)
    assert clocks.usual_days(COUNTY, "innovative", "screening") is None
    took(4)
    assert clocks.usual_days(COUNTY, "innovative", "screening") == 9


def test_moving_a_case_on_keeps_how_long_it_took(case):
    actor = who("xingqing")
    for code in review.open_points(case):
        review.judge(case, code, "met", actor=actor, note="已核对")
    before = StageTime.objects.filter(office_path=COUNTY).count()
    review.recommend(case, actor=actor)
    assert StageTime.objects.filter(office_path=COUNTY).count() == before + 1
    assert not case.pauses.filter(until=None).exists()


def test_only_the_leader_of_the_province_sets_a_limit_and_says_by_which_paper(house):
    with pytest.raises(Missing):
        clocks.set_limit("specialised", "screening", 5, "某文号第三条", actor=who("xingqing"))
    with pytest.raises(Refused) as told:
        clocks.set_limit("specialised", "screening", 0, "", actor=who("sheng-chuzhang"))
    assert [p.field for p in told.value.problems] == ["workdays", "source"]
    row = clocks.set_limit("specialised", "screening", 5, "某文号第三条", actor=who("sheng-chuzhang"))
    assert (StageLimit.objects.get(pk=row.pk).workdays, row.is_example) == (5, False)


def test_the_return_asks_first_what_else_is_visible(world, case):
    client = world.signed_in("xingqing")
    form = {"field": "product_text", "reason-product_text": "请补充关键指标"}
    code = next(
        c["code"] for c in case.submissions.first().result["criteria"] if "max" not in c and fields_of(case, c["code"])
    )
    verdict = "unmet" if code in review.open_points(case) else "disagree"
    review.judge(case, code, verdict, actor=who("xingqing"), note="与审计报告不一致")
    first = client.post(path(case) + "return/", form)
    case.refresh_from_db()
    assert (first.status_code, case.state) == (422, "screening")
    assert "处您可能会再次退回" in first.content.decode() and "请补充关键指标" in first.content.decode()
    second = client.post(path(case) + "return/", form | {"confirmed": "1"})
    case.refresh_from_db()
    assert (second.status_code, case.state, case.unlocked) == (302, "returned", ["product_text"])


def fields_of(case, code):
    from certification.apply import steps_of

    return [f.name for step in steps_of(case) for f in step.fields if code in f.criteria and not f.is_judged]


def test_a_second_return_for_what_was_visible_the_first_time_is_flagged(world, house):
    case = Application.objects.filter(state="returned", region_path=COUNTY).first()
    member = Principal.of_user(case.enterprise.memberships.first().user)
    from certification import apply

    apply.save(case, {"product_text": "补充了关键指标"}, seen_version=case.draft_version, actor=member)
    apply.submit(case, actor=member)
    assert once.visible_the_first_time(case, ["overview", "product_text"]) == ["overview"]
    row = review.return_for_correction(
        case, [{"field": "overview", "reason": "请写清楚", "clause": "申请书"}], actor=who("xingqing")
    )
    assert row.items[0]["late"] is True
    assert AuditEvent.objects.filter(act="application.return_for_correction", object_id=case.public_id).order_by(
        "-id"
    ).first().detail["seen_before"] == ["overview"]


def test_the_notice_lists_every_point_for_the_firm_and_for_nobody_else(world, house):
    case = Application.objects.filter(state="returned", region_path=COUNTY).first()
    url = f"{path(case)}returns/1.pdf"
    assert page(world, "xingqing", url).content[:5] == b"%PDF-"
    assert [page(world, name, url).status_code for name in ("dawukou", "qiye-zhang")] == [404, 404]
    assert page(world, "xingqing", f"{path(case)}returns/9.pdf").status_code == 404


def test_every_wording_of_the_library_belongs_to_a_field_that_exists():
    from certification.form import BASIC, OVERVIEW, PRODUCT

    known = {f.name for f in (*BASIC, *PRODUCT, *OVERVIEW)} | set(vocabulary().facts) | {"papers", once.GENERAL}
    assert {field for r in once.reasons() for field in r.fields} - known == set()
    assert len(once.reasons()) >= 10 and all(len(r.text) > 12 for r in once.reasons())


def test_a_question_becomes_a_citable_answer_that_form_and_desk_show(world, case):
    code = case.submissions.first().result["criteria"][0]["code"]
    row = interpret.ask(case.rule_set_code, code, "委托研发费用按全额还是按比例计入？", actor=who("xingqing"))
    assert row not in interpret.visible(Principal.anonymous())
    with pytest.raises(Refused) as told:
        interpret.answer(row, "按专项审计口径全额计入。", actor=who("xingqing"))
    assert told.value.code == "forbidden"
    interpret.answer(row, "按专项审计口径全额计入。", actor=who("sheng-chuzhang"))
    assert row.number.startswith(f"口径{clock.today().year}-")
    assert row.number in page(world, "xingqing", f"{path(case)}?at={code}").content.decode()
    assert row.number in page(world, "", "/interpretations/").content.decode()


def test_an_open_question_is_seen_by_those_who_ask_and_answer_and_by_no_other_official(world, case):
    code = case.submissions.first().result["criteria"][0]["code"]
    row = interpret.ask(case.rule_set_code, code, "委托研发费用按全额还是按比例计入？", actor=who("xingqing"))
    for name in ("zhuanjia-1", "bumen-yingji", "sheng-shenji", "sheng-xitong"):
        assert row not in interpret.visible(who(name)), name
        assert row.question not in page(world, name, "/interpretations/").content.decode(), name
    for name in ("dawukou", "sheng-chuzhang", "sheng-guize"):
        assert row in interpret.visible(who(name)), name


def test_a_question_that_names_a_firm_is_refused_and_kept_and_the_answerer_may_word_it_anew(world, case):
    from certification.names import short_names

    code = case.submissions.first().result["criteria"][0]["code"]
    short = next(n for n in short_names(case.enterprise_name)[1:] if len(n) > 2)
    other = Application.objects.exclude(enterprise_id=case.enterprise_id).exclude(submitted_at=None).first()
    for named in (
        case.enterprise_name,
        " ".join(short),
        other.enterprise_name,
        case.credit_code,
        "电话13909511234的企业",
    ):
        answer = world.signed_in("xingqing").post(
            path(case) + "ask/", {"criterion": code, "question": f"{named}的委托研发费用怎么算？"}
        )
        assert answer.status_code == 422 and "委托研发费用怎么算" in answer.content.decode(), named
    row = interpret.ask(
        case.rule_set_code, code, "某县唯一的轴承企业，委托研发费用怎么算？", actor=who("xingqing"), about=case
    )
    url, client = f"/desk/interpretations/{row.public_id}/answer/", world.signed_in("sheng-chuzhang")
    given = {"question": f"{other.enterprise_name}的费用怎么算？", "answer": "按专项审计口径全额计入。"}
    assert client.post(url, given).status_code == 422
    assert client.post(url, given | {"question": "委托研发费用怎么算？"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.question) == ("answered", "委托研发费用怎么算？")
    kept = AuditEvent.objects.get(act="interpretation.answer", object_id=row.public_id).detail
    assert kept["asked"].startswith("某县唯一的轴承企业")


def test_an_answer_may_clear_a_mark_by_who_may_confirm_and_by_nobody_else(house):
    from certification.confirm import open_marks

    rule_set = next(
        r
        for r in RuleSet.objects.filter(state="published").exclude(tier="")
        if any(m.mark != "X" for m in open_marks(r))
    )
    mark = next(m for m in open_marks(rule_set) if m.mark != "X")
    from certification import library

    code = library.published().rule_set(rule_set.code).criteria[0].code
    row = interpret.ask(rule_set.code, code, "这一条的数值是否已经核实？", actor=who("xingqing"))
    with pytest.raises(Refused) as told:
        interpret.answer(row, "已核对原件第三条。", actor=who("sheng-chuzhang"), mark_path=mark.path)
    assert (told.value.code, Confirmation.objects.filter(path=mark.path, rule_code=rule_set.code).count()) == (
        "forbidden",
        0,
    )
    interpret.answer(row, "已核对原件第三条。", actor=who("sheng-guize"), mark_path=mark.path)
    assert Confirmation.objects.get(path=mark.path, rule_code=rule_set.code).note.startswith(row.number)


def test_no_case_screen_speaks_of_targets(world, house):
    for state in IN_REVIEW:
        case = Application.objects.filter(state=state).first()
        told = page(world, "sheng-chuzhang", path(case)).content.decode()
        assert [word for word in ("年度目标", "缺口", "还差", "排名第", "完成率") if word in told] == [], state


@pytest.mark.parametrize("fold", [str.upper, str.lower])
def test_a_case_is_found_by_part_of_its_name_its_code_or_its_receipt_in_either_case(world, fold):
    with scoped(Principal.system("test")):
        case = Application.objects.filter(state="province_review").order_by("id").first()
        Application.objects.filter(pk=case.pk).update(enterprise_name="贺兰示例ABc装备有限公司（演示）")
    client = world.signed_in("sheng-shenhe")
    for words in ("示例ABc装备", fold("abc"), fold(case.credit_code), fold(case.receipt_number), "贺兰示例"):
        found = client.get("/desk/cases/", {"view": "all", "q": words}).content.decode()
        assert case.public_id in found, words
    assert case.public_id not in client.get("/desk/cases/", {"view": "all", "q": "没有这样的名称"}).content.decode()


def test_a_search_shows_the_rows_of_the_plain_list_in_its_order_page_by_page(world):
    from django.core.paginator import Paginator

    from certification.queries import applications
    from certification.views.worklist import PAGE, Found

    principal = Principal.of_user(User.objects.get(username="sheng-shenhe"))
    with scoped(principal):
        rows = worklist.narrow(applications(principal), worklist.Filters(view="all", q="示例"), principal)
        plain, found = Paginator(rows, PAGE), Found(rows, PAGE)
        assert (found.count, found.num_pages) == (plain.count, plain.num_pages) and plain.num_pages > 1
        for number in (*plain.page_range, 0, 99):
            assert [r.pk for r in found.get_page(number)] == [r.pk for r in plain.get_page(number)]
        nothing = worklist.narrow(applications(principal), worklist.Filters(view="all", q="没有"), principal)
        assert (list(Found(nothing, PAGE).get_page(3)), Found(nothing, PAGE).count) == ([], 0)
