"""One's own letters: reminders and served notices, opened, marked, taken into a calendar; how one wants to be told."""

from django.contrib import messages as alert
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.accounts.doors import for_anyone_signed_in
from foundation.mailroom.calendar_file import calendar_of
from foundation.mailroom.carriers import carrier_for
from foundation.mailroom.choose import choose
from foundation.mailroom.models import Message, MessageKind, QuietHours, Topic, Way
from foundation.mailroom.posting import inbox
from foundation.mailroom.serve import mark_read, open_letter, to_read
from foundation.mailroom.sort import choices_of, house_hours
from foundation.refusals import Missing, Refused

PAGE = 30


@require_safe
@for_anyone_signed_in
def messages(request: HttpRequest) -> HttpResponse:
    kind = request.GET.get("kind", "")
    kind = kind if kind in MessageKind.values else ""
    page = Paginator(to_read(request.user, kind), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "kind": kind, "kinds": MessageKind.choices, "query": f"kind={kind}" if kind else ""}
    context["unread"] = [row.public_id for row in page if row.read_at is None and not row.is_legal]
    return render(request, "dashboard/messages.html", context)


@require_POST
@for_anyone_signed_in
def read(request: HttpRequest) -> HttpResponse:
    count = mark_read(request.POST.getlist("message"), actor=request.principal)  # type: ignore[attr-defined]
    alert.success(request, f"已把 {count} 条标为已读。" if count else "没有未读的提醒。")
    return redirect("home:messages")


@require_http_methods(["GET", "HEAD", "POST"])
@for_anyone_signed_in
def letter(request: HttpRequest, public_id: str) -> HttpResponse:
    """Opening is an act of its own (POST): a link checker or a preview must not sign for anybody."""
    message = own(request, public_id)
    if request.method == "POST":
        open_letter(message, actor=request.principal)  # type: ignore[attr-defined]
        return redirect("home:letter", public_id)
    opened = message.proofs.filter(what="opened").first()
    is_shut = message.is_legal and message.read_at is None
    return render(request, "dashboard/letter.html", {"letter": message, "is_shut": is_shut, "opened": opened})


@require_safe
@for_anyone_signed_in
def letter_calendar(request: HttpRequest, public_id: str) -> HttpResponse:
    message = own(request, public_id)
    if message.due_on is None:
        raise Missing
    headers = {"Content-Disposition": f'attachment; filename="{message.due_on:%Y%m%d}.ics"'}
    return HttpResponse(calendar_of(message), content_type="text/calendar; charset=utf-8", headers=headers)


def own(request: HttpRequest, public_id: str) -> Message:
    found = inbox(request.user).filter(public_id=public_id).first()  # type: ignore[arg-type]
    if found is None:
        raise Missing
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@for_anyone_signed_in
def mail_settings(request: HttpRequest) -> HttpResponse:
    principal = request.principal  # type: ignore[attr-defined]
    refusal = None
    if request.method == "POST":
        given = {t.value: (request.POST.get(f"email-{t.value}", ""), f"sms-{t.value}" in request.POST) for t in Topic}
        hours = (request.POST.get("begins", "").strip(), request.POST.get("ends", "").strip())
        rows = [(topic, *given[topic.value]) for topic in Topic]
        try:
            choose(given, hours, actor=principal)
        except Refused as error:
            refusal = error
        else:
            alert.success(request, "通知设置已保存。")
            return redirect("home:mail_settings")
    else:
        rows = list(choices_of(principal.user_id))
        held = QuietHours.objects.filter(person_id=principal.user_id).first()
        hours = (held.begins, held.ends) if held else house_hours()  # type: ignore[assignment]
    context = {"rows": rows, "ways": Way.choices, "begins": hours[0], "ends": hours[1]}
    context |= {"has_email": bool(request.user.email), "has_phone": bool(request.user.phone)}  # type: ignore[union-attr]
    context["sms_open"] = carrier_for("sms") is not None
    context["problems"] = refusal.problems if refusal else ()
    context["wrong"] = {p.field for p in context["problems"]}  # type: ignore[attr-defined]
    return render(request, "dashboard/mail_settings.html", context, status=422 if refusal else 200)
