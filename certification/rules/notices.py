"""When two yearly notices contradict each other, nothing runs until an official has decided."""

from __future__ import annotations

from collections.abc import Sequence

from certification.rules.schema import OverlayDocument


class Clash(ValueError):
    """Names both notices and what they disagree about."""


def refuse_clashes(notices: Sequence[OverlayDocument], rule_set: str = "", case_type: str = "") -> None:
    """Clash when notices point to different rule sets, regulate the same thing, or replace a number that another waives.

    With `rule_set` and `case_type` only what is laid over that rule set in such a case is held together.
    """
    pointing = [d for d in notices if d.use]
    if len({d.use for d in pointing}) > 1:
        raise Clash(
            f"{names(pointing)}指向不同的规则集（{'、'.join(sorted({d.use for d in pointing}))}），相互冲突，不能运行。"
        )
    claims: dict[tuple[str, str, str], tuple[OverlayDocument, object]] = {}
    for document in notices:
        for about, key, says in _claims(document, rule_set, case_type):
            other, said = claims.setdefault((rule_set, about, key), (document, says))
            if other is not document and said != says:
                raise Clash(f"{names([other, document])}对“{key}”的规定不一致，相互冲突，不能运行。")


def _claims(document: OverlayDocument, rule_set: str, case_type: str) -> list[tuple[str, str, object]]:
    """(kind, what, says): the same kind and what with another say is a contradiction."""
    if rule_set and document.over not in ("", rule_set):
        gates = []
    else:
        gates = document.gates
    told: list[tuple[str, str, object]] = [
        ("gate", gate.title, (gate.code, repr(gate.test), repr(document.parameters))) for gate in gates
    ]
    told += [("gate code", gate.code, (gate.title, repr(gate.test), repr(document.parameters))) for gate in gates]
    for row in document.replace:
        if row.rule_set == (rule_set or row.rule_set) and (not case_type or case_type in row.case_types):
            told.append(("number", f"{row.rule_set} {row.parameter}", str(row.value)))
    return told


def names(notices: Sequence[OverlayDocument]) -> str:
    return "与".join(d.origin.number for d in notices)
