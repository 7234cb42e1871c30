"""市级公示: which cases a city may list before it recommends, and which it may not, by name."""

from collections.abc import Iterable

from certification.models import Application, Call, Posting, PostingItem
from certification.object import held
from enterprises.words import cn
from foundation.refusals import Problem, Refused


def on_city_list(applications: Iterable[Application]) -> dict[int, Posting]:
    """Cases that a city's list names while it runs."""
    rows = PostingItem.objects.filter(
        application__in=[a.pk for a in applications], posting__state="running", posting__level="city"
    )
    return {row.application_id: row.posting for row in rows.select_related("posting")}


def refuse_off_the_city_list(call: Call, chosen: list[Application]) -> None:
    """Refused("conflict") where the call knows no city list, or a case is not the city's to list now; by name."""
    refuse_without_city_list(call)
    off = off_the_city_list(call, chosen)
    problems = [Problem(f"{a.enterprise_name}{off[a.pk]}", "applications") for a in chosen if a.pk in off]
    if problems:
        names = "；".join(problem.message for problem in problems)
        raise Refused("conflict", f"{names}。请先取消勾选，其余的可以照常公示。", problems)


def refuse_without_city_list(call: Call) -> None:
    if not call.has_city_posting:
        raise Refused("conflict", "这个批次的通知没有安排市级公示，审核后直接推荐到自治区。")


def off_the_city_list(call: Call, chosen: list[Application]) -> dict[int, str]:
    """Why a case is not the city's to list now, for those that are not."""
    stopped, listed = held(a.pk for a in chosen), on_city_list(chosen)
    told = {}
    for application in chosen:
        why = ""
        if application.state != "city_review":
            why = "现在不在市级审核环节"
        elif application.pk in stopped:
            why = "有公示异议没有办结"
        elif application.pk in listed:
            why = f"已在市级公示中，至{cn(listed[application.pk].ends_on)}"
        if why:
            told[application.pk] = why
    return told


def refuse_while_on_city_list(application: Application) -> None:
    """A city that lists a case publicly recommends it when the list has run: objections come until its last day."""
    running = on_city_list([application]).get(application.pk)
    if running is not None:
        raise Refused(
            "conflict",
            f"{application.enterprise_name}正在市级公示，最后一日{cn(running.ends_on)}。公示期满后再推荐到自治区。",
        )
