"""The yearly update: last year on the left, this year on the right."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from certification import platform_update
from certification import update as verbs
from certification.agenda import update_window
from enterprises.difference import difference
from enterprises.freshness import mark
from enterprises.permissions import may_edit_and_is_verified
from enterprises.queries import own_enterprise
from enterprises.sections import section_named
from foundation import clock
from foundation.accounts.doors import for_member
from foundation.refusals import Refused


@require_http_methods(["GET", "HEAD", "POST"])
@for_member
def update(request: HttpRequest) -> HttpResponse:
    """Unchanged is one click; only what is missing or old has a box."""
    principal = request.principal  # type: ignore[attr-defined]
    if not principal.enterprise_ids:
        return redirect("enterprises:link")
    refusal = None
    if request.method == "POST":
        try:
            return act(request)
        except Refused as found:
            if found.code not in (
                "invalid",
                "stale",
                "window_closed",
                "unverified",
                "forbidden",
                "conflict",
                "too_large",
            ):
                raise
            refusal = found
    return page(request, refusal)


def boxes(request: HttpRequest) -> dict[str, str]:
    return {
        name.removeprefix("box_"): str(value).replace("\0", "").strip()[:40]
        for name, value in request.POST.items()
        if name.startswith("box_")
    }


def act(request: HttpRequest) -> HttpResponse:
    """Whatever was typed is kept first; then the part, or all of it, is confirmed."""
    principal = request.principal  # type: ignore[attr-defined]
    firm, given = own_enterprise(principal), boxes(request)
    if request.POST.get("act") == "platform":
        row = platform_update.note(firm, on_platform(request), actor=principal, upload=request.FILES.get("file"))
        messages.success(request, f"已登记{row.year}年度已在国家平台更新，不再提醒，也不需要在这里重填。")
        return redirect("certification:update")
    changed = verbs.save(firm, given, seen=request.POST.get("seen", ""), actor=principal)
    if "same" in request.POST:
        verbs.confirm_group(firm, request.POST["same"], actor=principal)
        messages.success(request, "已确认这一部分。")
    elif "all" in request.POST:
        row = verbs.confirm_all(firm, actor=principal, platform_reference=request.POST.get("platform_reference", ""))
        messages.success(request, f"{row.year}年度信息更新已完成，内容摘要 {row.content_hash[:12]}。")
    else:
        messages.success(request, f"已保存 {len(changed)} 项。" if changed else "没有改动。")
    return redirect("certification:update")


def on_platform(request: HttpRequest) -> dict[str, str]:
    return {
        name: request.POST.get(name, "").replace("\0", "").strip()[:80] for name in ("platform_on", "platform_number")
    }


def link_of(code: str) -> str:
    """Where the other answers of a part are corrected: its own form, or its lists in the data sheet."""
    section = section_named(code)
    return "" if section is None else "section" if section.facts else "lists"


def page(request: HttpRequest, refusal: Refused | None) -> HttpResponse:
    principal = request.principal  # type: ignore[attr-defined]
    firm, day = own_enterprise(principal), clock.today()
    window, row = update_window(firm, day), verbs.report_of(firm, day)
    given = boxes(request) if refusal else {}
    told = {p.field: p for p in refusal.problems} if refusal else {}
    groups = [
        {
            "group": g, "done": (row.groups if row else {}).get(g.code), "link": link_of(g.code),
            "asked": [(x, given.get(x.name, x.raw), told.get(x.name)) for x in g.asked],
            "news": [x for x in g.news if not x.asked],
            "rest": [x for x in g.rest if not x.asked],
        }
        for g in difference(firm, day)
    ]  # fmt: skip
    editable, verified = may_edit_and_is_verified(principal, firm.pk)
    context = {
        "firm": firm, "window": window, "row": row, "groups": groups, "seen": mark(firm), "year": day.year - 1, "past": day.year - 2,
        "shut": verbs.is_shut(row, window, day), "editable": editable, "refusal": refusal,
        "verified": verified, "problems": list(refusal.problems) if refusal else [],
        "missing": sum(len(g["group"].missing) for g in groups), "late": window is not None and day > window.latest,  # type: ignore[attr-defined]
        "there": on_platform(request), "today": day.isoformat(), "posted": request.POST.get("act", "") if refusal else "",
        "reference": request.POST.get("platform_reference", row.platform_reference if row else "")[:40],
    }  # fmt: skip
    return render(request, "certification/update.html", context, status=refusal.status if refusal else 200)
