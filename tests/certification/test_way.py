"""The way of a case, in the demo world: who may do what, when, and what stays when somebody may not."""

from datetime import date, timedelta
from io import BytesIO

import pytest
import xlsxwriter
from django.db import IntegrityError, connection, transaction
from django.http import QueryDict

from certification import announce, apply, certify, override, posting, recommend, rereview, review, stock, sweep
from certification.models import Application, Call, Certificate, Correction, Finding, Judgement, Posting, Submission
from certification.permissions import APPLICATION
from enterprises.credit_code import make_code
from enterprises.models import Enterprise, Membership
from enterprises.report import report
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.audit.models import AuditEvent
from foundation.exchange.models import Change
from foundation.ledger import work
from foundation.refusals import Missing, Refused
from foundation.transitions import move
from portal.demo.cases import ANSWERS, judge_all
from portal.demo.consultations import settle
from portal.figures import figures
from portal.public import self_check
from tests.certification.lists import announced, recommended


@pytest.fixture
def house(db, world):
    with scoped(Principal.system("test")) as _:
        yield Principal.system("test")


def who(username):
    return Principal.of_user(User.objects.get(username=username))


def case(state, path="64/6401/640104", **more):
    found = Application.objects.filter(state=state, region_path=path, **more).order_by("pk").first()
    assert found is not None, (state, path)
    return found


@pytest.fixture
def draft(house):
    return Application.objects.get(enterprise__memberships__user__username="qiye-wang", state="draft")


@pytest.fixture
def later(settings):
    def move_on(days):
        settings.CLOCK_OFFSET_SECONDS += days * 86_400

    return move_on


def ready(draft):
    member = who("qiye-wang")
    apply.save(draft, ANSWERS | {"main_product": "示例"}, seen_version=draft.draft_version, actor=member)
    return member


def test_a_person_not_verified_may_draft_but_not_submit(draft):
    member = ready(draft)
    Membership.objects.filter(user_id=member.user_id).update(state="pending", sees_data=True)
    pending = who("qiye-wang")
    apply.save(draft, {"overview": "还能继续写"}, seen_version=draft.draft_version, actor=pending)
    with pytest.raises(Refused) as told:
        apply.submit(draft, actor=pending)
    assert (told.value.code, draft.answers["overview"]) == ("unverified", "还能继续写")


def test_submitting_gives_a_receipt_and_freezes_facts_by_name(draft):
    member = ready(draft)
    filed = apply.submit(draft, actor=member)
    assert draft.state == "screening" and draft.receipt_number.startswith("NX-ZJTX-")
    before = dict(filed.facts)
    report(draft.enterprise, {"employees_y0": 77}, actor=member, on=clock.today())
    assert Submission.objects.get(pk=filed.pk).facts == before
    assert filed.sources and set(filed.sources) <= set(before) | set(filed.answers)


def test_an_incomplete_draft_lists_every_gap_and_keeps_every_word(draft):
    member = who("qiye-wang")
    apply.save(draft, {"overview": "只写了这一段"}, seen_version=draft.draft_version, actor=member)
    with pytest.raises(Refused) as told:
        apply.submit(draft, actor=member)
    assert "signed_by" in {p.field for p in told.value.problems}
    draft.refresh_from_db()
    assert (draft.state, draft.answers["overview"]) == ("draft", "只写了这一段")


def test_a_stale_tab_is_refused_with_both_versions(draft):
    member = who("qiye-wang")
    seen = draft.draft_version
    apply.save(draft, {"overview": "先存的"}, seen_version=seen, actor=member)
    with pytest.raises(Refused) as told:
        apply.save(draft, {"overview": "后存的"}, seen_version=seen, actor=member)
    assert told.value.detail["yours"] == {"overview": "后存的"}
    assert told.value.detail["theirs"] == {"overview": "先存的"}
    draft.refresh_from_db()
    assert draft.answers["overview"] == "先存的"


def test_after_the_window_nothing_can_be_filed_and_nothing_is_lost(draft, later):
    member = ready(draft)
    later(30)
    with pytest.raises(Refused) as told:
        apply.submit(draft, actor=member)
    draft.refresh_from_db()
    assert (told.value.code, draft.state, draft.answers["signed_by"]) == (
        "window_closed",
        "draft",
        ANSWERS["signed_by"],
    )


def test_one_enterprise_has_one_active_case_in_a_tier(draft):
    again = apply.start(draft.call, draft.enterprise, actor=who("qiye-wang"))
    assert again.pk == draft.pk
    with pytest.raises(IntegrityError), transaction.atomic():
        twin = Application.objects.get(pk=draft.pk)
        twin.pk, twin.public_id = None, "twin-0000"
        twin.save(force_insert=True)


def test_another_enterprises_member_sees_nothing_to_save(draft):
    with pytest.raises(Missing):
        apply.save(draft, {"overview": "别家"}, seen_version=draft.draft_version, actor=who("qiye-zhang"))


def test_a_county_sends_to_its_city_ningdong_straight_to_the_province(house):
    for path, desk, target in (("64/6401/640104", "xingqing", "city_review"), ("64/ND", "ningdong", "province_review"),
                               ("64/6401/JK", "jingkai", "city_review")):  # fmt: skip
        found, actor = case("screening", path), who(desk)
        judge_all(found, actor)
        review.recommend(found, actor=actor, opinion="同意")
        assert found.state == target, path


@pytest.mark.parametrize("username", ["dawukou", "yinchuan", "sheng-shenhe", "sheng-guize", "qiye-zhang"])
def test_only_the_office_whose_stage_it_is_may_move_it(house, username):
    found, actor = case("screening"), who(username)
    for act in (
        lambda: review.recommend(found, actor=actor),
        lambda: review.refuse(found, actor=actor, reason="不行", reason_code="evidence"),
        lambda: review.return_for_correction(found, [{"field": "overview", "reason": "补"}], actor=actor),
        lambda: review.judge(found, "size", "agree", actor=actor),
    ):
        with pytest.raises(Missing):
            act()
    found.refresh_from_db()
    assert found.state == "screening"


def test_what_a_person_must_judge_holds_the_case_until_judged_with_a_reason(house):
    found, actor = case("screening", tier="little_giant"), who("xingqing")
    waiting = review.open_points(found)
    assert waiting
    with pytest.raises(Refused, match="需要您判断"):
        review.recommend(found, actor=actor)
    with pytest.raises(Refused, match="理由"):
        review.judge(found, waiting[0], "met", actor=actor)
    review.judge(found, waiting[0], "met", actor=actor, note="已核对")
    with pytest.raises(Refused, match="已经判断过"):
        review.judge(found, waiting[0], "unmet", actor=actor, note="我不同意")


def test_a_return_unlocks_the_named_fields_and_nothing_else(house):
    found = case("screening")
    review.return_for_correction(
        found, [{"field": "overview", "reason": "请补充", "clause": "申请书"}], actor=who("xingqing")
    )
    member = Principal.of_user(Membership.objects.filter(enterprise=found.enterprise, state="verified").first().user)
    apply.save(found, {"overview": "补充后的", "signed_by": "换了人"}, seen_version=found.draft_version, actor=member)
    assert (found.answers["overview"], found.answers["signed_by"]) == ("补充后的", ANSWERS["signed_by"])
    second = apply.submit(found, actor=member)
    assert (found.state, second.number, found.unlocked) == ("screening", 2, [])
    assert Correction.objects.get(application=found).answered_at is not None


def test_each_act_leaves_one_sentence_and_one_change(house):
    found, actor = case("screening", tier="innovative"), who("xingqing")
    audits = AuditEvent.objects.filter(object_id=found.public_id).count()
    changes = Change.objects.filter(public_id=found.public_id).count()
    review.refuse(found, actor=actor, reason="产品属限制类", reason_code="evidence")
    event = AuditEvent.objects.filter(object_id=found.public_id).latest("id")
    assert AuditEvent.objects.filter(object_id=found.public_id).count() == audits + 1
    assert Change.objects.filter(public_id=found.public_id).count() == changes + 1
    assert event.sentence.endswith("作出不予通过的结论：产品属限制类")


def test_a_posting_ends_by_the_calendar_and_never_before(house, later):
    running = Posting.objects.get(state="running", level="province", call__tier="specialised")
    held = Application.objects.filter(state="posted", call=running.call).count()
    assert held > 0 and posting.end_due(actor=house) == 0
    later((running.ends_on - clock.today()).days)
    assert posting.end_due(actor=house) == 0
    later(1)
    assert posting.end_due(actor=house) >= 1
    assert Application.objects.filter(state="posted", call=running.call).count() == 0


def test_the_announcement_needs_a_number_and_gives_three_years_to_the_day(house):
    found, director = case_decided(), who("sheng-chuzhang")
    with pytest.raises(Refused, match="公告文号"):
        announced(found.call, [found], actor=director, document_number=" ")
    day = date(2026, 8, 28)
    announced(found.call, [found], actor=director, document_number="（演示）9号", announced_on=day)
    title = Certificate.objects.get(application=found)
    assert (title.valid_from, title.valid_until) == (day, date(2029, 8, 27))
    assert certify.last_valid_day(date(2024, 2, 29)) == date(2027, 2, 28)


def case_decided():
    found = Application.objects.filter(state="decided").order_by("pk").first()
    assert found is not None
    return found


def test_only_the_provinces_leader_decides(house):
    found = case_decided()
    for username in ("yinchuan", "xingqing", "sheng-fabu"):
        with pytest.raises(Missing):
            announce.draft(found.call, [found], actor=who(username), document_number="1号")
    made = announce.draft(found.call, [found], actor=who("sheng-fuchuzhang"), document_number="1号")
    for username in ("sheng-shenhe", "yinchuan", "xingqing", "sheng-fabu"):
        with pytest.raises(Missing):
            announce.publish(made, actor=who(username))
    assert Application.objects.get(pk=found.pk).state == "decided"


def test_two_titles_of_one_tier_never_overlap_even_by_sql(house):
    held = Certificate.objects.filter(tier="specialised", state="valid").first()
    columns = ", ".join(field.column for field in Certificate._meta.concrete_fields if not field.generated)
    with pytest.raises(IntegrityError, match="one_title_per_tier"), transaction.atomic(), connection.cursor() as db:
        db.execute(
            f"INSERT INTO certification_certificate ({columns}) SELECT {columns} FROM (SELECT (json_populate_record(c, json_build_object("
            "'id', 999999, 'number', 'NX-TWIN', 'public_id', 'twin-0', 'application_id', null))).* "
            "FROM certification_certificate c WHERE id = %s) twin",
            [held.pk],
        )


def test_a_national_case_is_recommended_and_no_certificate_of_ours_is_printed(house, client):
    found, director = case("screening", tier="little_giant"), who("sheng-chuzhang")
    for desk in ("xingqing", "yinchuan"):
        judge_all(found, who(desk))
        review.recommend(found, actor=who(desk))
    judge_all(found, director)
    with pytest.raises(Refused, match="推荐函文号"):
        recommended([found], actor=director, letter_number="")
    if override.unsigned([found]):
        told = {"reason_code": "interpretation", "text": "按口径判断（测试）"}
        override.sign(override.ask(found, told, actor=who("sheng-shenhe")), actor=director)
    with pytest.raises(Refused, match="部门意见没有办结"):
        recommended([found], actor=director, letter_number="示例函1号")
    settle(found, who("sheng-shenhe"))
    recommended([found], actor=director, letter_number="示例函1号")
    found.refresh_from_db()
    assert found.state == "recommended" and not Certificate.objects.filter(application=found).exists()
    recommend.record_national_grant(found, actor=director, document_number="国示例1号", announced_on=date(2026, 10, 20))
    title = Certificate.objects.get(application=found)
    assert title.origin == "national"
    assert client.get(f"/titles/{title.number}/certificate.pdf").status_code == 404
    assert "工业和信息化部" in client.get(f"/titles/{title.number}/").content.decode()


def test_the_state_table_refuses_a_jump_in_code_and_in_the_database(house):
    found = case("screening")
    with pytest.raises(Refused):
        move(found, "grant", actor=who("sheng-chuzhang"), machine=APPLICATION)
    with pytest.raises(IntegrityError, match="illegal edge"), transaction.atomic():
        Application.objects.filter(pk=found.pk).update(state="granted")


def test_of_two_officials_the_second_is_told_what_happened(house):
    found = case("screening", tier="innovative")
    mine, theirs = Application.objects.get(pk=found.pk), Application.objects.get(pk=found.pk)
    review.refuse(mine, actor=who("xingqing"), reason="第一个决定")
    with pytest.raises(Refused) as told:
        review.return_for_correction(theirs, [{"field": "overview", "reason": "第二个"}], actor=who("xingqing"))
    assert told.value.code == "already_moved"
    assert Application.objects.get(pk=found.pk).state == "to_refuse"


def sheet(*rows):
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet()
    for place, row in enumerate([stock.HEADINGS, *rows]):
        for column, value in enumerate(row):
            page.write_string(place, column, value)
    book.close()
    return out.getvalue()


def line(n, **wrong):
    row = {
        "code": make_code("640104", 70_000 + n), "name": f"示例存量{n}号有限公司", "body": "640104", "tier": "专精特新",
        "number": f"存量-{n}", "batch": "2024年第一批", "document": "示例1号", "announced": "2024-08-28",
        "first": "2024-08-28", "last": "2027-08-27",
    } | wrong  # fmt: skip
    return tuple(row.values())


def test_one_bad_row_of_the_stock_and_nothing_is_imported(house):
    director, before = who("sheng-chuzhang"), (Certificate.objects.count(), Enterprise.objects.count())
    rows = stock.read(sheet(line(1), line(2, last="2023-01-01", tier="金牌"), line(1)))
    with pytest.raises(Refused) as told:
        stock.bring_in(rows, actor=director)
    said = "".join(p.message for p in told.value.problems)
    assert "第 3 行“层级”" in said and "第 3 行“有效期止”" in said and "第 4 行与第 2 行重复" in said
    assert (Certificate.objects.count(), Enterprise.objects.count()) == before
    assert stock.bring_in(stock.read(sheet(line(1), line(2))), actor=director) == 2


def test_a_number_that_fits_no_address_or_is_there_already_is_named_before_anything_is_imported(house):
    director, known = who("sheng-chuzhang"), Certificate.objects.order_by("id").first().number
    rows = stock.read(sheet(line(1, number="宁/2024/1"), line(2, number=known), line(3, batch="长" * 41)))
    with pytest.raises(Refused) as told:
        stock.bring_in(rows, actor=director)
    assert [p.field for p in told.value.problems] == ["证书编号", "证书编号", "批次"]
    assert "系统里已有的证书" in told.value.problems[1].message
    assert not Enterprise.objects.filter(name__startswith="示例存量").exists()


def test_two_periods_of_one_firm_one_after_the_other_are_no_doubles(house):
    earlier = line(1, number="存量-旧", announced="2021-08-28", first="2021-08-28", last="2024-08-27")
    assert stock.bring_in(stock.read(sheet(earlier, line(1))), actor=who("sheng-chuzhang")) == 2
    firm = Enterprise.objects.get(name="示例存量1号有限公司")
    assert AuditEvent.objects.filter(act="enterprise.listed", object_id=firm.public_id).count() == 1


def test_words_that_fit_no_address_are_looked_up_in_vain_and_break_nothing(client, house):
    answer = client.get("/", {"number": "宁/2024/1"})
    assert answer.status_code == 404 and "宁/2024/1" in answer.content.decode()


def test_the_register_shows_the_new_titles_of_a_year_that_the_overview_counts(client, house):
    year = clock.today().year
    page = client.get("/register/", {"tier": "innovative", "year": str(year), "new": "1"}).content.decode()
    assert f"共 {figures.new_titles_of(year)['innovative', '64']} 条" in page
    other = client.get("/register/", {"tier": "innovative", "year": "1999", "new": "1"}).content.decode()
    assert "没有符合条件的企业" in other


def test_a_firm_with_a_prize_is_told_that_data_are_missing_not_that_it_fails(client, house):
    answer = client.post("/self-check/", {"legal": "yes", "prizes": "yes"})
    assert answer.status_code == 200 and 'name="prizes" value="yes" checked' in answer.content.decode()
    plain, prized = (self_check.read(QueryDict(q))[0] for q in ("prizes=no", "prizes=yes"))
    assert plain["awards"] == [] and "awards" not in prized and "maker_contest" not in prized


def test_the_night_judges_every_title_once_however_often_it_is_rung(house):
    night = clock.today() + timedelta(days=1)
    valid = Certificate.objects.filter(state="valid").count()
    for _ in range(2):
        cycle = sweep.open_cycle(night)
        work.drain([rereview.KIND])
    assert Judgement.objects.count() == valid == cycle.titles > 100
    kinds = set(Finding.objects.filter(closed_on=None).values_list("kind", flat=True))
    assert {"due", "overdue"} <= kinds
    assert Finding.objects.filter(closed_on=None, sentences=[]).count() == 0
    assert Finding.objects.filter(closed_on=None, why_rule_set="").count() == 0


def test_a_2023_little_giant_is_re_reviewed_by_the_2022_standard(house):
    title = Certificate.objects.filter(tier="little_giant", announced_on__year=2023).first()
    assert title is not None
    found = rereview.resolution_for(title, date(2026, 11, 23))
    assert (found.rule_set, found.overlays) == ("T3-2022", ("2026-117",))


def test_a_draft_call_is_the_provinces_own(house):
    from certification.queries import calls

    call = Call.objects.filter(state="published").first()
    twin = Call.objects.get(pk=call.pk)
    twin.pk, twin.public_id, twin.state, twin.batch = None, "draft-call", "draft", "未发布的一批"
    twin.save(force_insert=True)
    assert not calls(who("xingqing")).filter(pk=twin.pk).exists()
    assert calls(who("sheng-shenhe")).filter(pk=twin.pk).exists()
