"""What cases are returned and refused for, condition by condition: never a firm, an office or a word that somebody typed."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import connection

from certification import gates, library
from certification.conceal import conceal
from certification.form import steps_for
from certification.models import Application
from certification.tiers import ORDER

MOST = 10
"""Conditions told of one tier."""
PAPERS, OTHER = "附件材料", "申请书其他填报项（不对应单项条件）"

RETURNED = """
SELECT a.tier, coalesce(m.title, %(other)s), count(DISTINCT a.id)
FROM certification_correction c JOIN certification_application a ON a.id = c.application_id
CROSS JOIN LATERAL jsonb_array_elements(c.items) item
LEFT JOIN unnest(%(hashes)s::text[], %(fields)s::text[], %(titles)s::text[]) m(hash, field, title)
  ON m.hash = a.rule_set_hash AND m.field = item->>'field'
WHERE c.opened_at >= %(since)s GROUP BY 1, 2
"""
REFUSED = """
SELECT a.tier, reason->>'title', count(DISTINCT a.id)
FROM certification_letter l JOIN certification_application a ON a.id = l.application_id
CROSS JOIN LATERAL jsonb_array_elements(l.reasons) reason
WHERE l.kind = 'refusal' AND l.state = 'served' AND l.served_at >= %(since)s AND reason->>'found' = 'unmet'
  AND NOT EXISTS (SELECT 1 FROM certification_reconsideration r WHERE r.letter_id = l.id AND r.state = 'set_aside')
GROUP BY 1, 2
"""


@dataclass(frozen=True)
class ReasonLine:
    """A condition of a tier: cases returned for it, cases refused because it was not met; None is a hidden number."""

    tier: str
    title: str
    returned: int | None
    refused: int | None

    @property
    def weight(self) -> int:
        """Of what is shown only, so that the order tells nothing of what is not."""
        return (self.returned or 0) + (self.refused or 0)


def reasons(since: datetime) -> list[ReasonLine]:
    """The most frequent conditions of each tier; what came up in too few cases is left out. A case counts once for each.

    Under a title rather than a code: two standards of one tier may number their conditions differently.
    """
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for place, told in enumerate((_returned(since), _refused(since))):
        for tier, title, n in told:
            counts[tier, title][place] = n
    lines = []
    for (tier, title), (returned, refused) in counts.items():
        line = ReasonLine(tier, title, _many(returned), _many(refused))
        if line.weight:
            lines.append(line)
    lines.sort(key=lambda line: (ORDER[line.tier], -line.weight, line.title))
    kept: dict[str, int] = defaultdict(int)
    told_lines = []
    for line in lines:
        kept[line.tier] += 1
        if kept[line.tier] <= MOST:
            told_lines.append(line)
    return told_lines


def _many(n: int) -> int | None:
    return conceal({"n": n}, settings.SMALL_CELL)["n"]


def _returned(since: datetime) -> list[tuple[str, str, int]]:
    """By the condition whose clause the notice named: the first one that the returned field speaks to."""
    asked = Application.objects.filter(corrections__opened_at__gte=since)
    samples = list(asked.order_by("rule_set_code", "rule_set_hash", "id").distinct("rule_set_code", "rule_set_hash"))
    rule_sets, titles = library.pinned_of_many(samples), gates.titles_of_many(samples)
    spoken = {
        (case.rule_set_hash, field.name): titles[case.pk].get(field.criteria[0], field.criteria[0])
        for case in samples
        for step in steps_for(rule_sets[case.pk])
        for field in step.fields
        if field.criteria
    }
    spoken |= {(case.rule_set_hash, "papers"): PAPERS for case in samples}
    with connection.cursor() as cursor:
        cursor.execute(
            RETURNED,
            {
                "other": OTHER, "since": since, "hashes": [key[0] for key in spoken], "fields": [key[1] for key in spoken],
                "titles": list(spoken.values()),
            },
        )  # fmt: skip
        return cursor.fetchall()


def _refused(since: datetime) -> list[tuple[str, str, int]]:
    with connection.cursor() as cursor:
        cursor.execute(REFUSED, {"since": since})
        return cursor.fetchall()
