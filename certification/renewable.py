"""Which title a call for re-review renews: the one its list names, or of its year where it has no list, and only while it can.

One question for every door: the pages that offer a re-review, the draft, the filing, the list, the announcement, the calendar.
What ends a title before its re-review is decided (given up, migrated, dissolved, revoked) ends the re-review with it; the last
day alone does not, where the firm had filed by then.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Min, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from certification.models import Application, Call, Certificate, Cohort, CohortTitle
from certification.obligation_rules import book
from certification.rule_continuation import SET_ASIDE
from certification.states import ACTIVE
from certification.tiers import VALID_YEARS, CaseType, label
from enterprises.models import Enterprise
from enterprises.words import cn
from foundation import clock
from foundation.refusals import Problem, Refused

ENDED = {
    "not_renewed": "期满，复核未通过",
    "renewed": "由新证书接续",
    "absorbed": "由更高层级称号接续",
    "withdrawn": "自愿放弃",
    "migrated": "随企业迁出本自治区终止",
    "dissolved": "随主体终止而终止",
    "revoked": "取消",
}
BY_THE_DAYS = ("valid", "expired", "not_renewed")
"""The days were over and nothing else: a re-review that was filed by the last of them goes on."""
NEW = "请按当年通知，在新申请的批次申请"


@dataclass(frozen=True)
class Lists:
    """Which of these titles stand on the list of which call. A list that was asked for and is not written yet counts by its days."""

    built: dict[int, Cohort]
    lines: frozenset[tuple[int, int]]

    def names(self, call: Call, title: Certificate) -> bool:
        if call.tier != title.tier:
            return False
        cohort = self.built.get(call.pk)
        if cohort is None:
            return bool(title.announced_on.year == year_of(call))
        if cohort.filled_at is None:
            in_time = cohort.ends_from <= title.valid_until <= cohort.ends_until
            return in_time and call.cohort in (None, title.announced_on.year)
        return (call.pk, title.pk) in self.lines


@dataclass(frozen=True)
class Found:
    """The title, or why there is none, for whom it may concern, and what its holder can do about it."""

    title: Certificate | None
    why: str = ""
    clause: str = ""
    mend: str = ""


def year_of(call: Call) -> int:
    """Of which year's titles a call is that has no list; one that names no year means those whose time is over."""
    return int(call.cohort or call.year - VALID_YEARS)


def lists_of(calls: Iterable[Call], titles: Iterable[Certificate]) -> Lists:
    """In one query, for any number of calls and titles."""
    named = CohortTitle.objects.filter(cohort=OuterRef("pk"), certificate__in=[title.pk for title in titles])
    rows = Cohort.objects.filter(call__in=[call.pk for call in calls])
    built = {row.call_id: row for row in rows.annotate(named=ArraySubquery(named.order_by().values("certificate_id")))}
    # Asked about no title at all, the database is not asked, and says nothing instead of an empty list.
    return Lists(built, frozenset((call, title) for call, row in built.items() for title in row.named or ()))


def renewable_title(call: Call, firm: Enterprise) -> Certificate:
    """The title that this firm would renew in this call. Refused("conflict") with what is wrong, why, and what to do."""
    found = renewable_titles([(call, firm.pk)])[call.pk, firm.pk]
    if found.title is None:
        raise Refused(
            "conflict", f"不能申请复核：{found.why}。{found.mend}。",
            [Problem(found.why, clause=found.clause, hint=found.mend)],
        )  # fmt: skip
    return found.title


def renewable_titles(asked: Iterable[tuple[Call, int]]) -> dict[tuple[int, int], Found]:
    """{(call, enterprise): what is found}; three queries for any number of pairs. Calls for new titles are left out."""
    pairs = [(call, firm) for call, firm in asked if call.case_type == CaseType.RENEWAL]
    if not pairs:
        return {}
    calls, firms = {call.pk: call for call, _ in pairs}, {firm for _, firm in pairs}
    held: dict[tuple[int, str], list[Certificate]] = {}
    rows = Certificate.objects.filter(enterprise_id__in=firms, tier__in={call.tier for call in calls.values()})
    for title in rows.order_by("-valid_from", "-id"):
        held.setdefault((title.enterprise_id, title.tier), []).append(title)
    lists = lists_of(calls.values(), [title for titles in held.values() for title in titles])
    filed = _first_filed(calls, firms)
    return {
        (call.pk, firm): _answer(call, held.get((firm, call.tier), []), lists, filed.get((call.pk, firm)))
        for call, firm in pairs
    }


def offered(calls: Iterable[Call], firm: int | None) -> list[Call]:
    """Those that are for this firm: a re-review only where it holds a title that the call renews."""
    listed = list(calls)
    found = renewable_titles((call, firm) for call in listed) if firm is not None else {}
    for_it = {call for (call, _), answer in found.items() if answer.title is not None}
    return [call for call in listed if call.case_type != CaseType.RENEWAL or call.pk in for_it]


def _first_filed(calls: Iterable[int], firms: Iterable[int]) -> dict[tuple[int, int], date]:
    """When what is open was filed first. A refusal that was set aside never happened: the day it was filed still counts."""
    counts = Q(state__in=ACTIVE) | SET_ASIDE
    rows = Application.objects.filter(counts, call__in=calls, enterprise_id__in=firms, submitted_at__isnull=False)
    told: Iterable[tuple[int, int, datetime]] = (
        rows.order_by()
        .values("call_id", "enterprise_id")
        .annotate(first=Min(Coalesce("first_filed_at", "submitted_at")))
    ).values_list("call_id", "enterprise_id", "first")
    return {(call, firm): timezone.localtime(moment).date() for call, firm, moment in told}


def _answer(call: Call, titles: list[Certificate], lists: Lists, filed_on: date | None) -> Found:
    """The newest title that the call is for decides; where it is for none, the newest one tells why."""
    notice = call.document_number or call.title
    if not titles:
        return Found(None, f"没有{label(call.tier)}称号，没有可以复核的", notice, NEW)
    named = [title for title in titles if lists.names(call, title)]
    for title in named:
        if title.runs_on(clock.today()) or was_filed_in_its_days(title, filed_on):
            return Found(title)
    if named:
        return _over(named[0])
    newest, call_for = titles[0], f"“{call.title}”"
    if newest.state != "valid":
        return _over(newest)
    mend = "请在这一称号自己的复核通知里申请；认为应当列入本批次的，请向推荐机构提出"
    mend += f"，或咨询{call.contact}" if call.contact else ""
    if call.pk in lists.built:
        until = f"{words_of(newest)}有效期至{cn(newest.valid_until)}"
        return Found(None, f"{until}，不在{call_for}的复核名单里", notice, mend)
    year = f"{words_of(newest)}是{newest.announced_on.year}年公告的"
    return Found(None, f"{call_for}复核{year_of(call)}年公告的称号，{year}", notice, mend)


def was_filed_in_its_days(title: Certificate, filed_on: date | None) -> bool:
    return filed_on is not None and title.state in BY_THE_DAYS and title.valid_from <= filed_on <= title.valid_until


def _over(title: Certificate) -> Found:
    if title.state in ("valid", "expired"):
        why = f"{words_of(title)}有效期至{cn(title.valid_until)}，期满以前没有提交、现在仍有效的复核申请"
    else:
        why = f"{words_of(title)}已于{cn(title.ended_on or title.valid_until)}{ENDED[title.state]}"
    rule = next((row for row in book().rule("rereview").due if title.tier in row.tiers), None)
    mend = "请查看接续的证书" if title.state in ("renewed", "absorbed") else NEW
    return Found(None, why, rule.clause if rule else "", mend)


def words_of(title: Certificate) -> str:
    return f"{title.get_tier_display()}称号（{title.number}）"
