"""Refusing what an office below has recommended needs a reason of the list, words, and a second person's signature.

The second signature is the one under the letter: without it the letter is not served, and a refusal that is not served has
no effect. Whoever refused does not sign. Where a meeting voted, its members are the second signature.
"""

from typing import Any

from certification import override
from certification.models import Application, Override
from certification.states import IN_REVIEW
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.refusals import Problem, Refused

BY_SYSTEM = "stated"


def reasons() -> dict[str, str]:
    return override.words_of("offices")


def recommended_below(application: Application) -> list[str]:
    """The offices that recommended the submission under review at a stage before this one; empty outside the review.

    An opinion of the same stage is a colleague's who was faster: the move then says that the case has moved on.
    """
    if application.state not in IN_REVIEW:
        return []
    number = application.submissions.order_by("-number").values_list("number", flat=True).first() or 0
    rows = application.opinions.filter(conclusion="recommend", submission_number=number, taken_back_at=None)
    return list(rows.exclude(stage=application.state).order_by("at").values_list("office_name", flat=True))


def of(application: Application) -> Override | None:
    found: Override | None = application.overrides.filter(against="offices", taken_back_at=None).order_by("-id").first()
    return found


def reason_for(application: Application, code: str, actor: Principal) -> str:
    """The code that will be written; "" where nobody below is overruled. Refused("invalid") where an official chose none."""
    if not recommended_below(application):
        return ""
    if code == override.BY_HOUSE and not has_voted_it_down(application):
        code = ""
    if not actor.is_official:
        return code or BY_SYSTEM
    if code not in reasons():
        raise Refused(
            "invalid", "下级机关推荐过这一件，不予通过要选择理由，并由另一人在文书上签字。",
            [Problem("请选择为什么与下级的推荐不同", "reason_code")],
        )  # fmt: skip
    return code


def has_voted_it_down(application: Application) -> bool:
    """A closed meeting has concluded so and it waits to be carried out: nobody else may sign in a meeting's name."""
    rows = application.agenda_items.filter(result="refuse", meeting__state="closed", carried_out_at=None)
    return bool(rows.exists())


def write(application: Application, code: str, text: str, *, actor: Principal) -> None:
    """Part of review.refuse(), in its transaction and before the move."""
    offices = recommended_below(application)
    number = application.submissions.order_by("-number").values_list("number", flat=True).first() or 0
    Override.objects.create(
        application=application, enterprise_id=application.enterprise_id, region_path=application.region_path, against="offices",
        submission_number=number, codes=offices, reason_code=code, text=text.strip()[:4000], asked_by_id=actor.user_id,
        asked_by_name=actor.name, asked_at=clock.now(), signed_at=clock.now() if code == override.BY_HOUSE else None,
        signed_by_name=override.reasons()[override.BY_HOUSE] if code == override.BY_HOUSE else "",
    )  # fmt: skip
    record(
        "override.overrule", application, actor=actor, reason=text.strip(),
        detail={"offices": "、".join(offices), "why": reasons()[code]},
    )  # fmt: skip


def refuse_the_same_person(application: Application, *, actor: Principal) -> None:
    """Refused("conflict") where whoever refused against the offices below would sign the letter too."""
    row = of(application)
    if row is not None and row.signed_at is None and row.asked_by_id == actor.user_id:
        raise Refused("conflict", f"与下级推荐不同的结论由{row.asked_by_name}作出，文书要由另一位负责人签发。")


def sign(application: Application, *, actor: Principal) -> None:
    """Part of signing the letter."""
    Override.objects.filter(application=application, against="offices", taken_back_at=None, signed_at=None).update(
        signed_by_id=actor.user_id, signed_by_name=actor.name, signed_at=clock.now()
    )


def unsign(application: Application, *, taken_back: bool = False) -> None:
    """Part of taking the letter back, or the refusal itself."""
    rows = Override.objects.filter(application=application, against="offices", taken_back_at=None)
    if taken_back:
        rows.update(taken_back_at=clock.now())
    else:
        rows.exclude(reason_code=override.BY_HOUSE).update(signed_by_id=None, signed_by_name="", signed_at=None)


def panel(application: Application) -> dict[str, Any]:
    """For the case page: whom a refusal would overrule, and the overruling that stands."""
    row = of(application)
    return {
        "recommended_below": recommended_below(application), "overrule_reasons": [(c, w) for c, w in reasons().items() if c not in (BY_SYSTEM, override.BY_HOUSE)],
        "overruled": row, "overruled_words": reasons().get(row.reason_code, "") if row else "",
    }  # fmt: skip
