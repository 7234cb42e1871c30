"""进出台账: who came in, stayed, rose, left and why, under which rules; one query, one definition beside each number.

A title that is renewed without a gap is one life: its first certificate is the entry, each later one says "stayed". A title
given back after its decision was set aside has left on one day and returned on another: a month once told stays as it was.
So does the month of a title whose days were over before its re-review passed, and an end that was written down late stands
under the day on which it was (`booked_on`).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter
from django.conf import settings
from django.db import connection

from certification.grounds import cited
from certification.models import Certificate, Restoration
from certification.rule_continuation import FAILED
from certification.states import CERTIFICATE, EXIT_PUBLIC, LEFT
from certification.tiers import Tier
from foundation import clock
from foundation.regions.models import bodies
from foundation.regions.paths import path_range

DEFINITIONS = {
    "entered": "新进：有效期从这段时间起、不是由同一层级上一张证书接续的称号；国家公告登记晚的，计入公告的当月",
    "rose": "其中升级：新进当天持有下一层级有效称号的",
    "stayed": "复核留存：由同一层级上一张证书接续、有效期从这段时间起的称号",
    "left": "退出：这段时间内有效期满未接续、复核未通过、自愿放弃、迁出、主体终止或被取消的称号",
    "restored": "恢复：取消的决定撤销后恢复的，以及期满后复核才通过而接续的称号；当时已计入退出的，不改当时的数",
}
KINDS = {"entered": "新进", "stayed": "复核留存", "left": "退出", "restored": "恢复"}
HEADINGS = (
    "日期",
    "企业",
    "统一社会信用代码",
    "推荐机构",
    "层级",
    "进出",
    "升级",
    "方式和理由",
    "适用规则",
    "证书编号",
)


@dataclass(frozen=True)
class Movement:
    """One title coming in, staying, leaving or returning on a day; `why` and `rules` in the words of the record."""

    kind: str
    on: date
    name: str
    credit_code: str
    region_path: str
    tier: str
    rose: bool
    state: str
    why: str
    rules: str
    number: str

    @property
    def region(self) -> str:
        body = bodies().get(self.region_path)
        return body.short_name if body else self.region_path

    @property
    def rule(self) -> str:
        """The entry's rule set for who came in or stayed; for who left, by what."""
        return cited(self.rules) if self.kind == "left" and self.state == "revoked" else self.rules

    @property
    def words(self) -> str:
        """How it ended, or by which way it came."""
        return f"{CERTIFICATE.labels[self.state].officer}　{self.why}".strip() if self.kind == "left" else self.why


GIVEN = """
SELECT c.*, coalesce(c.booked_on, c.ended_on) AS left_on, (lag({BEFORE}) OVER life IS DISTINCT FROM 'renewed') AS is_entry
FROM certification_certificate c WINDOW life AS (PARTITION BY c.enterprise_id, c.tier ORDER BY c.valid_from, c.id)
"""
LIVES = GIVEN.replace("{BEFORE}", """
  CASE WHEN EXISTS (SELECT 1 FROM certification_restoration r
                    WHERE r.certificate_id = c.id AND r.exit_id IS NOT NULL AND r.restored_on >= c.ended_on)
       THEN 'apart' ELSE c.state END""")  # fmt: skip  # nosec B608
"""What was given while the title before it was wrongly ended came in as an entry, and was told as one."""
LIVED = GIVEN.replace("{BEFORE}", "c.state")  # nosec B608
"""For whoever asks how long titles live, both are one life of the firm, which goes on in the newer one."""
BEGUN = """
SELECT CASE WHEN l.is_entry THEN 'entered' ELSE 'stayed' END, l.valid_from, l.enterprise_name, l.credit_code, l.region_path, l.tier,
       l.is_entry AND EXISTS (
         SELECT 1 FROM certification_certificate lower
         WHERE lower.enterprise_id = l.enterprise_id AND lower.tier = ANY(%(below)s::varchar[]) AND array_position(%(order)s::varchar[], lower.tier) <
           array_position(%(order)s::varchar[], l.tier) AND lower.valid_from <= l.valid_from AND coalesce(lower.ended_on, lower.valid_until) >= l.valid_from),
       l.state, CASE l.origin WHEN 'announced' THEN '本系统公告' WHEN 'imported' THEN '存量导入' ELSE '国家公告' END || '　' || l.document_number,
       l.rule_set_code, l.number
FROM lives l WHERE l.valid_from BETWEEN %(first)s AND %(last)s
"""
BY_WHAT = """
CASE l.state WHEN 'expired' THEN '有效期届满'
  WHEN 'revoked' THEN coalesce((SELECT e.clause FROM certification_exit e WHERE e.enterprise_id = l.enterprise_id
    AND e.state = ANY(%(public)s::varchar[]) AND e.ended_on = l.ended_on AND starts_with(l.end_reason, e.document_number)
    ORDER BY (e.tier = l.tier) DESC, e.id DESC LIMIT 1), '')
  WHEN 'not_renewed' THEN coalesce((SELECT a.rule_set_code FROM certification_application a WHERE a.enterprise_id = l.enterprise_id
    AND a.tier = l.tier AND a.case_type = 'renewal' AND a.state = ANY(%(failed)s::varchar[])
    AND (coalesce(a.first_filed_at, a.submitted_at) AT TIME ZONE %(zone)s)::date BETWEEN l.valid_from + 1 AND l.valid_until ORDER BY a.submitted_at DESC LIMIT 1), '')
  ELSE '不适用' END
"""
"""By what a title left: the clause of its exit, the rules of the re-review that failed, or nothing but its last day.

Exits and cases are behind the wall: who may not read them is told nothing here.
"""
ENDED = """
SELECT 'left', l.left_on, l.enterprise_name, l.credit_code, l.region_path, l.tier, false, l.state, l.end_reason, {BY_WHAT}, l.number
FROM lives l WHERE l.state = ANY(%(left)s::varchar[]) AND l.left_on BETWEEN %(first)s AND %(last)s
""".replace("{BY_WHAT}", BY_WHAT)  # nosec B608
SET_ASIDE = """
SELECT 'left', r.ended_on, l.enterprise_name, l.credit_code, l.region_path, l.tier, false, r.ended_as, r.end_reason, r.clause, l.number
FROM certification_restoration r JOIN lives l ON l.id = r.certificate_id WHERE r.ended_on BETWEEN %(first)s AND %(last)s
UNION ALL
SELECT 'restored', r.restored_on, l.enterprise_name, l.credit_code, l.region_path, l.tier, false, l.state,
       CASE WHEN r.exit_id IS NULL THEN '期满后复核通过　'
         WHEN l.state = 'revoked' AND l.ended_on < r.restored_on THEN '更正：原取消决定撤销，称号仍由另一决定取消　'
         ELSE '原取消决定撤销　' END || r.document_number, '不适用', l.number
FROM certification_restoration r JOIN lives l ON l.id = r.certificate_id WHERE r.restored_on BETWEEN %(first)s AND %(last)s
"""


def month_of(day: date) -> date:
    return day.replace(day=1)


def was_told(day: date) -> bool:
    """A month is told when it is over; what comes to be known of it later is told in the month of today."""
    return month_of(day) < month_of(clock.today())


def movements(reach: Sequence[str], first: date, last: date, tier: str = "") -> list[Movement]:
    """Every movement of the days [first, last] at or below these bodies, newest first. One query."""
    order = list(Tier.values)
    given: dict[str, Any] = {
        "first": first,
        "last": last,
        "left": list(LEFT),
        "order": order,
        "below": order,
        "tier": tier,
    }
    given |= {"public": list(EXIT_PUBLIC), "failed": list(FAILED), "zone": settings.TIME_ZONE}
    ranges = [path_range(path) for path in reach]
    sight = (
        " OR ".join(f"(region_path >= %(lo{n})s AND region_path < %(hi{n})s)" for n in range(len(ranges))) or "false"
    )
    given |= {f"lo{n}": low for n, (low, _) in enumerate(ranges)} | {
        f"hi{n}": high for n, (_, high) in enumerate(ranges)
    }
    sql = f"""
        WITH lives AS ({LIVES})
        SELECT * FROM ({BEGUN} UNION ALL {ENDED} UNION ALL {SET_ASIDE}) m (kind, happened, name, code, region_path, tier, rose, state, why, rules, number)
        WHERE ({sight}) AND (%(tier)s = '' OR tier = %(tier)s) ORDER BY happened DESC, number, kind
    """  # nosec B608
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return [Movement(*row) for row in cursor.fetchall()]


@dataclass(frozen=True)
class Totals:
    """The numbers, and how those that left did so."""

    entered: int
    rose: int
    stayed: int
    left: int
    restored: int
    ways: list[tuple[str, int]]


def totals(rows: Iterable[Movement]) -> Totals:
    listed = list(rows)
    kinds = Counter(row.kind for row in listed)
    ways = Counter(row.state for row in listed if row.kind == "left")
    return Totals(
        kinds["entered"], sum(row.rose for row in listed), kinds["stayed"], kinds["left"], kinds["restored"],
        [(CERTIFICATE.labels[state].officer, ways[state]) for state in LEFT if ways[state]],
    )  # fmt: skip


def by_tier(rows: Iterable[Movement]) -> list[tuple[str, Totals]]:
    """The same numbers tier by tier, lowest first."""
    listed = list(rows)
    return [(tier, totals([row for row in listed if row.tier == tier])) for tier in Tier.values]


def table(rows: Iterable[Movement]) -> bytes:
    """The list as xlsx, as it is on screen; every cell is text."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("进出台账")
    for column, words in enumerate(HEADINGS):
        sheet.write_string(0, column, words)
    for place, row in enumerate(rows, start=1):
        cells = (
            row.on.isoformat(), row.name, row.credit_code, row.region, str(Tier(row.tier).label), KINDS[row.kind], "升级" if row.rose else "",
            row.words, row.rule, row.number,
        )  # fmt: skip
        for column, text in enumerate(cells):
            sheet.write_string(place, column, text)
    sheet.freeze_panes(1, 2)
    sheet.set_column(0, len(HEADINGS), 18)
    book.close()
    return out.getvalue()


def months_with_titles() -> list[date]:
    """The first days of the months in which anything came in or left, newest first."""
    begun = Certificate.objects.dates("valid_from", "month")
    left = Certificate.objects.filter(state__in=LEFT, ended_on__isnull=False)
    ended = left.filter(booked_on=None).dates("ended_on", "month")
    late = left.filter(booked_on__isnull=False).dates("booked_on", "month")
    undone = Restoration.objects.dates("ended_on", "month")
    restored = Restoration.objects.dates("restored_on", "month")
    return sorted({*begun, *ended, *late, *undone, *restored}, reverse=True)
