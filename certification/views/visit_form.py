"""The form on the spot as it comes without a script: what was changed in it, and what stands in it after a refusal."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest

from certification import seen_words
from certification import visit as verbs
from certification.models import Visit
from foundation.refusals import Problem, Refused

TYPED = (
    "when",
    "visitors",
    "summary",
    "latitude",
    "longitude",
    "reason",
    "remark",
    "caption",
    "key",
    "sha256",
    "taken_at",
    "verdict",
    "note",
    "seen",
    "over",
)
WORDS = ("summary", "latitude", "longitude", "key", "seen", "over")
"""What a phone sends of the summary and of the position; what it leaves out stays as it is."""


def typed(request: HttpRequest) -> dict[str, str]:
    return {name: request.POST.get(name, "").replace("\0", "")[:4000] for name in TYPED}


def keep_lines(row: Visit, request: HttpRequest) -> Iterator[Problem]:
    """Write the lines of a form without a script that were changed in it; tells where a colleague wrote meanwhile."""
    for line in row.lines.all():
        said = line_in(request, line.place)
        if said is None or is_untouched(request, f"was-{line.place}", *said):
            continue
        known = {"seen": request.POST.get(f"was-{line.place}", ""), "over": request.POST.get(f"over-{line.place}", "")}
        try:
            verbs.answer(row, line.place, dict(zip(("verdict", "note"), said, strict=True)) | known, actor=request.principal)  # type: ignore[attr-defined]
        except Refused as found:
            if found.code != "stale":
                raise
            yield from found.problems


def line_in(request: HttpRequest, place: int) -> tuple[str, str] | None:
    """(verdict, note) of a line as the form says it; None where the form has no such line."""
    if f"note-{place}" not in request.POST:
        return None
    verdict, note = (request.POST.get(f"{part}-{place}", "").replace("\0", "") for part in ("verdict", "note"))
    return verdict, note


def is_untouched(request: HttpRequest, name: str, *words: str) -> bool:
    """The form still says what its page showed."""
    return bool(request.POST.get(name)) and seen_words.mark(*words) == request.POST[name]


def words_of_form(request: HttpRequest) -> dict[str, str]:
    """The summary, where it was changed. The position is the script's: a form without one only carries an old one along."""
    given = typed(request)
    if "summary" not in request.POST or is_untouched(request, "was-summary", given["summary"]):
        return {}
    return {
        "summary": given["summary"], "seen": request.POST.get("was-summary", ""), "over": request.POST.get("over-summary", ""),
    }  # fmt: skip


def shown_words(request: HttpRequest, row: Visit, refusal: Refused | None) -> dict[str, Any]:
    """What stands in the form: what was typed where it was not kept, with the colleague's beside it; else what is kept."""
    stale = {p.field: p.message for p in refusal.problems} if refusal is not None and refusal.code == "stale" else {}
    lines = []
    for line in row.lines.all():
        now, said, field = seen_words.on_line(line), line_in(request, line.place), f"line-{line.place}"
        is_typed = refusal is not None and said is not None and not is_untouched(request, f"was-{line.place}", *said)
        verdict, note = said if is_typed and said is not None else (line.verdict, line.note)
        lines.append((line, now, verdict, note, seen_words.mark(line.verdict, line.note), stale.get(field, "")))
    words, now = typed(request)["summary"], seen_words.in_summary(row)
    is_typed = refusal is not None and "summary" in request.POST and not is_untouched(request, "was-summary", words)
    return {
        "form_lines": lines, "summary": words if is_typed else row.summary, "summary_now": now,
        "was_summary": seen_words.mark(row.summary), "summary_stale": stale.get("summary", ""),
    }  # fmt: skip
