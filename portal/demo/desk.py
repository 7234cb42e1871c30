"""What lies on the demo's desks: example limits, how long things took, questions with answers, a mark, a pause, cover."""

from datetime import timedelta

from certification import clocks, exit, handling, highlight, interpret
from certification.models import Application, Certificate, StageLimit, StageTime
from certification.models.clock import STAGES
from certification.tiers import Tier
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal

TOOK = (3, 4, 4, 5, 6, 6, 7, 9)
QUESTIONS = (
    ("T2-2026", "委托外部单位的研发费用，按全额还是按80%计入研发费用总额？（演示）",
     "按专项审计报告口径全额计入；加计扣除的80%只用于税前扣除，不影响本条。依据为演示设定，不是真实政策答复。"),
    ("T2-2026", "市场占有率引用协会统计的，统计年份最早可以是哪一年？（演示）", ""),
)  # fmt: skip


def furnish(desks: dict[str, Principal]) -> None:
    for tier in Tier.values:
        for stage, _ in STAGES:
            StageLimit.objects.create(tier=tier, stage=stage, workdays=10, source="示例设置，待核定", is_example=True)
    took = [
        StageTime(office_path=path, tier=tier, stage=stage, workdays=days, left_on=clock.today() - timedelta(days=30 + n))
        for path, stage in (("64/6401/640104", "screening"), ("64/6402/640202", "screening"), ("64/6401", "city_review"), ("64", "province_review"))
        for tier in ("innovative", "specialised")
        for n, days in enumerate(TOOK)
    ]  # fmt: skip
    StageTime.objects.bulk_create(took)
    ask_and_answer(desks)
    on_one_case(desks["64/6401/640104"])
    away = {user.username: user for user in User.objects.filter(username__in=["sheng-shenhe", "sheng-chuzhang"])}
    director = Principal.of_user(away["sheng-chuzhang"])
    today = clock.today()
    handling.cover("sheng-shenhe", "sheng-chuzhang", today, today + timedelta(days=4), actor=director)
    one_way_out(Principal.of_user(away["sheng-shenhe"]))


def ask_and_answer(desks: dict[str, Principal]) -> None:
    from certification import library

    for code, question, answer in QUESTIONS:
        criteria = library.published().rule_set(code).criteria
        line = next((c for c in criteria if ("研发" if answer else "占有率") in c.title), criteria[0])
        row = interpret.ask(code, line.code, question, actor=desks["64/6401/640104"])
        if answer:
            interpret.answer(row, answer, actor=desks["64"])


def on_one_case(reviewer: Principal) -> None:
    """The first case of the county's queue: somebody handles it, has marked a page and waits for an answer."""
    rows = Application.objects.filter(state="screening", region_path=reviewer.office_path).order_by("stage_since", "id")
    row = next((r for r in rows if r.submissions.first()), None)
    if row is None:
        return
    filed = row.submissions.first()
    handling.assign(row, "xingqing", actor=reviewer)
    paper = next((p for p in filed.evidence if p["kind"] == "audit"), None) if filed else None
    if paper:
        highlight.highlight(
            row, paper["sha256"], 3, "营业收入与申报数一致（演示）", actor=reviewer, box=(90, 180, 820, 60)
        )  # fmt: skip
    clocks.pause(row, "等待税务部门回函（演示）", actor=reviewer)


def one_way_out(reviewer: Principal) -> None:
    """A procedure that has begun: the notice is out, the firm has not answered yet."""
    busy = Application.objects.values("enterprise_id")
    title = (
        Certificate.objects.filter(state="valid", tier="innovative")
        .exclude(enterprise_id__in=busy)
        .order_by("id")
        .first()
    )
    if title is None:
        return
    row = exit.open_exit(
        title,
        {
            "ground": "accident", "facts": "应急管理部门通报：该企业发生较大生产安全事故（演示，虚构）",
            "source": "演示用示例，不是真实查询结果",
        },
        actor=reviewer,
    )  # fmt: skip
    exit.serve_notice(row, actor=reviewer, hearing_workdays=5)
