"""Clear a "to be confirmed" mark: an official has seen the original and says where. X marks have nothing to confirm."""

from django.db import IntegrityError, transaction

from certification import library
from certification.models import Confirmation, RuleSet
from certification.rules.provenance import Unconfirmed
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.exchange.announce import announce
from foundation.refusals import Missing, Problem, Refused

SHORTEST = 6
"""Characters; "ok" is not a source."""


def open_marks(row: RuleSet) -> list[Unconfirmed]:
    """What of this published text is still to be confirmed."""
    cleared = set(
        Confirmation.objects.filter(rule_code=row.code, content_hash=row.content_hash).values_list("path", flat=True)
    )
    return [mark for mark in library.published().rule_set(row.code).unconfirmed() if mark.path not in cleared]


def may_confirm(principal: Principal) -> bool:
    return principal.is_official and principal.level == "province" and principal.has_role("policy", "publisher")


def confirm(row: RuleSet, path: str, note: str, *, actor: Principal) -> Confirmation:
    """One mark, with the source that was looked at. Refused("invalid") without one, ("conflict") when done already."""
    if not may_confirm(actor):
        raise Missing
    mark = next((m for m in library.published().rule_set(row.code).unconfirmed() if m.path == path), None)
    if mark is None or mark.mark == "X":
        raise Missing
    if len(note.strip()) < SHORTEST:
        raise Refused(
            "invalid",
            "请写明核对的是哪份原件。",
            [Problem("请写明核对的原件", "note", mark.clause, "例：已核对工信部网站原文附件2第4项，2026年11月20日")],
        )
    try:
        with transaction.atomic():
            made = Confirmation.objects.create(
                rule_code=row.code,
                content_hash=row.content_hash,
                path=path,
                note=note.strip(),
                confirmed_by_id=actor.user_id,
                confirmed_at=clock.now(),
            )
            record(
                "rule_set.confirm", row, actor=actor, reason=f"{mark.title or path}：{note.strip()}", audience="public"
            )
            announce("rule_set", row, fields=[path])
    except IntegrityError as error:
        raise Refused("conflict", "这一处已有同事核实过，请刷新后再看。") from error
    return made
