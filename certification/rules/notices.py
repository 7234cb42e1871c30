"""When two yearly notices contradict each other, nothing runs until an official has decided."""

from __future__ import annotations

from collections.abc import Sequence

from certification.rules.schema import OverlayDocument


class Clash(ValueError):
    """Names both notices and what they disagree about."""


def refuse_clashes(notices: Sequence[OverlayDocument], rule_set: str = "", case_type: str = "") -> None:
    """Clash when notices point to different rule sets, add a gate of one code twice, or replace a number differently.

    With `rule_set` and `case_type` only what is laid over that rule set in such a case is held together.
    """
    pointing = [d for d in notices if d.use]
    targets = sorted({d.use for d in pointing})
    if len(targets) > 1:
        raise Clash(f"{names(pointing)}指向不同的规则集（{'、'.join(targets)}），相互冲突，不能运行。")
    claims: dict[str, tuple[OverlayDocument, str]] = {}
    for document in notices:
        for what, says in _claims(document, rule_set, case_type):
            other, said = claims.setdefault(what, (document, says))
            if other is not document and said != says:
                raise Clash(f"{names([other, document])}对“{what}”的规定不一致，相互冲突，不能运行。")


def _claims(document: OverlayDocument, rule_set: str, case_type: str) -> list[tuple[str, str]]:
    """(what, says). Two notices never share a gate, so a gate says its notice's own code."""
    told = []
    if not rule_set or document.over in ("", rule_set):
        told = [(gate.title, document.code) for gate in document.gates]
        told += [(f"条件 {gate.code}", document.code) for gate in document.gates]
    for row in document.replace:
        if row.rule_set == (rule_set or row.rule_set) and (not case_type or case_type in row.case_types):
            told.append((f"{row.rule_set} {row.parameter}", str(row.value)))
    return told


def names(notices: Sequence[OverlayDocument]) -> str:
    return "与".join(d.origin.number for d in notices)
