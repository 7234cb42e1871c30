"""口径 for everybody to read, for the province to answer; and the limits of the stages."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certification import clocks, interpret
from certification.confirm import open_marks
from certification.models import Interpretation, RuleSet
from certification.models.clock import STAGES
from certification.permissions import INTERPRETATION
from certification.tiers import Tier
from foundation.accounts.doors import for_role, public_page
from foundation.accounts.principal import Principal
from foundation.refusals import Missing, Refused

PAGE = 30


@require_safe
@public_page
def interpretations(request: HttpRequest) -> HttpResponse:
    """Answers in force, newest first; officials see open questions on top."""
    principal = request.principal  # type: ignore[attr-defined]
    rows = interpret.visible(principal).exclude(state="withdrawn")
    wanted = request.GET.get("rule", "")
    if wanted:
        rows = rows.filter(rule_set_code=wanted[:40])
    page = Paginator(rows.order_by("-state", "-answered_on", "-id"), PAGE).get_page(request.GET.get("page"))
    return render(request, "certification/interpretations.html", {"page": page, "rows": listed(principal, page)})


def listed(principal: Principal, rows: object) -> list[dict[str, object]]:
    """Each with what this reader may do; marks are read once per rule set."""
    known = {row.code: row for row in RuleSet.objects.filter(state="published").exclude(tier="")}
    marks: dict[str, list[object]] = {}
    told = []
    for row in rows:  # type: ignore[attr-defined]
        may = INTERPRETATION.can(principal, "answer", row)
        if may and row.rule_set_code in known and row.rule_set_code not in marks:
            marks[row.rule_set_code] = list(open_marks(known[row.rule_set_code]))
        own = [m for m in marks.get(row.rule_set_code, []) if getattr(m, "mark", "") != "X"]
        told.append(
            {
                "row": row, "label": INTERPRETATION.label(row), "may_answer": may, "marks": own,
                "may_withdraw": row.state == "answered" and INTERPRETATION.can(principal, "withdraw", row),
            }
        )  # fmt: skip
    return told


@require_POST
@for_role("leader", "policy", levels=("province",))
def answer(request: HttpRequest, public_id: str) -> HttpResponse:
    row = Interpretation.objects.filter(public_id=public_id).first()
    if row is None:
        raise Missing
    principal = request.principal  # type: ignore[attr-defined]
    text = request.POST.get("answer", "").replace("\0", "")
    try:
        if "withdraw" in request.POST:
            interpret.withdraw(row, request.POST.get("reason", "").replace("\0", ""), actor=principal)
            messages.success(request, f"{row.number}已停止适用。")
        else:
            interpret.answer(
                row,
                text,
                actor=principal,
                mark_path=request.POST.get("mark_path", ""),
                question=typed_question(request),
            )
            messages.success(request, f"已答复，编号{row.number}，即时公开。")
    except Refused as refusal:
        if refusal.code not in ("invalid", "forbidden"):
            raise
        told = listed(principal, [row])
        context = {
            "rows": told, "page": None, "refusal": refusal, "typed": text, "typed_question": typed_question(request),
        }  # fmt: skip
        return render(request, "certification/interpretations.html", context, status=refusal.status)
    return redirect("certification:interpretations")


def typed_question(request: HttpRequest) -> str | None:
    """The question as the answerer would have it public; None leaves it as it was asked."""
    typed = request.POST.get("question")
    return typed.replace("\0", "") if typed is not None else None


@require_http_methods(["GET", "HEAD", "POST"])
@for_role("reviewer", "leader", levels=("province",))
def limits(request: HttpRequest) -> HttpResponse:
    """How many working days each stage may take, where the number comes from, and how long things really take."""
    principal = request.principal  # type: ignore[attr-defined]
    refusal, typed = None, {}
    if request.method == "POST":
        typed = {
            name: request.POST.get(name, "").replace("\0", "").strip()
            for name in ("tier", "stage", "workdays", "source")
        }
        if typed["tier"] not in Tier.values or typed["stage"] not in dict(STAGES):
            raise Missing
        days = (
            int(typed["workdays"])
            if typed["workdays"].isascii() and typed["workdays"].isdigit() and len(typed["workdays"]) < 5
            else 0
        )
        try:
            clocks.set_limit(typed["tier"], typed["stage"], days, typed["source"], actor=principal)
            messages.success(request, "时限已保存，企业和各级办理单位即时可见。")
            return redirect("certification:limits")
        except Refused as found:
            refusal = found
            if found.code != "invalid":
                raise
    known = clocks.limits()
    rows = [
        {"tier": tier, "label": label, "stage": stage, "words": words, "limit": known.get((tier, stage)),
         "typed": typed if typed.get("tier") == tier and typed.get("stage") == stage else {}}
        for tier, label in Tier.choices for stage, words in STAGES
    ]  # fmt: skip
    context = {"rows": rows, "refusal": refusal, "may_set": principal.has_role("leader")}
    return render(request, "certification/limits.html", context, status=refusal.status if refusal else 200)
