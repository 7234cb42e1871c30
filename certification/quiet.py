"""A refusal is quiet until its letter is served: the firm sees its case where it stood, and the office may still take it back.

Served decisions only: nobody learns that he was refused without the reasons, the clauses and the remedies in his hand.
"""

from django.db import transaction

from certification import clocks, overrule
from certification.models import Application, Letter, Opinion
from certification.permissions import APPLICATION, LETTER, refused_here
from certification.states import DESK_OF
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.refusals import Missing, Problem, Refused
from foundation.transitions import Label, already_moved, move


def told_state(application: Application) -> str:
    """Where the firm was told that its case stands."""
    return clocks.stage_of(application)


def told_label(application: Application) -> Label:
    return APPLICATION.states.labels[told_state(application)]


def told_opinions(application: Application) -> list[Opinion]:
    """What the firm may read: nothing of a refusal before it is served, nothing of one that was taken back."""
    rows = application.opinions.filter(taken_back_at=None)
    return list(rows.exclude(conclusion="refuse") if application.state == "to_refuse" else rows)


def tell(application: Application, *, actor: Principal) -> Application:
    """Part of serving the letter: from now on the firm knows, and the office's clock stops."""
    stage = clocks.stage_of(application)
    if stage in DESK_OF:
        clocks.leave_stage(application, clocks.desk_path(application, stage))
    return move(
        application, "serve_refusal", actor=actor, machine=APPLICATION, detail={"office": actor.office_name},
        stage_since=clock.now(),
    )  # fmt: skip


def discard_letters(application: Application, reason: str, *, actor: Principal) -> None:
    """Letters of a decision that will not be served."""
    for letter in Letter.objects.filter(application=application, kind="refusal", state__in=["draft", "signed"]):
        move(letter, "discard", actor=actor, machine=LETTER, reason=reason)


def reopen(application: Application, *, actor: Principal, reason: str) -> Application:
    """Take a refusal back before it is served: the case stands where it stood, its clock runs on, the letter is void."""
    if not refused_here(actor, application):
        raise Missing
    if application.state != "to_refuse":
        raise already_moved(application, APPLICATION)
    if not reason.strip():
        raise Refused("invalid", "请写明为什么撤回，会记入留痕。", [Problem("请写理由", "reopen-reason")])
    with transaction.atomic():
        overrule.unsign(application, taken_back=True)
        discard_letters(application, f"结论已撤回：{reason.strip()}", actor=actor)
        Opinion.objects.filter(application=application, conclusion="refuse", taken_back_at=None).update(
            taken_back_at=clock.now()
        )
        return move(
            application, f"reopen_{application.refused_from}", actor=actor, machine=APPLICATION, reason=reason.strip(),
            refused_from="",
        )  # fmt: skip
