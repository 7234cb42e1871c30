"""The first page of each role: one's own step and next date, one's own desk, the province's year."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages as alert
from django.db.models import Count, Max, Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from certification import assist, change, incident, interpret, library
from certification.agenda import agenda
from certification.awaited import awaited
from certification.models import Application, Certificate, Target
from certification.models import running as in_force
from certification.permissions import APPLICATION, answers_interpretations
from certification.queries import applications, certificates, findings, objections, reconsiderations
from certification.quiet import told_label
from certification.rules.gap import Gap, gaps
from certification.rules.resolve import Unresolvable, resolve
from certification.standing import plain_standing
from certification.states import IN_REVIEW, OPEN_OBJECTION, OPEN_RECONSIDERATION
from certification.tiers import WORDS, Tier, is_national
from certification.worklist import MINE
from enterprises.dispute import disputes
from enterprises.models import Membership
from enterprises.queries import own_enterprise
from foundation import clock
from foundation.accounts.doors import for_anyone_signed_in, for_member, for_official, for_role
from foundation.mailroom.posting import inbox
from incentives.match import opened_by
from portal import carry
from portal.figures import charts, figures
from portal.figures import outcomes as outcomes_of


@require_safe
@for_anyone_signed_in
def start(request: HttpRequest) -> HttpResponse:
    """After signing in, everybody lands on their own first page."""
    principal = request.principal  # type: ignore[attr-defined]
    if principal.is_member and principal.enterprise_ids:
        return redirect("home:enterprise")
    if principal.has_role("expert"):
        return redirect("certification:reviews")
    if principal.has_role("department"):
        return redirect("certification:consultations")
    return redirect("home:desk" if principal.is_official else "public:home")


@require_safe
@for_member
def enterprise(request: HttpRequest) -> HttpResponse:
    principal = request.principal  # type: ignore[attr-defined]
    firm = own_enterprise(principal)
    today = clock.today()
    held = {c.tier: c for c in Certificate.objects.filter(in_force(today), enterprise=firm)}
    steps = [
        {
            "tier": tier,
            "label": Tier(tier).label,
            "place": n,
            "held": held.get(tier),
            "words": WORDS[tier],
            "national": is_national(tier),
        }
        for n, tier in enumerate(Tier.values, 1)
    ]
    top = max((s["place"] for s in steps if s["held"]), default=0)
    upcoming = steps[top] if top < len(steps) else None
    membership = Membership.objects.filter(user_id=principal.user_id, enterprise=firm).order_by("-id").first()
    running = [
        (a, told_label(a))
        for a in applications(principal).exclude(state="withdrawn").select_related("call").order_by("-id")[:5]
    ]
    return render(
        request,
        "dashboard/enterprise.html",
        {
            "firm": firm, "steps": steps, "top": top, "upcoming": upcoming, "missing": next_gaps(firm, upcoming), "running": running,
            "dates": dates(firm), "membership": membership, "letters": inbox(request.user)[:5],  # type: ignore[arg-type]
            "opened": opened_by(set(held)), "carried": carry.waiting(request), "awaited": awaited(principal),
            "disputes": disputes(firm),
        },
    )  # fmt: skip


@require_POST
@for_member
def bring_in(request: HttpRequest) -> HttpResponse:
    """The numbers of the visitor's self-check, confirmed into the enterprise's own sheet, or forgotten."""
    principal = request.principal  # type: ignore[attr-defined]
    if "drop" in request.POST:
        carry.drop(request)
        return redirect("home:enterprise")
    changed = carry.bring_in(request, own_enterprise(principal), actor=principal)
    alert.success(
        request, f"已带入 {len(changed)} 项，来源记为企业自述。" if changed else "这些数与数据底表一致，没有改动。"
    )
    return redirect("enterprises:facts")


def next_gaps(firm: Any, upcoming: dict[str, Any] | None) -> dict[str, Any]:
    """What the next step still asks, by the standard in force today."""
    if upcoming is None:
        return {}
    on = clock.today()
    published = library.published()
    try:
        found = resolve(published, tier=upcoming["tier"], case_type="new", on=on)
    except Unresolvable as error:
        return {"reason": str(error), "gaps": []}
    rule_set = published.rule_set(found.rule_set)
    rows = gaps(rule_set, plain_standing(firm, on), on=on)
    return {"code": found.rule_set, "reason": found.reason, "gaps": rows, "words": gap_words(rows)}


def gap_words(rows: Sequence[Gap]) -> str:
    """还差 2 项，另有 1 项待定: what nobody has judged or filled in yet is not short of anything."""
    short = sum(gap.outcome == "unmet" for gap in rows)
    rest = len(rows) - short
    if not short:
        return f"有 {rest} 项待定" if rest else ""
    return f"还差 {short} 项" + (f"，另有 {rest} 项待定" if rest else "")


def dates(firm: Any) -> list[dict[str, Any]]:
    """The nearest days of the calendar, the earlier of two arguable ones first."""
    today = clock.today()
    near = [i for i in agenda(firm) if not i.is_done and (i.earliest >= today or i.loss is not None)][:4]
    return [
        {"on": i.earliest, "what": i.label, "why": "；".join(s.text for s in i.sentences), "past": i.earliest < today, "over": i.latest < today}
        for i in near
    ]  # fmt: skip


@require_safe
@for_official
def desk(request: HttpRequest) -> HttpResponse:
    principal = request.principal  # type: ignore[attr-defined]
    rows = applications(principal)
    mine = rows.filter(state__in=MINE.get(principal.level, []))
    oldest = mine.aggregate(since=Min("stage_since"))["since"]
    listed = [(row, APPLICATION.label(row)) for row in mine.order_by("stage_since")[:10]]
    counts = {
        "mine": mine.count(), "returned": rows.filter(state="returned").count(), "findings": findings(principal).count(),
        "titles": certificates(principal).filter(state="valid").count(),
        "changes": change.visible(principal).filter(state="reported").count(),
        "incidents": incident.visible(principal).filter(state="reported").count(),
        "assistances": assist.visible(principal).filter(state="open").count(),
        "objections": objections(principal).filter(state__in=OPEN_OBJECTION).count(),
        "reconsiderations": reconsiderations(principal).filter(state__in=OPEN_RECONSIDERATION).count(),
        "questions": interpret.visible(principal).filter(state="asked").count() if answers_interpretations(principal, None) else 0,
    }  # fmt: skip
    return render(request, "dashboard/desk.html", {"rows": listed, "counts": counts, "oldest": oldest})


@require_safe
@for_role("leader", "reviewer", "policy", "auditor", levels=("province",))
def overview(request: HttpRequest) -> HttpResponse:
    """The year: target, done, pace, by city. Each number opens its rows and its definition."""
    year = clock.today().year
    wanted = request.GET.get("year", "")
    if wanted.isdigit() and 2022 <= int(wanted) <= year + 1:
        year = int(wanted)
    counted = figures.new_titles_of(year)
    targets = [
        figures.target_line(target, counted)
        for target in Target.objects.filter(year=year, measure="new_titles", region_path="64").order_by("id")
    ]
    wanted_2027 = Target.objects.filter(year=2027).exclude(measure="new_titles")
    outcomes = [outcomes_of.outcome_line(target, figures.DEFINITIONS) for target in wanted_2027]
    late = (
        Application.objects.filter(state__in=IN_REVIEW)
        .values("state", "region_path")
        .annotate(n=Count("id"), since=Min("stage_since"), last=Max("stage_since"))
        .order_by("since")[:8]
    )
    words = APPLICATION.states.labels
    waiting = [{**row, "label": words[row["state"]].officer} for row in late]
    return render(
        request,
        "dashboard/overview.html",
        {"year": year, "targets": targets, "outcomes": outcomes, "patents": outcomes_of.patents("specialised").rows, "cities": figures.by_city(year), "waiting": waiting, "may_open": request.principal.has_role("reviewer", "leader"),  # type: ignore[attr-defined]
         "definitions": [words.split("：", 1) for words in figures.DEFINITIONS.values()], "tiles": charts.tiles("specialised"), "elapsed": charts.elapsed(year),
         "rhythms": [charts.rhythm(line["target"]) for line in targets[:2]], "funnel": charts.funnel("specialised", year)},
    )  # fmt: skip
