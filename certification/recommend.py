"""National tiers: the province recommends with a letter, and later records what the ministry announced."""

from collections.abc import Iterable
from datetime import date
from io import BytesIO

import xlsxwriter
from django.db import transaction

from certification import clocks
from certification.certify import issue, last_valid_day
from certification.models import Announcement, Application
from certification.notify import tell_applicants
from certification.object import refuse_if_held
from certification.obstacles import refuse_with_obstacles
from certification.permissions import APPLICATION, decides
from certification.tiers import is_national
from enterprises.words import cn
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.refusals import Missing, Problem, Refused
from foundation.regions.models import bodies
from foundation.transitions import move


def recommend_to_ministry(applications: Iterable[Application], *, actor: Principal, letter_number: str) -> int:
    """Every chosen case with the number of the letter (推荐函文号): part of sending a draft (put_forward.py) or of a meeting's vote."""
    chosen = list(applications)
    if any(not decides(actor, a) or not is_national(a.tier) for a in chosen):
        raise Missing
    refuse_without_number(letter_number)
    refuse_with_obstacles(chosen)
    with transaction.atomic():
        for application in chosen:
            refuse_if_held(application)
            clocks.leave_stage(application, clocks.desk_path(application, "province_review"))
            move(
                application, "recommend_to_ministry", actor=actor, machine=APPLICATION,
                detail={"letter_number": letter_number}, letter_number=letter_number.strip(), stage_since=clock.now(),
            )  # fmt: skip
            tell_applicants(application, "自治区已推荐到工业和信息化部，以国家公告为准")
    return len(chosen)


def refuse_without_number(letter_number: str) -> None:
    if not letter_number.strip():
        raise Refused(
            "invalid",
            "请填写推荐函文号。",
            [Problem("推荐函文号没有填写", "letter_number", hint="例：宁工信函〔2026〕88号")],
        )


def record_national_grant(
    application: Application,
    *,
    actor: Principal,
    document_number: str,
    announced_on: date,
    source_url: str = "",
    batch: str = "",
) -> Announcement:
    """The ministry's announcement: number, date, link. The title is recorded; no certificate is printed for it.

    Its three years begin on the day of the announcement, whenever it is written down here. Refused("conflict") when the same number was recorded with another day: one announcement has one.
    """
    problems = _wrong_with(document_number, announced_on)
    if problems:
        raise Refused("invalid", f"国家结果没有登记：有 {len(problems)} 处要改。", problems)
    with transaction.atomic():
        announcement, _ = Announcement.objects.get_or_create(
            document_number=document_number.strip(),
            tier=application.tier,
            defaults={
                "call": application.call, "title": "工业和信息化部公告", "batch": batch, "announced_on": announced_on,
                "source_url": source_url, "is_national": True, "by_id": actor.user_id, "at": clock.now(),
            },
        )  # fmt: skip
        _refuse_another_day(announcement, announced_on)
        move(
            application, "record_national_grant", actor=actor, machine=APPLICATION,
            detail={"document_number": announcement.document_number, "day": cn(announced_on)}, stage_since=clock.now(),
            national_number=announcement.document_number, national_on=announced_on,
        )  # fmt: skip
        issue(
            application.enterprise, tier=application.tier, first=announcement.announced_on,
            last=last_valid_day(announcement.announced_on), announcement=announcement, application=application,
            origin="national", batch=batch, actor=actor,
        )  # fmt: skip
        tell_applicants(application, f"国家已公告：{announcement.document_number}")
    return announcement


def record_national_refusal(
    application: Application, *, actor: Principal, document_number: str, announced_on: date
) -> Application:
    """The ministry's list, by number and day, does not name the firm. Refused("invalid") with a problem per field, "conflict" as above."""
    problems = _wrong_with(document_number, announced_on)
    if problems:
        raise Refused("invalid", f"国家结果没有登记：有 {len(problems)} 处要改。", problems)
    number = document_number.strip()[:60]
    detail = {"document_number": number, "day": cn(announced_on)}
    with transaction.atomic():
        _refuse_another_day(
            Announcement.objects.filter(document_number=number, tier=application.tier).first(), announced_on
        )
        move(
            application, "record_national_refusal", actor=actor, machine=APPLICATION, detail=detail, stage_since=clock.now(),
            national_number=number, national_on=announced_on,
        )  # fmt: skip
        tell_applicants(application, f"国家公告（{number}，{cn(announced_on)}）的名单中没有本企业")
    return application


def _refuse_another_day(announcement: Announcement | None, announced_on: date) -> None:
    if announcement is not None and announcement.announced_on != announced_on:
        day = cn(announcement.announced_on)
        raise Refused(
            "conflict", f"{announcement.document_number}已登记过，公告日期是{day}。请核对文号和日期。",
            [Problem(f"这个文号登记的公告日期是{day}", "announced_on")],
        )  # fmt: skip


def _wrong_with(document_number: str, announced_on: date) -> list[Problem]:
    problems = []
    if not document_number.strip():
        problems.append(Problem("国家公告文号没有填写", "document_number"))
    if announced_on > clock.today():
        problems.append(Problem("国家公告的日期不能晚于今天", "announced_on", hint="以公告落款的日期为准"))
    return problems


COLUMNS = (
    "序号", "推荐函文号", "推荐单位", "企业名称", "统一社会信用代码", "申报层级", "主导产品", "联系人", "联系电话", "机器核算结果",
)  # fmt: skip
RESULTS = {"met": "满足", "unmet": "不满足", "unknown": "缺数据", "needs_person": "待人工"}
UPWARD = {"city": ("city_review", "自治区"), "province": ("province_review", "工业和信息化部")}
"""At which desk a case waits to be recommended, and to whom."""
HEAD_ROWS = 3


def draft_table(chosen: list[Application], *, actor: Principal) -> bytes:
    """推荐汇总表 of the cases somebody chose and nobody has recommended yet; its title says so."""
    waits, upward = UPWARD[actor.level]
    if not chosen:
        raise Refused("invalid", "没有勾选企业。请先勾选准备推荐的企业，再下载汇总表草稿。")
    gone = [case.enterprise_name for case in chosen if case.state != waits]
    if gone:
        raise Refused(
            "conflict", f"{'、'.join(gone)}已不在这个环节，可能有同事先办了。请刷新页面，重新勾选后再下载汇总表草稿。"
        )
    return _table(chosen, f"推荐汇总表（草稿，还没有推荐到{upward}）", "未推荐")


def letter_table(cases: list[Application], letter_number: str) -> bytes:
    """推荐汇总表 of one letter (推荐函文号): all its cases, whatever the ministry said since."""
    return _table(cases, f"推荐汇总表（推荐函文号：{letter_number}）", letter_number)


def _table(cases: list[Application], title: str, letter_number: str) -> bytes:
    """As xlsx; every cell is text, so nothing in it can run."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("推荐汇总表")
    large = book.add_format({"bold": True, "font_size": 14})
    bold = book.add_format({"bold": True, "border": 1, "bg_color": "#F6F7F9"})
    cell = book.add_format({"border": 1, "text_wrap": True, "num_format": "@"})
    sheet.set_column(1, len(COLUMNS) - 1, 22)
    calls = dict.fromkeys(case.call.title for case in cases)
    sheet.write_string(0, 0, title, large)
    sheet.write_string(1, 0, f"{'、'.join(calls)}；共 {len(cases)} 户；{cn(clock.today())}制表")
    for column, heading in enumerate(COLUMNS):
        sheet.write_string(HEAD_ROWS - 1, column, heading, bold)
    for place, case in enumerate(cases, 1):
        for column, value in enumerate((str(place), letter_number, *_line(case))):
            sheet.write_string(HEAD_ROWS - 1 + place, column, value, cell)
    book.close()
    return out.getvalue()


def _line(case: Application) -> tuple[str, ...]:
    known, answers = bodies(), case.answers
    parent = known.get(case.region_path.rpartition("/")[0])
    place = known[case.region_path].short_name
    return (
        (parent.short_name if parent and parent.level == "city" else "") + place, case.enterprise_name, case.credit_code,
        f"{case.get_tier_display()}{case.get_case_type_display()}", str(answers.get("main_product", "")),
        str(answers.get("contact_name", "")), str(answers.get("contact_phone", "")), RESULTS.get(case.outcome, ""),
    )  # fmt: skip
