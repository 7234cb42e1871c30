"""The calendar of an enterprise: what is known of it, gathered for `obligations()`; many at once in a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, timedelta

from django.conf import settings
from django.utils import timezone

from certification.models import Call, Certificate, DayRuling, MajorChange
from certification.obligation_rules import book
from certification.obligations import Changed, Held, Known, Obligation, Outside, Ruled, obligations
from certification.renewable import lists_of
from certification.rule_continuation import by_first_day
from certification.states import WAS_HELD
from certification.tiers import CaseType
from enterprises.models import AnnualReport, Enterprise, Honour, ManagementCertificate, OutsideTitle
from enterprises.words import CHOICES, cn
from foundation import clock
from foundation.mailroom.calendar_file import escaped, folded


def agenda(enterprise: Enterprise, day: date | None = None) -> list[Obligation]:
    """Every obligation of one enterprise over all its titles, the nearest first."""
    return agendas([enterprise.pk], day)[enterprise.pk]


def agendas(ids: Iterable[int], day: date | None = None) -> dict[int, list[Obligation]]:
    on = day or clock.today()
    return {pk: obligations(known, book(), on) for pk, known in known_of_many(list(ids), on).items()}


def known_of_many(ids: list[int], day: date) -> dict[int, Known]:
    """Titles valid today and those that are over, updates, changes, other departments' papers, rulings."""
    titles: dict[int, list[Held]] = defaultdict(list)
    past: dict[int, list[Held]] = defaultdict(list)
    rows = list(Certificate.objects.filter(enterprise_id__in=ids, state__in=WAS_HELD).order_by("tier", "valid_from"))
    valid = [row for row in rows if row.state == "valid"]
    windows, renewals, heirs = _windows(valid, day), _renewals(ids), _heirs(rows)
    for row in valid:
        asked = renewals.get((row.enterprise_id, row.tier))
        titles[row.enterprise_id].append(
            Held(
                row.number, row.tier, row.get_tier_display(), row.valid_from, row.valid_until,
                asked if asked and asked >= row.valid_from else None, windows.get(row.pk),
            )
        )  # fmt: skip
    for row in rows:
        if row.state != "valid":
            past[row.enterprise_id].append(
                Held(
                    row.number, row.tier, row.get_tier_display(), row.valid_from, row.valid_until,
                    lives_in=heirs.get(row.pk, ""),
                )
            )  # fmt: skip
    updated: dict[int, dict[int, date]] = defaultdict(dict)
    for report in AnnualReport.objects.filter(AnnualReport.DONE, enterprise_id__in=ids).defer("told", "groups"):
        if report.done_on is not None:
            updated[report.enterprise_id][report.year] = report.done_on
    changes: dict[int, list[Changed]] = defaultdict(list)
    for change in MajorChange.objects.filter(enterprise_id__in=ids).exclude(state="withdrawn").order_by("happened_on"):
        changes[change.enterprise_id].append(
            Changed(change.public_id, change.kind, change.happened_on, change.reported_on)
        )
    outside = _outside(ids)
    ruled = rulings()
    return {
        pk: Known(tuple(titles[pk]), updated[pk], tuple(changes[pk]), tuple(outside[pk]), ruled, tuple(past[pk]))
        for pk in ids
    }  # fmt: skip


def _heirs(rows: list[Certificate]) -> dict[int, str]:
    """{title that was renewed: number of the valid one in which it goes on}; the same line as `reach.heir()`."""
    living: dict[tuple[int, str], str] = {}
    found: dict[int, str] = {}
    for row in sorted(rows, key=lambda title: title.valid_from, reverse=True):
        line = row.enterprise_id, row.tier
        if row.state == "renewed":
            found[row.pk] = living.get(line, "")
        else:
            living[line] = row.number if row.state == "valid" else ""
    return found


def rulings() -> tuple[Ruled, ...]:
    """What officials have ruled, the latest first, so that the first that fits counts."""
    made = []
    for row in DayRuling.objects.filter(code="annual_update").order_by("-id"):
        whom = f"{row.get_tier_display()}：" if row.tier else ""
        by = f"{row.office_name}，{cn(timezone.localtime(row.at).date())}"
        made.append(Ruled(row.year, row.tier, row.day, f"{whom}以{cn(row.day)}为准：{row.reason}（{by}）"))
    return tuple(made)


def _windows(titles: list[Certificate], day: date) -> dict[int, tuple[date, date]]:
    """{title: days of the published call that is for it}: by the call's list, by the year where it has none (renewable.py).

    The next that closes counts; where all are over, the last one, so that a window that was missed is told as such.
    """
    calls = list(
        Call.objects.filter(case_type=CaseType.RENEWAL, state__in=["published", "closed"]).order_by("closes_at")
    )
    lists = lists_of(calls, titles)
    found: dict[int, tuple[date, date]] = {}
    for call in calls:
        window = timezone.localtime(call.opens_at).date(), timezone.localtime(call.closes_at).date()
        for title in titles:
            if (title.pk not in found or found[title.pk][1] < day) and lists.names(call, title):
                found[title.pk] = window
    return found


def _renewals(ids: list[int]) -> dict[tuple[int, str], date]:
    rows = by_first_day().filter(enterprise_id__in=ids, submitted_at__isnull=False)
    return {
        (pk, tier): filed_on
        for pk, tier, filed_on in rows.exclude(state__in=["withdrawn", "refused", "national_refused"])
        .order_by("submitted_at")
        .values_list("enterprise_id", "tier", "filed_on")
    }


def _outside(ids: list[int]) -> dict[int, list[Outside]]:
    found: dict[int, list[Outside]] = defaultdict(list)
    for title in OutsideTitle.objects.filter(enterprise_id__in=ids).order_by("valid_until", "id"):
        found[title.enterprise_id].append(
            Outside(title.public_id, f"{title}{title.number and ' ' + title.number}", title.valid_until)
        )
    for honour in Honour.objects.filter(enterprise_id__in=ids, valid_until__isnull=False).order_by("id"):
        assert honour.valid_until is not None
        words = CHOICES["name"].get(honour.name, honour.name)
        found[honour.enterprise_id].append(Outside(honour.public_id, words, honour.valid_until))
    papers = ManagementCertificate.objects.filter(enterprise_id__in=ids, valid_until__isnull=False).order_by("id")
    for paper in papers:
        assert paper.valid_until is not None
        found[paper.enterprise_id].append(Outside(paper.public_id, paper.name, paper.valid_until))
    return found


def update_window(enterprise: Enterprise, day: date | None = None) -> Obligation | None:
    """This year's annual update, where any title asks for it."""
    on = day or clock.today()
    wanted = f"annual_update:{on.year}"
    return next((o for o in agenda(enterprise, on) if o.key == wanted), None)


def calendar_file(told: list[Obligation]) -> str:
    """Everything that is not done yet as one .ics: an all-day event on the earlier day, with reminders by the plan."""
    host = settings.BASE_URL.partition("://")[2].partition("/")[0]
    stamp = clock.now().astimezone(UTC)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Tianti//Calendar//ZH", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    for item in told:
        if item.is_done:
            continue
        words = [item.act, *(f"{s.text}（{s.clause}）" if s.clause else s.text for s in item.sentences)]
        lines += [
            "BEGIN:VEVENT",
            f"UID:{item.key.replace(':', '-')}-{item.earliest:%Y%m%d}@{host}",
            f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{item.earliest:%Y%m%d}",
            f"DTEND;VALUE=DATE:{item.earliest + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{escaped('最后一天：' + item.label)}",
            f"DESCRIPTION:{escaped(chr(10).join(words))}",
            f"URL:{settings.BASE_URL}/my/calendar/",
            "TRANSP:TRANSPARENT",
        ]
        for step in book().steps:
            lines += [
                "BEGIN:VALARM",
                "ACTION:DISPLAY",
                f"DESCRIPTION:{escaped(item.label)}",
                f"TRIGGER:-P{step}D",
                "END:VALARM",
            ]
        lines.append("END:VEVENT")
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines)
