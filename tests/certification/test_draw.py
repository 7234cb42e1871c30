"""The draw: reproducible, without conflicts, replaced in its own order; scores sealed until the round is closed."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from certification import draw as drawing
from certification import expert_round, reviewing
from certification.conflicts import conflict, firm_of
from certification.models import Application, Assignment, DrawLine, Expert, Round, Score
from certification.queries import scores
from enterprises.models import Membership
from foundation import clock
from foundation.accounts.models import Office, Post, User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.audit.models import AuditEvent
from foundation.refusals import Missing, Refused

SHEET = (("创新能力", 40), ("专业化程度", 60))
SEED = "ab" * 32


@pytest.fixture
def house(db, world):
    with scoped(Principal.system("test")) as _:
        yield Principal.system("test")


def who(username: str) -> Principal:
    return Principal.of_user(User.objects.get(username=username))


def fourth(username: str = "zhuanjia-4") -> Expert:
    user = User.objects.create(username=username, name="第四位专家")
    Post.objects.create(
        user=user, office=Office.objects.get(body="64", kind="industry"), role="expert", since="2024-01-01"
    )
    return expert_round.keep_expert(user, actor=who("sheng-shenhe"), fields=["机械"], employer="示例研究院", ties=[])


def cases(count: int = 2) -> list[Application]:
    return list(Application.objects.filter(state="province_review").order_by("id")[:count])


def a_round(count: int = 2, per_case: int = 2, **more: object) -> Round:
    return expert_round.make_round(
        cases(count), actor=who("sheng-shenhe"), title="测试一轮", per_case=per_case, sheet=SHEET, **more
    )


def ready(round_: Round) -> Round:
    """Drawn, everybody declared, scoring open."""
    drawing.draw(round_, actor=who("sheng-shenhe"), seed=SEED)
    for task in Assignment.objects.filter(round=round_).select_related("expert__user", "round"):
        reviewing.declare(task, actor=Principal.of_user(task.expert.user))
    return expert_round.open_scoring(round_, actor=who("sheng-shenhe"))


def give(task: Assignment, *points: int, comment: str = "主导产品指标清楚") -> None:
    actor = Principal.of_user(task.expert.user)
    reviewing.score(
        reviewing.find(actor, task.public_id), {f"p{n}": str(p) for n, p in enumerate(points, 1)}, comment, actor=actor
    )


def checked(round_: Round) -> int:
    try:
        call_command("draw_check", round_.public_id, stdout=StringIO(), stderr=StringIO())
    except SystemExit as end:
        return int(end.code)
    return 0


def test_the_same_seed_draws_the_same_experts_and_another_seed_another_order(house):
    experts = [f"expert{n}" for n in range(20)]
    first = drawing.order(SEED, "round", "case", experts)
    assert first == drawing.order(SEED, "round", "case", reversed(experts))
    assert first != drawing.order("cd" * 32, "round", "case", experts)
    assert sorted(who for _, who in first) == sorted(experts)


def test_the_command_repeats_the_draw_and_fails_when_anything_was_changed(house, sql):
    made = drawing.draw(a_round(), actor=who("sheng-shenhe"))
    assert (
        len(made.seed) == 64
        and made.seed in AuditEvent.objects.get(act="round.draw", object_id=made.public_id).sentence
    )
    assert checked(made) == 0
    Round.objects.filter(pk=made.pk).update(seed=SEED)
    assert checked(made) == 1
    Round.objects.filter(pk=made.pk).update(seed=made.seed, record_hash="0" * 64)
    assert checked(made) == 1
    Round.objects.filter(pk=made.pk).update(record_hash=made.record_hash)
    assert checked(made) == 0
    outsider = next(
        line for line in DrawLine.objects.filter(case__round=made).order_by("-rank")
        if not Assignment.objects.filter(case=line.case, expert=line.expert).exists()
    )  # fmt: skip
    asked = Assignment.objects.filter(case=outsider.case).order_by("id").first()
    Assignment.objects.filter(pk=asked.pk).update(expert=outsider.expert, blind_code="癸")
    assert checked(made) == 1


def test_lines_of_a_draw_can_be_neither_changed_nor_removed(house):
    made = drawing.draw(a_round(), actor=who("sheng-shenhe"))
    for change in (
        lambda: DrawLine.objects.filter(case__round=made).update(rank=99),
        lambda: DrawLine.objects.filter(case__round=made).delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_a_round_is_drawn_once(house):
    made = drawing.draw(a_round(), actor=who("sheng-shenhe"))
    with pytest.raises(Refused) as refusal:
        drawing.draw(made, actor=who("sheng-shenhe"))
    assert refusal.value.code == "already_moved"


@pytest.mark.parametrize("tie", ["employer", "share by name", "share by code", "short name", "member", "namesake"])
def test_an_expert_with_a_tie_stands_outside_the_draw_and_the_reason_is_kept(house, tie):
    application = cases(1)[0]
    firm, expert = application.enterprise, Expert.objects.get(user__username="zhuanjia-1")
    if tie == "employer":
        expert.employer = firm.name
    elif tie == "share by name":
        expert.ties = [{"kind": "share", "who": firm.name}]
    elif tie == "share by code":
        expert.ties = [{"kind": "share", "who": firm.credit_code.lower()}]
    elif tie == "short name":
        expert.ties = [{"kind": "service", "who": firm.name.split("有限公司")[0]}]
    elif tie == "member":
        Membership.objects.create(
            user=expert.user, enterprise=firm, region_path=firm.region_path, enterprise_name=firm.name, role="viewer",
            state="verified", requested_at=clock.now(),
        )  # fmt: skip
    else:
        type(firm).objects.filter(pk=firm.pk).update(legal_representative=expert.user.name)
    expert.save()
    made = a_round(1)
    drawing.draw(made, actor=who("sheng-shenhe"))
    asked = set(Assignment.objects.filter(round=made).values_list("expert__user__username", flat=True))
    assert asked == {"zhuanjia-2", "zhuanjia-3"}
    left_out = DrawLine.objects.exclude(excluded="").get(case__round=made)
    assert left_out.expert == expert and left_out.excluded
    assert checked(made) == 0


def test_an_expert_without_a_tie_is_not_left_out(house):
    application = cases(1)[0]
    assert [conflict(e, firm_of(application)) for e in Expert.objects.order_by("id")] == ["", "", ""]


def test_too_few_experts_without_a_tie_are_refused_with_the_case_and_the_number(house):
    made = a_round(1, per_case=4)
    with pytest.raises(Refused, match="可用 3 人"):
        drawing.draw(made, actor=who("sheng-shenhe"))
    assert Round.objects.get(pk=made.pk).state == "drawing" and not DrawLine.objects.filter(case__round=made).exists()


def test_only_experts_of_the_field_are_drawn(house):
    made = drawing.draw(a_round(1, per_case=2, field="材料"), actor=who("sheng-shenhe"))
    asked = set(Assignment.objects.filter(round=made).values_list("expert__user__username", flat=True))
    assert (made.pool_size, asked) == (2, {"zhuanjia-1", "zhuanjia-2"})


def test_whoever_steps_back_is_followed_by_the_next_of_the_same_draw(house):
    fourth()
    made = drawing.draw(a_round(1), actor=who("sheng-shenhe"), seed=SEED)
    order = list(DrawLine.objects.filter(case__round=made).order_by("rank").values_list("expert_id", flat=True))
    first = Assignment.objects.select_related("expert__user", "round", "case").get(round=made, expert_id=order[0])
    reviewing.recuse(first, actor=Principal.of_user(first.expert.user), reason="曾为其提供咨询")
    states = dict(Assignment.objects.filter(round=made).values_list("expert_id", "state"))
    assert states == {order[0]: "recused", order[1]: "drawn", order[2]: "drawn"}
    assert checked(made) == 0


def test_stepping_back_asks_for_a_reason(house):
    made = drawing.draw(a_round(1), actor=who("sheng-shenhe"))
    task = Assignment.objects.select_related("expert__user", "round", "case").filter(round=made).first()
    with pytest.raises(Refused, match="写明理由"):
        reviewing.recuse(task, actor=Principal.of_user(task.expert.user), reason=" ")
    assert Assignment.objects.get(pk=task.pk).state == "drawn"


def test_scores_are_sealed_for_everybody_until_the_round_is_closed(house, world):
    made = ready(a_round(1))
    tasks = list(Assignment.objects.filter(round=made).select_related("expert__user"))
    office = world.signed_in("sheng-shenhe")
    for task in tasks:
        give(task, 31, 47, comment="封存的意见XYZ")
    page = office.get(reverse("certification:round", args=[made.public_id])).content.decode()
    assert "封存的意见XYZ" not in page and "评分已封存" in page
    assert list(scores(made)) == [] and list(Score.objects.all()) == []
    with connection.cursor() as db:
        db.execute("SELECT count(*) FROM certification_score")
        assert db.fetchone() == (0,)
    expert_round.close(Round.objects.get(pk=made.pk), actor=who("sheng-shenhe"))
    assert [(s.points, s.comment) for s in scores(made)] == [({"p1": 31, "p2": 47}, "封存的意见XYZ")] * 2
    page = office.get(reverse("certification:round", args=[made.public_id])).content.decode()
    assert page.count("封存的意见XYZ") == 2 and "平均总分 78.0" in page


def test_a_round_cannot_be_closed_while_a_score_is_missing(house):
    made = ready(a_round(1))
    give(Assignment.objects.filter(round=made).select_related("expert__user").first(), 1, 2)
    with pytest.raises(Refused, match="还有 1 件"):
        expert_round.close(made, actor=who("sheng-shenhe"))


def test_scoring_waits_until_everybody_has_declared(house):
    made = drawing.draw(a_round(1), actor=who("sheng-shenhe"))
    with pytest.raises(Refused, match="还有 2 件"):
        expert_round.open_scoring(made, actor=who("sheng-shenhe"))


def test_a_score_once_given_cannot_be_given_again(house):
    made = ready(a_round(1))
    task = Assignment.objects.filter(round=made).select_related("expert__user").first()
    give(task, 1, 2)
    with pytest.raises(Refused) as refusal:
        give(task, 3, 4)
    assert refusal.value.code == "already_moved"


@pytest.mark.parametrize(("typed", "field"), [("41", "p1"), ("-1", "p1"), ("", "p1"), ("4.5", "p1"), ("９", "p1")])
def test_a_refused_score_says_where_and_keeps_what_was_typed(house, world, typed, field):
    made = ready(a_round(1))
    task = Assignment.objects.filter(round=made).select_related("expert__user").first()
    client = world.signed_in(task.expert.user.username)
    url = reverse("certification:review", args=[task.public_id])
    answer = client.post(url, {"p1": typed, "p2": "17", "comment": "我写了很长的意见"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "填 0 至 40 的整数" in page and 'value="17"' in page and "我写了很长的意见" in page
    assert Assignment.objects.get(pk=task.pk).state == "declared"


def test_nobody_but_the_province_makes_draws_or_closes_a_round(house):
    made = a_round(1)
    for username in ("xingqing", "yinchuan", "sheng-guize", "sheng-shenji", "zhuanjia-1", "qiye-zhang"):
        for act in (
            lambda actor: drawing.draw(made, actor=actor),
            lambda actor: expert_round.make_round(cases(1), actor=actor, title="x", per_case=1, sheet=SHEET),
        ):
            with pytest.raises(Missing):
                act(who(username))


def test_the_form_of_a_round_keeps_what_was_typed_and_says_which_line_is_wrong(house, world):
    url = reverse("certification:round_new")
    application = cases(1)[0]
    answer = world.signed_in("sheng-shenhe").post(
        url, {"title": "第二组", "per_case": "2", "sheet": "创新|40\n没有分值", "application": application.public_id}
    )
    page = answer.content.decode()
    assert answer.status_code == 422 and "第 2 行" in page and "没有分值" in page and "第二组" in page
    assert f'value="{application.public_id}" aria-label="列入 {application.enterprise_name}" checked' in page


def test_a_title_with_a_firm_s_name_is_refused_because_it_is_public(house):
    application = cases(1)[0]
    with pytest.raises(Refused) as refusal:
        expert_round.make_round(
            [application],
            actor=who("sheng-shenhe"),
            title=f"{application.enterprise_name}评审",
            per_case=1,
            sheet=SHEET,
        )
    assert [p.field for p in refusal.value.problems] == ["title"]


def test_the_public_page_shows_how_it_was_drawn_and_names_nobody(house, world):
    made = drawing.draw(a_round(), actor=who("sheng-shenhe"))
    page = world.signed_in("").get(reverse("certification:draw_page", args=[made.public_id])).content.decode()
    assert made.seed in page and made.record_hash in page and "HMAC-SHA256" in page and "3 人" in page
    named = [a.enterprise_name for a in cases()] + [a.credit_code for a in cases()]
    named += [str(e) for e in Expert.objects.all()] + [e.public_id for e in Expert.objects.all()]
    assert [n for n in named if n in page] == []


def test_a_round_that_was_not_drawn_is_not_public(house, world):
    made = a_round(1)
    assert world.signed_in("").get(reverse("certification:draw_page", args=[made.public_id])).status_code == 404


def test_the_case_page_s_panel_shows_closed_rounds_only(house):
    from certification.views.rounds import panel

    made = ready(a_round(1))
    application = cases(1)[0]
    for task in Assignment.objects.filter(round=made).select_related("expert__user"):
        give(task, 10, 20)
    assert panel(application, who("sheng-shenhe")) == {"expert_reviews": []}
    expert_round.close(Round.objects.get(pk=made.pk), actor=who("sheng-shenhe"))
    assert [x["result"]["mean"] for x in panel(application, who("sheng-shenhe"))["expert_reviews"]] == ["30.0"]
    assert panel(application, who("yinchuan")) == {"expert_reviews": []}


def test_one_case_and_three_cases_cost_the_same_questions(house, world):
    from tests.building.test_query_budget import questions

    asked: dict[str, list[int]] = {"round": [], "mine": [], "list": []}
    for count in (1, 3):
        made = drawing.draw(a_round(count, per_case=3), actor=who("sheng-shenhe"))
        office = world.signed_in("sheng-shenhe")
        asked["round"].append(questions(office, reverse("certification:round", args=[made.public_id]))[1])
        asked["list"].append(questions(office, reverse("certification:rounds"))[1])
        asked["mine"].append(questions(world.signed_in("zhuanjia-1"), reverse("certification:reviews"))[1])
    assert {name for name, (one, three) in asked.items() if one != three} == set()


def test_an_expert_is_entered_from_the_page_and_a_wrong_line_is_named(house, world):
    user = User.objects.create(username="zhuanjia-5", name="第五位专家")
    client, url = world.signed_in("sheng-shenhe"), reverse("certification:experts")
    form = {
        "account": "zhuanjia-5",
        "employer": "示例大学",
        "specialities": "机械、材料",
        "in_pool": "on",
        "ties": "持股|示例甲公司",
    }
    assert "岗位" in client.post(url, form).content.decode() and not Expert.objects.filter(user=user).exists()
    Post.objects.create(
        user=user, office=Office.objects.get(body="64", kind="industry"), role="expert", since="2024-01-01"
    )
    wrong = client.post(url, form | {"ties": "朋友|示例甲公司"})
    assert (
        wrong.status_code == 422 and "第 1 行" in wrong.content.decode() and "朋友|示例甲公司" in wrong.content.decode()
    )
    assert client.post(url, form).status_code == 302
    kept = Expert.objects.get(user=user)
    assert (kept.fields, kept.ties) == (["机械", "材料"], [{"kind": "share", "who": "示例甲公司"}])


def test_an_expert_cannot_hold_another_post(house):
    from foundation.staff import posts

    office = Office.objects.get(body="64", name=who("sheng-guanli").office_name)
    with pytest.raises(Refused) as refusal:
        posts.change_roles(
            User.objects.get(username="zhuanjia-1"), office, ["expert", "reviewer"], actor=who("sheng-guanli")
        )
    assert "评审专家只看遮名材料，不能兼任其他岗位" in [p.message for p in refusal.value.problems]


def test_a_cancelled_round_stays_public_and_its_scores_stay_sealed(house, world):
    made = ready(a_round(1))
    give(Assignment.objects.filter(round=made).select_related("expert__user").first(), 1, 2)
    expert_round.cancel(Round.objects.get(pk=made.pk), actor=who("sheng-chuzhang"), reason="评分表写错")
    assert list(Score.objects.all()) == []
    page = world.signed_in("").get(reverse("certification:draw_page", args=[made.public_id])).content.decode()
    assert made.seed in page and "本轮已作废" in page


def test_the_office_releases_an_expert_who_does_not_answer(house, world):
    fourth()
    made = drawing.draw(a_round(1), actor=who("sheng-shenhe"))
    task = Assignment.objects.filter(round=made).first()
    url = reverse("certification:round_release", args=[made.public_id])
    answer = world.signed_in("sheng-shenhe").post(url, {"assignment": task.public_id, "reason": "出差，联系不上"})
    assert answer.status_code == 302
    states = sorted(Assignment.objects.filter(round=made).values_list("state", flat=True))
    assert states == ["drawn", "drawn", "recused"] and checked(made) == 0


def test_a_tie_that_an_expert_declares_himself_keeps_him_out_and_gives_his_case_to_the_next(house, world):
    fourth()
    application = cases(1)[0]
    made = drawing.draw(a_round(1), actor=who("sheng-shenhe"), seed=SEED)
    task = Assignment.objects.select_related("expert__user").filter(round=made).order_by("id")[0]
    client, url = world.signed_in(task.expert.user.username), reverse("certification:review_ties")
    wrong = client.post(url, {"ties": f"没有这种|{application.enterprise_name}"})
    assert wrong.status_code == 422 and "第 1 行" in wrong.content.decode()
    assert client.post(url, {"ties": f"持股|{application.enterprise_name}"}).status_code == 302
    expert = Expert.objects.get(pk=task.expert_id)
    assert (expert.own_ties, expert.own_ties_at is not None) == (
        [{"kind": "share", "who": application.enterprise_name}],
        True,
    )
    states = dict(Assignment.objects.filter(round=made).values_list("expert_id", "state"))
    assert states.pop(expert.pk) == "recused" and list(states.values()) == ["drawn", "drawn"]
    assert "持股" in conflict(expert, firm_of(application)) and checked(made) == 0


def test_an_office_that_changes_an_expert_s_entry_leaves_what_he_declared_himself(house):
    expert = Expert.objects.get(user__username="zhuanjia-1")
    reviewing.declare_ties([{"kind": "share", "who": "示例甲公司"}], actor=who("zhuanjia-1"))
    expert_round.keep_expert(expert.user, actor=who("sheng-shenhe"), fields=["机械"], employer="示例大学", ties=[])
    expert.refresh_from_db()
    assert expert.own_ties == [{"kind": "share", "who": "示例甲公司"}]


def test_whose_tie_became_known_after_the_draw_is_passed_over_when_a_place_is_filled(house):
    fourth()
    made = drawing.draw(a_round(1), actor=who("sheng-shenhe"), seed=SEED)
    order = list(DrawLine.objects.filter(case__round=made).order_by("rank").values_list("expert_id", flat=True))
    Expert.objects.filter(pk=order[2]).update(employer=cases(1)[0].enterprise_name)
    first = Assignment.objects.select_related("expert__user", "round", "case").get(round=made, expert_id=order[0])
    expert_round.release(first, actor=who("sheng-shenhe"), reason="没有答复")
    states = dict(Assignment.objects.filter(round=made).values_list("expert_id", "state"))
    assert states == {order[0]: "recused", order[1]: "drawn", order[2]: "recused", order[3]: "drawn"}
    assert Assignment.objects.get(round=made, expert_id=order[2]).recused_reason == "工作单位就是该企业"
    assert checked(made) == 0


def test_scoring_does_not_open_while_a_case_has_fewer_experts_than_the_round_asks_for(house):
    made = drawing.draw(a_round(1, per_case=3), actor=who("sheng-shenhe"))
    first, *others = Assignment.objects.filter(round=made).select_related("expert__user", "round", "case")
    for task in others:
        reviewing.declare(task, actor=Principal.of_user(task.expert.user))
    expert_round.release(first, actor=who("sheng-shenhe"), reason="没有答复")
    with pytest.raises(Refused, match="还少 1 位"):
        expert_round.open_scoring(Round.objects.get(pk=made.pk), actor=who("sheng-shenhe"))
    assert Round.objects.get(pk=made.pk).state == "declaring"
