"""What a desk does beside judging: heartbeat, handler, marks on evidence, clock, questions about a criterion."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from certification import clocks, handling, interpret, looking
from certification import highlight as marking
from certification.models import Application
from certification.views.desk import find, page
from enterprises.models import Evidence
from foundation import clock
from foundation.accounts.doors import for_role
from foundation.refusals import Missing, Problem, Refused


def back(application: Application, *, at: str = "", paper: str = "", number: str = "") -> HttpResponse:
    """To the same criterion, paper and page."""
    query = "&".join(f"{k}={v}" for k, v in (("at", at), ("paper", paper), ("page", number)) if v)
    address = reverse("certification:case", args=[application.public_id])
    return redirect(f"{address}{'?' if query else ''}{query}{'#evidence' if paper else ''}")


@require_POST
@for_role("reviewer", "leader")
def here(request: HttpRequest, public_id: str) -> HttpResponse:
    """The page's heartbeat: who else is here, and whether the case has moved meanwhile."""
    application = find(request, public_id)
    others = looking.still_here(application, actor=request.principal)  # type: ignore[attr-defined]
    return JsonResponse(
        {"others": list(others), "version": application.version, "verdicts": application.verdicts.count()}
    )


@require_POST
@for_role("reviewer", "leader")
def assign(request: HttpRequest, public_id: str) -> HttpResponse:
    application = find(request, public_id)
    row = handling.assign(application, request.POST.get("handler", ""), actor=request.principal)  # type: ignore[attr-defined]
    messages.success(request, f"承办人：{row.user_name}" if row else "已不指定承办人。")
    return back(application)


@require_POST
@for_role("reviewer", "leader")
def highlight(request: HttpRequest, public_id: str) -> HttpResponse:
    application = find(request, public_id)
    paper = Evidence.objects.filter(
        public_id=request.POST.get("paper", ""), enterprise_id=application.enterprise_id
    ).first()
    if paper is None:
        raise Missing
    box = tuple(
        whole(request.POST.get(name, ""), default)
        for name, default in zip(("left", "top", "width", "height"), marking.WHOLE_PAGE, strict=True)
    )
    number = whole(request.POST.get("page", ""), 1)
    try:
        marking.highlight(
            application, paper.sha256, number, request.POST.get("note", "").replace("\0", ""),
            actor=request.principal, box=(box[0], box[1], box[2], box[3]), criterion=request.POST.get("criterion", ""),  # type: ignore[attr-defined]
        )  # fmt: skip
    except Refused as refusal:
        if refusal.code != "invalid":
            raise
        return page(request, application, refusal)
    return back(application, at=request.POST.get("criterion", "")[:20], paper=paper.public_id, number=str(number))


def whole(text: str, default: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else default


@require_POST
@for_role("reviewer", "leader")
def erase(request: HttpRequest, public_id: str, mark: str) -> HttpResponse:
    application = find(request, public_id)
    marking.erase(application, mark, actor=request.principal)  # type: ignore[attr-defined]
    given = request.POST
    return back(
        application, at=given.get("at", "")[:20], paper=given.get("paper", "")[:40], number=given.get("page", "")[:5]
    )


@require_POST
@for_role("reviewer", "leader")
def pause(request: HttpRequest, public_id: str) -> HttpResponse:
    application = find(request, public_id)
    try:
        if "resume" in request.POST:
            clocks.resume(application, actor=request.principal)  # type: ignore[attr-defined]
        else:
            clocks.pause(application, request.POST.get("reason", "").replace("\0", ""), actor=request.principal)  # type: ignore[attr-defined]
    except Refused as refusal:
        if refusal.code not in ("invalid", "conflict"):
            raise
        return page(request, application, refusal)
    return back(application)


@require_POST
@for_role("reviewer", "leader")
def ask(request: HttpRequest, public_id: str) -> HttpResponse:
    """A question at a criterion goes to the province; the case waits or goes on, as the reviewer sees fit."""
    application = find(request, public_id)
    code = request.POST.get("criterion", "")
    try:
        interpret.ask(
            application.rule_set_code, code, request.POST.get("question", "").replace("\0", ""),
            actor=request.principal, about=application,  # type: ignore[attr-defined]
        )  # fmt: skip
    except Refused as refusal:
        if refusal.code != "invalid":
            raise
        return page(request, application, refusal)
    messages.success(request, "问题已送自治区。答复后会显示在这一条旁边，并公开给各级和企业。")
    return back(application, at=code[:20])


@require_http_methods(["GET", "HEAD", "POST"])
@for_role("reviewer", "leader")
def covers(request: HttpRequest) -> HttpResponse:
    """Cover while somebody is away; it ends by itself."""
    principal = request.principal  # type: ignore[attr-defined]
    typed = {name: request.POST.get(name, "") for name in ("absent", "deputy", "from_on", "until_on")}
    refusal = None
    if request.method == "POST" and request.POST.get("end", "").isdigit():
        handling.end_cover(int(request.POST["end"][:9]), actor=principal)
        messages.success(request, "代办已结束。")
        return redirect("certification:covers")
    if request.method == "POST":
        try:
            days = [day_of(typed["from_on"], "from_on"), day_of(typed["until_on"], "until_on")]
            row = handling.cover(typed["absent"], typed["deputy"], *days, actor=principal)
            messages.success(request, f"已安排：{row}，到{row.until_on:%Y年%-m月%-d日}为止。")
            return redirect("certification:covers")
        except Refused as found:
            if found.code not in ("invalid", "forbidden"):
                raise
            refusal = found
    people = list(handling.colleagues(principal))
    mine = next((p.username for p in people if p.pk == principal.user_id), "")
    context = {"rows": handling.covers_of(principal), "people": people, "typed": typed, "refusal": refusal, "mine": mine,
               "today": clock.today()}  # fmt: skip
    return render(request, "certification/covers.html", context, status=refusal.status if refusal else 200)


def day_of(text: str, field: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Refused("invalid", "代办没有安排成，请改正后再存。", [Problem("请选择日期", field)]) from error
