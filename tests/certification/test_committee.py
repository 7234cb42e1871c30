"""审议会: everybody votes or stands aside, nothing moves before it is carried out, one that cannot go does not stop the rest."""

import re
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from certification import carry_out, committee, gates, letter, quiet, review, tell_list
from certification.models import AgendaItem, Application, Ballot, Letter, Meeting, Objection
from certification.permissions import APPLICATION
from enterprises.models import Membership
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.audit.record import timeline
from foundation.exchange.models import Change
from foundation.ledger.work import drain
from foundation.mailroom.models import Message
from foundation.refusals import Missing, Refused
from tests.certification.listable import listable
from tests.certification.lists import published
from tests.conftest import make_official


@pytest.fixture
def house(db, world):
    with scoped(Principal.system("test")):
        yield Principal.system("test")


SEATED = ("sheng-chuzhang", "sheng-shenhe", "sheng-heyi")


def who(username):
    return Principal.of_user(User.objects.get(username=username))


@pytest.fixture
def director(house):
    return who("sheng-chuzhang")


@pytest.fixture
def reviewer(house):
    return who("sheng-shenhe")


def planned(director, **more):
    cases = list(Application.objects.filter(state="province_review", tier="specialised").order_by("pk"))
    assert len(cases) >= 2
    listable(*cases)
    people = [User.objects.get(username=name) for name in SEATED]
    given = {"chair": people[0], "title": "第一次审议会", "held_on": date(2026, 12, 1)} | more
    return committee.plan(cases[0].call, cases, people, actor=director, **given)


@pytest.fixture
def meeting(director):
    return committee.open_meeting(planned(director), actor=director)


def items(meeting):
    return list(meeting.items.select_related("meeting", "application"))


def decide(item, result, director, reviewer, reason=""):
    for actor in (director, reviewer, who("sheng-heyi")):
        committee.cast(item, result, actor=actor, reason=reason)
    committee.conclude(item, result, actor=director, reason=reason)


def closed(meeting, director, reviewer):
    first, *others = items(meeting)
    decide(first, "refuse", director, reviewer, "主导产品与材料不一致")
    for item in others:
        decide(item, "approve", director, reviewer)
    return committee.close(meeting, actor=director)


def test_nothing_is_concluded_while_somebody_has_neither_voted_nor_stood_aside(meeting, director, reviewer):
    item = items(meeting)[0]
    committee.cast(item, "approve", actor=director)
    committee.cast(item, "approve", actor=who("sheng-heyi"))
    with pytest.raises(Refused) as told:
        committee.conclude(item, "approve", actor=director)
    assert "还有 1 位成员没有表决" in told.value.sentence
    committee.cast(item, "recused", actor=reviewer, reason="曾在该企业任职")
    assert committee.conclude(item, "approve", actor=director).result == "approve"


def test_whoever_stood_aside_does_not_vote_and_nobody_votes_twice(meeting, reviewer):
    item = items(meeting)[0]
    with pytest.raises(Refused) as told:
        committee.cast(item, "recused", actor=reviewer)
    assert told.value.code == "invalid"
    committee.cast(item, "recused", actor=reviewer, reason="亲属任职")
    with pytest.raises(Refused) as told:
        committee.cast(item, "approve", actor=reviewer)
    assert told.value.code == "conflict"
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Ballot.objects.filter(item=item).update(choice="approve")


def test_only_members_vote_and_only_the_chair_concludes(meeting, reviewer, house):
    item = items(meeting)[0]
    outsider = Principal.of_user(make_official("sheng-linshi", "64", "reviewer"))
    with pytest.raises(Missing):
        committee.cast(item, "approve", actor=outsider)
    with pytest.raises(Missing):
        committee.conclude(item, "approve", actor=reviewer)


def test_where_all_have_stood_aside_the_case_can_only_be_deferred(meeting, director, reviewer):
    item = items(meeting)[0]
    for actor in (director, reviewer, who("sheng-heyi")):
        committee.cast(item, "recused", actor=actor, reason="利害关系")
    with pytest.raises(Refused):
        committee.conclude(item, "approve", actor=director)
    assert committee.conclude(item, "defer", actor=director).result == "defer"


@pytest.mark.parametrize(
    ("votes", "may"),
    [
        (("refuse", "refuse", "refuse"), {"refuse", "defer"}),
        (("approve", "refuse", "abstain"), {"defer"}),
        (("approve", "approve", "refuse"), {"approve", "defer"}),
        (("approve", "recused", "recused"), {"defer"}),
        (("abstain", "abstain", "abstain"), {"defer"}),
    ],
)
def test_the_chair_announces_only_what_the_ballots_say_and_one_ballot_says_nothing(meeting, director, votes, may):
    item = items(meeting)[0]
    for name, choice in zip(SEATED, votes, strict=True):
        committee.cast(item, choice, actor=who(name), reason="理由")
    allowed = set()
    for result in committee.CONCLUSIONS:
        try:
            with transaction.atomic():
                committee.conclude(item, result, actor=director, reason="理由")
                allowed.add(result)
                transaction.set_rollback(True)
        except Refused as told:
            assert told.code == "conflict"
        item.refresh_from_db()
    assert allowed == may


def test_a_committee_of_one_or_two_is_no_committee(director):
    cases = list(Application.objects.filter(state="province_review", tier="specialised").order_by("pk")[:1])
    for names in (SEATED[:1], SEATED[:2]):
        people = [User.objects.get(username=name) for name in names]
        with pytest.raises(Refused) as told:
            committee.plan(
                cases[0].call, cases, people, chair=people[0], title="会", held_on=date(2026, 12, 1), actor=director
            )
        assert [p.field for p in told.value.problems] == ["members"]


def test_nobody_writes_a_meeting_s_name_under_a_refusal_that_no_meeting_has_decided(meeting, director, reviewer):
    item = items(meeting)[0]
    with pytest.raises(Refused) as told:
        review.refuse(item.application, actor=director, reason="材料不符", reason_code="committee")
    assert told.value.problems[0].field == "reason_code"


def test_no_case_moves_before_the_conclusions_are_carried_out_together(meeting, director, reviewer):
    closed(meeting, director, reviewer)
    assert {i.application.state for i in items(meeting)} == {"province_review"}
    done, failed = carry_out.carry_out(meeting, actor=director)
    assert failed == [] and len(done) == len(items(meeting))
    states = [Application.objects.get(pk=i.application_id).state for i in items(meeting)]
    assert states == ["to_refuse"] + ["province_review"] * (len(states) - 1)
    again, left = carry_out.carry_out(meeting, actor=director)
    assert again == [] and {s.problem for s in left} == {"已经执行过"}


def test_one_case_that_cannot_go_is_reported_and_the_others_go(meeting, director, reviewer):
    closed(meeting, director, reviewer)
    stuck = items(meeting)[1].application
    review.return_for_correction(stuck, [{"field": "product_text", "reason": "请补充"}], actor=director)
    assert [s.item.place for s in carry_out.preview(meeting) if s.problem] == [2]
    done, failed = carry_out.carry_out(meeting, actor=director)
    assert [s.item.place for s in failed] == [2] and "已不在自治区审核" in failed[0].problem
    assert {s.item.place for s in done} == {i.place for i in items(meeting)} - {2}


def test_the_minutes_say_counts_and_who_stood_aside_but_not_who_voted_how(meeting, director, reviewer):
    first, *others = items(meeting)
    committee.cast(first, "approve", actor=director)
    committee.cast(first, "recused", actor=reviewer, reason="亲属任职")
    committee.cast(first, "approve", actor=who("sheng-heyi"))
    committee.conclude(first, "approve", actor=director)
    for item in others:
        decide(item, "approve", director, reviewer)
    minutes = committee.close(meeting, actor=director).minutes
    line = next(line for line in minutes.splitlines() if line.startswith("1．"))
    assert "同意 2，不同意 0，弃权 0；郑审核（演示）回避" in line and "亲属任职" not in minutes


def test_a_case_stands_on_one_open_agenda_only_and_what_was_typed_stays(meeting, world):
    client = world.signed_in("sheng-chuzhang")
    item = items(meeting)[0]
    typed = {"call": meeting.call.public_id, "title": "重复的会", "application": item.application.public_id}
    page = client.post("/desk/postings/meetings/plan/", typed)
    words = page.content.decode()
    assert page.status_code == 422 and "已在另一次会议的议程里" in words and "重复的会" in words


def test_the_pages_work_from_planning_to_the_report(house, world):
    chair, other, third = (world.signed_in(name) for name in SEATED)
    case = Application.objects.filter(state="province_review", tier="specialised").order_by("pk").first()
    ids = {name: User.objects.get(username=name).public_id for name in SEATED}
    form = {
        "call": case.call.public_id, "title": "页面会", "held_on": "2026-12-01", "application": [case.public_id],
        "member": list(ids.values()), "chair": ids["sheng-chuzhang"],
    }  # fmt: skip
    too_few = chair.post("/desk/postings/meetings/plan/", form | {"member": [ids["sheng-chuzhang"]]})
    assert too_few.status_code == 422 and "至少要有 3 名成员" in too_few.content.decode()
    url = chair.post("/desk/postings/meetings/plan/", form).headers["Location"]
    assert chair.get(url + "pack.pdf").content.startswith(b"%PDF")
    chair.post(url + "open/")
    assert other.post(url + "1/vote/", {"choice": "refuse", "reason": ""}).status_code == 422
    other.post(url + "1/vote/", {"choice": "refuse", "reason": "材料不实"})
    chair.post(url + "1/vote/", {"choice": "abstain"})
    third.post(url + "1/vote/", {"choice": "refuse", "reason": "材料不实"})
    assert chair.post(url + "1/conclude/", {"result": "approve"}).status_code == 409
    bad = chair.post(url + "1/conclude/", {"result": "refuse", "reason": ""})
    assert bad.status_code == 422 and "请写明理由" in bad.content.decode()
    chair.post(url + "1/conclude/", {"result": "refuse", "reason": "材料不实"})
    chair.post(url + "close/")
    assert "不予认定" in chair.get(url + "carry-out/").content.decode()
    assert other.post(url + "carry-out/").status_code == 404
    report = chair.post(url + "carry-out/").content.decode()
    assert "办成 1 件，没有办成 0 件" in report
    assert Application.objects.get(pk=case.pk).state == "to_refuse"
    assert "文书待签发" in chair.get(url).content.decode()
    assert chair.post(url + "undo/", {"reason": ""}).status_code == 422
    assert other.post(url + "undo/", {"reason": "材料有误"}).status_code == 404
    assert "撤回 1 件，0 件没有动" in chair.post(url + "undo/", {"reason": "材料有误"}).content.decode()
    assert Application.objects.get(pk=case.pk).state == "province_review"
    assert "办成 1 件" in chair.post(url + "carry-out/").content.decode()
    assert "公布 0 件，1 件还不能公布" in chair.post(url + "publish/").content.decode()


def test_nobody_below_the_province_and_no_firm_sees_a_meeting_or_a_vote(meeting, world, reviewer):
    item = items(meeting)[0]
    committee.cast(item, "approve", actor=reviewer)
    url = f"/desk/postings/meetings/{meeting.public_id}/"
    assert {
        world.signed_in(name).get(url).status_code for name in ("yinchuan", "xingqing", "sheng-shenji", "qiye-zhang")
    } == {404}
    member = Membership.objects.filter(enterprise=item.application.enterprise, state="verified").first().user
    for principal in (Principal.of_user(member), who("yinchuan")):
        with scoped(principal):
            assert [m.objects.count() for m in (Meeting, AgendaItem, Ballot)] == [0, 0, 0]


def test_what_the_province_has_not_judged_itself_is_named_in_the_preview_and_not_listed(meeting, director, reviewer):
    closed(meeting, director, reviewer)
    case = items(meeting)[1].application
    filed = case.submissions.order_by("-number").first()
    lines = [dict(line) for line in filed.result["criteria"]]
    fresh = next(
        line for line in lines if not case.verdicts.filter(criterion=line["code"]).exists() and "max" not in line
    )
    fresh["outcome"] = "needs_person"
    type(filed).objects.filter(pk=filed.pk).update(result=filed.result | {"criteria": lines})
    assert [s.problem for s in carry_out.preview(meeting) if s.problem] == [
        f"还有 1 条需要自治区判断：{gates.titles_of(case)[fresh['code']]}"
    ]
    _, failed = carry_out.carry_out(meeting, actor=director)
    assert [s.item.place for s in failed] == [2]
    review.judge(case, fresh["code"], "met", actor=reviewer, note="已核对")
    done, _ = carry_out.carry_out(meeting, actor=director)
    assert [s.item.place for s in done] == [2]


def test_a_held_case_is_not_posted_by_the_committee_either(meeting, director, reviewer):
    closed(meeting, director, reviewer)
    held = items(meeting)[1].application
    with connection.cursor() as db:
        db.execute("SELECT id FROM certification_posting WHERE level = 'province' LIMIT 1")
        (posting_id,) = db.fetchone()
    row = Objection(
        posting_id=posting_id, application=held, region_path="64", submission_number=1, receipt_number="YY-T-1",
        code_hash="-", name="某", contact="-", facts="-",
    )  # fmt: skip
    from certification.permissions import OBJECTION
    from foundation.transitions import begin

    begin(row, actor=Principal.system("test"), machine=OBJECTION)
    _, failed = carry_out.carry_out(meeting, actor=director)
    assert [(s.item.place, s.problem) for s in failed] == [(2, "有异议没有办结")]


def sign_all(meeting, reviewer, director):
    """The letters of the refusals, edited by one person and signed by another."""
    for row, drafted in carry_out.waiting(meeting)["refusals"]:
        given = {"number": f"宁工信决〔2026〕{row.place}号", "ground": row.reason}
        letter.sign(letter.edit(drafted, given, seen_version=drafted.version, actor=reviewer), actor=director)


def test_what_was_carried_out_is_quiet_until_it_is_published_together(meeting, director, reviewer, house, settings):
    closed(meeting, director, reviewer)
    carry_out.carry_out(meeting, actor=director)
    first, *others = items(meeting)
    mail = Message.objects.filter(about_id__in=[i.application.public_id for i in items(meeting)]).count()
    member = Principal.of_user(
        Membership.objects.filter(enterprise=first.application.enterprise, state="verified").first().user
    )
    with scoped(member):
        row = Application.objects.get(pk=first.application_id)
        assert (quiet.told_state(row), [o.conclusion for o in quiet.told_opinions(row)].count("refuse")) == (
            "province_review",
            0,
        )
        assert Letter.objects.filter(application=row).count() == 0
        assert "不予" not in " ".join(e.sentence for e in timeline(row, ["applicant", "public"]))
    done, failed = carry_out.publish(meeting, actor=director)
    assert {s.item.place for s in done} == {i.place for i in others}
    assert [(s.item.place, s.problem) for s in failed] == [(1, "文书还没有核改、签发，不能送达")]
    sign_all(meeting, reviewer, director)
    done, failed = carry_out.publish(meeting, actor=director)
    assert ([s.item.place for s in done], failed) == ([1], [])
    states = [Application.objects.get(pk=i.application_id).state for i in items(meeting)]
    assert states == ["refused"] + ["posted"] * len(others)
    assert Message.objects.filter(about_id__in=[i.application.public_id for i in items(meeting)]).count() == mail
    settings.CLOCK_OFFSET_SECONDS += settings.POSTING_QUIET_MINUTES * 60
    drain([tell_list.TELL])
    now = Message.objects.filter(about_id__in=[i.application.public_id for i in items(meeting)]).count()
    assert now == mail + len(others)
    assert carry_out.waiting(meeting) == {"lists": [], "refusals": []}


def test_the_chair_takes_back_what_nobody_outside_has_learnt_and_nothing_else(meeting, director, reviewer):
    closed(meeting, director, reviewer)
    carry_out.carry_out(meeting, actor=director)
    carry_out.publish(meeting, actor=director)
    with pytest.raises(Refused) as told:
        carry_out.undo(meeting, actor=director, reason=" ")
    assert told.value.code == "invalid"
    with pytest.raises(Missing):
        carry_out.undo(meeting, actor=reviewer, reason="理由")
    back, left = carry_out.undo(meeting, actor=director, reason="材料核对有误")
    assert [s.item.place for s in back] == [1]
    assert {s.item.place: s.problem for s in left} == {i.place: "已经对外：公示中" for i in items(meeting)[1:]}
    case = items(meeting)[0].application
    assert (case.state, case.refused_from) == ("province_review", "")
    assert Letter.objects.filter(application=case).values_list("state", flat=True).get() == "discarded"
    assert [s.item.place for s in carry_out.preview(meeting) if not s.problem] == [1]
    done, failed = carry_out.carry_out(meeting, actor=director)
    assert ([s.item.place for s in done], {s.problem for s in failed}) == ([1], {"已经执行过"})


def test_a_list_taken_back_was_never_public_and_its_cases_can_be_listed_again(
    meeting, director, reviewer, world, client
):
    closed(meeting, director, reviewer)
    carry_out.carry_out(meeting, actor=director)
    listed = meeting.postings.get()
    assert client.get(f"/postings/{listed.public_id}/").status_code == 404
    stuck = items(meeting)[1].application
    with pytest.raises(Refused) as told:
        published(meeting.call, [stuck], actor=director)
    assert "已在另一份待公布的名单里" in told.value.sentence
    back, left = carry_out.undo(meeting, actor=director, reason="名单有误")
    assert ({s.item.place for s in back}, left) == ({i.place for i in items(meeting)}, [])
    listed.refresh_from_db()
    assert (listed.state, {i.application.state for i in items(meeting)}) == ("cancelled", {"province_review"})
    assert set(Change.objects.filter(public_id=listed.public_id).values_list("is_draft", flat=True)) == {True}
    assert published(meeting.call, [stuck], actor=director).state == "running"


def test_a_list_with_a_case_that_has_moved_on_is_not_started_and_names_it(meeting, director, reviewer):
    closed(meeting, director, reviewer)
    carry_out.carry_out(meeting, actor=director)
    moved = items(meeting)[1].application
    review.return_for_correction(moved, [{"field": "product_text", "reason": "请补充"}], actor=director)
    done, failed = carry_out.publish(meeting, actor=director)
    assert done == [] and moved.enterprise_name in failed[-1].problem + failed[0].problem
    assert meeting.postings.get().state == "draft"


def test_the_firm_s_page_is_the_same_before_and_after_a_quiet_refusal(meeting, director, reviewer, world):
    """Nothing on it changes that the firm could read as an answer: not the badge, not a button, not a line of its history."""
    case = items(meeting)[0].application
    member = Membership.objects.filter(enterprise=case.enterprise, state="verified").first().user
    client = world.signed_in(member.username)

    def read(path):
        words = re.sub(r"<(script|style)[^>]*>.*?</\1>|<[^>]+>", " ", client.get(path).content.decode(), flags=re.S)
        return " ".join(re.sub(r"数据截至 \S+ \S+", "", words).split())

    pages = [f"/my/applications/{case.public_id}/", "/my/applications/", "/my/", "/messages/"]
    before = [read(path) for path in pages]
    closed(meeting, director, reviewer)
    carry_out.carry_out(meeting, actor=director)
    assert Application.objects.get(pk=case.pk).state == "to_refuse"
    assert [read(path) for path in pages] == before
    sign_all(meeting, reviewer, director)
    carry_out.publish(meeting, actor=director)
    after = read(pages[0])
    assert after != before[0] and "未通过" in after


def test_a_firm_refused_while_posted_finds_no_new_way_to_withdraw(house, director):
    case = Application.objects.filter(state="posted").order_by("id").first()
    member = Principal.of_user(Membership.objects.filter(enterprise=case.enterprise, state="verified").first().user)
    assert APPLICATION.edge("withdraw", case.state) is None
    review.refuse(case, actor=director, reason="异议经核查成立")
    assert (case.state, APPLICATION.can(member, "withdraw", case)) == ("to_refuse", False)


def test_a_meeting_that_does_not_take_place_frees_its_cases_for_another(director, reviewer, world):
    first = planned(director)
    url = f"/desk/postings/meetings/{first.public_id}/cancel/"
    chair = world.signed_in("sheng-chuzhang")
    assert chair.post(url, {"reason": " "}).status_code == 422
    assert world.signed_in("yinchuan").post(url, {"reason": "改期"}).status_code == 404
    assert chair.post(url, {"reason": "改期"}).status_code == 302
    first.refresh_from_db()
    assert first.state == "cancelled" and planned(director, title="第二次审议会").state == "planned"


def test_a_member_who_did_not_come_is_left_out_of_the_count_and_named_in_the_minutes(
    meeting, director, reviewer, world
):
    away = meeting.members.get(user__username="sheng-heyi")
    with pytest.raises(Missing):
        committee.mark_absent(meeting, away.pk, actor=reviewer)
    page = world.signed_in("sheng-chuzhang").post(
        f"/desk/postings/meetings/{meeting.public_id}/absent/", {"member": str(away.pk)}
    )
    assert page.status_code == 302
    for item in items(meeting):
        for actor in (director, reviewer):
            committee.cast(item, "approve", actor=actor)
        committee.conclude(item, "approve", actor=director)
    with pytest.raises(Refused):
        committee.mark_absent(meeting, meeting.members.get(user__username="sheng-shenhe").pk, actor=director)
    assert "缺席：何合议（演示）" in committee.close(meeting, actor=director).minutes


def test_an_absent_member_does_not_vote_and_a_chair_with_nobody_left_decides_nothing(meeting, director, reviewer):
    item = items(meeting)[0]
    for name in ("sheng-shenhe", "sheng-heyi"):
        committee.mark_absent(meeting, meeting.members.get(user__username=name).pk, actor=director)
    with pytest.raises(Refused):
        committee.cast(item, "approve", actor=reviewer)
    committee.cast(item, "approve", actor=director)
    with pytest.raises(Refused) as told:
        committee.conclude(item, "approve", actor=director)
    assert "不足 2 人" in told.value.sentence
