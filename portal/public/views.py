"""Public doors: the ladder, the self-check, the register, certificates, postings, standards."""

from datetime import date
from io import BytesIO
from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from certification import library, stamp
from certification.conceal import objection_outcomes
from certification.confirm import open_marks
from certification.models import Call, Certificate, Posting, RuleSet, running
from certification.permissions import CALL, CERTIFICATE, POSTING
from certification.queries import calls as visible_calls
from certification.queries import postings as visible_postings
from certification.queries import register as all_titles
from certification.queries import was_public
from certification.renewable import renewable_titles
from certification.rules.provenance import bounded_by
from certification.rules.resolve import Unresolvable
from certification.rules.schema import PackDocument, Parameter
from certification.tiers import WORDS, Tier, is_national
from certification.years import years_table
from enterprises import credit_code, plausible
from foundation import clock
from foundation.accounts.doors import public_page
from foundation.audit.models import AuditEvent
from foundation.audit.record import timeline
from foundation.refusals import Missing, Problem
from foundation.regions.models import bodies
from foundation.regions.paths import path_range
from foundation.transitions import Label
from portal import carry
from portal.public import self_check as check

PAGE = 30


@public_page
def home(request: HttpRequest) -> HttpResponse:
    looked_up = request.GET.get("number", "").strip()
    if looked_up and "/" not in looked_up:
        return redirect("public:verify", number=looked_up[:60])
    if looked_up:  # no number looks like this, and it would not fit into an address
        context = {"number": looked_up[:60], "others": []}
        return render(request, "certification/certificate_verify.html", context, status=404)
    counts = dict(Certificate.objects.filter(running(clock.today())).values_list("tier").annotate(n=Count("id")))
    now = clock.now()
    open_calls = Call.objects.filter(state="published", closes_at__gt=now).order_by("closes_at")
    steps = [
        {"tier": tier, "label": Tier(tier).label, "count": counts.get(tier, 0), "words": WORDS[tier], "place": place}
        for place, tier in enumerate(Tier.values, 1)
    ]
    return render(request, "public/home.html", {"steps": steps, "calls": open_calls})


@public_page
def self_check(request: HttpRequest) -> HttpResponse:
    context: dict[str, Any] = {"groups": check.questions(), "today": clock.today(), "data": request.POST}
    wrong: dict[str, Problem] = {}
    slips: dict[str, Problem] = {}
    if request.method == "POST":
        facts, problems = check.read(request.POST)
        context["problems"] = problems
        wrong = {p.field: p for p in problems}
        slips = {p.field: p for p in reversed(plausible.warnings(facts))}
        if not problems and "carry" in request.POST:
            count = carry.keep(request, check.typed(request.POST))
            messages.success(request, f"自测的 {count} 项已经记下，登录后可以带入数据底表。")
            return redirect("home:enterprise" if request.principal.is_member else "enterprises:register")  # type: ignore[attr-defined]
        if not problems:
            try:
                context["answers"] = check.answers(facts, clock.today())
            except Unresolvable as clash:
                context["clash"] = str(clash)
    boxes = [(box, words, request.POST.get(box) == "yes") for box, words, _ in check.CONFIRMED]
    context |= {"wrong": wrong, "slips": slips.values(), "held": request.POST.getlist("holds"), "boxes": boxes}
    context["years"] = years_table(
        check.names(),
        clock.today(),
        lambda name: {"value": request.POST.get(name, ""), "problem": wrong.get(name), "warning": slips.get(name)},
    )
    return render(request, "public/self_check.html", context)


@public_page
def register(request: HttpRequest) -> HttpResponse:
    rows = all_titles().order_by("-announced_on", "number")
    words, tier, path, state, year = (request.GET.get(k, "").strip() for k in ("q", "tier", "region", "state", "year"))
    if words:
        rows = rows.filter(
            Q(enterprise_name__icontains=words) | Q(credit_code=credit_code.normalise(words)) | Q(number=words)
        )
    if tier in Tier.values:
        rows = rows.filter(tier=tier)
    if path in bodies():
        low, high = path_range(path)
        rows = rows.filter(region_path__gte=low, region_path__lt=high)
    if state == "valid":
        rows = rows.filter(running(clock.today()))
    elif state in CERTIFICATE.states.labels:
        rows = rows.filter(state=state)
    if year.isascii() and year.isdigit() and len(year) == 4:
        rows = rows.filter(announced_on__year=int(year))
    is_new = request.GET.get("new") == "1"
    if is_new:
        rows = rows.exclude(application__case_type="renewal")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    labelled = [(row, label_today(row)) for row in page]
    return render(
        request,
        "public/register.html",
        {
            "page": page, "rows": labelled, "query": query.urlencode(), "tiers": Tier.choices, "q": words, "tier": tier,
            "region": path, "bodies": list(bodies().values()), "states": CERTIFICATE.states.labels.items(), "state": state,
            "year": year, "is_new": is_new,
        },
    )  # fmt: skip


def label_today(title: Certificate) -> Label:
    """The words of its state as the calendar has it: days end at midnight, and the office's clock follows within the hour."""
    today = clock.today()
    if title.state != "valid" or title.runs_on(today):
        return CERTIFICATE.label(title)
    if title.valid_from > today:
        return Label("尚未生效", "尚未生效", "有效期从起始日开始", "draft")
    return CERTIFICATE.states.labels["expired"]


@public_page
def verify(request: HttpRequest, number: str) -> HttpResponse:
    """Valid or not in one glance, by number or by credit code; a wrong number is told as such, never guessed."""
    found = all_titles().filter(number=number).select_related("announcement", "kept_open_by").first()
    if found is None:
        others = all_titles().filter(credit_code=credit_code.normalise(number)).order_by("-valid_from")[:10]
        context = {"number": number, "others": [(row, label_today(row)) for row in others]}
        return render(request, "certification/certificate_verify.html", context, status=200 if others else 404)
    history = all_titles().filter(credit_code=found.credit_code).exclude(pk=found.pk).order_by("-valid_from")
    return render(
        request,
        "certification/certificate_verify.html",
        {
            "certificate": found, "label": label_today(found), "is_national": is_national(found.tier),
            "words": WORDS[found.tier], "history": [(row, label_today(row)) for row in history],
            "is_running": found.runs_on(clock.today()), "is_stamped": stamp.is_configured(),
        },
    )  # fmt: skip


@public_page
def qr(request: HttpRequest, number: str) -> HttpResponse:
    if not all_titles().filter(number=number).exists():
        raise Missing
    out = BytesIO()
    address = settings.BASE_URL + reverse("public:verify", args=[number])
    segno.make(address, error="m").save(out, kind="svg", scale=4, border=2, xmldecl=False)
    return HttpResponse(out.getvalue(), content_type="image/svg+xml")


@public_page
def postings(request: HttpRequest) -> HttpResponse:
    rows = Posting.objects.filter(was_public()).annotate(lines=Count("items")).order_by("-starts_on", "-id")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "rows": [(row, POSTING.label(row)) for row in page], "outcomes": objection_outcomes(),
        "floor": settings.SMALL_CELL,
    }  # fmt: skip
    return render(request, "public/postings.html", context)


@public_page
def posting(request: HttpRequest, public_id: str) -> HttpResponse:
    found = visible_postings(request.principal).filter(public_id=public_id).select_related("call").first()  # type: ignore[attr-defined]
    if found is None:
        raise Missing
    return render(
        request, "public/posting.html",
        {"posting": found, "label": POSTING.label(found), "items": found.items.all(), "taken_down": taken_down(found)},
    )  # fmt: skip


def taken_down(found: Posting) -> AuditEvent | None:
    """The public line of a list that was withdrawn: when, and why."""
    return timeline(found, ["public"]).filter(act="posting.cancel").first() if found.state == "cancelled" else None


@public_page
def standards(request: HttpRequest) -> HttpResponse:
    rows = RuleSet.objects.filter(state="published").exclude(tier="").order_by("tier", "-effective_from")
    return render(request, "public/standards.html", {"rows": rows, "today": clock.today()})


def numbers(document: PackDocument) -> list[tuple[str, date | None, str | int, Parameter]]:
    """Each number of a standard: what it bounds in words, the day from which it holds (None: always), the value, the rest."""
    words, rows = bounded_by(document), []
    for name, one in document.parameters.items():
        values = [(None, one.value)] if one.value is not None else sorted(one.values.items())
        rows += [(words[name], start, value, one) for start, value in values]
    return rows


@public_page
def standard(request: HttpRequest, code: str) -> HttpResponse:
    row = RuleSet.objects.filter(code=code, state="published").exclude(tier="").first()
    if row is None:
        raise Missing
    rule_set = library.published().rule_set(code)
    return render(
        request,
        "public/standard.html",
        {
            "row": row, "document": rule_set.document, "criteria": rule_set.criteria, "indicators": rule_set.document.indicators,
            "unconfirmed": open_marks(row), "parameters": numbers(rule_set.document),
        },
    )  # fmt: skip


@public_page
def call(request: HttpRequest, public_id: str) -> HttpResponse:
    found = visible_calls(request.principal).filter(public_id=public_id).select_related("rule_set").first()  # type: ignore[attr-defined]
    if found is None:
        raise Missing
    now = clock.now()
    is_running = found.state == "published" and found.opens_at <= now < found.closes_at
    extended = found.extensions.filter(state="signed").order_by("-id").first()
    context: dict[str, Any] = {
        "call": found,
        "label": CALL.label(found),
        "is_running": is_running,
        "extended": extended,
    }
    if is_running and request.principal.is_member:  # type: ignore[attr-defined]
        # A re-review is for who holds a title of this list: the others read why before they begin.
        firm = min(request.principal.enterprise_ids, default=None)  # type: ignore[attr-defined]
        context["not_ours"] = renewable_titles([(found, firm)]).get((found.pk, firm)) if firm is not None else None
    return render(request, "public/call.html", context)


@public_page
def help_page(request: HttpRequest) -> HttpResponse:
    """How to do what one came for, for firms and for those who review."""
    return render(request, "public/help.html", {"width": "reading"})
