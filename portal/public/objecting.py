"""异议 without an account: the form on a running list, the receipt, the tracking by number and code, the archived list."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from certification import object as verbs
from certification.models import Objection, Posting
from certification.permissions import OBJECTION
from certification.queries import postings as visible_postings
from enterprises.attach import LIMITS, path_of
from foundation.accounts.doors import public_page
from foundation.exchange import form_keys
from foundation.refusals import Missing, Problem, Refused


class ObjectionForm(forms.Form):
    """What somebody says, shown again as typed when something is missing; the verb judges it."""

    line = forms.TypedChoiceField(label="对哪家企业有异议", coerce=int)
    facts = forms.CharField(
        label="事实和依据", max_length=4000, widget=forms.Textarea(attrs={"rows": 8}),
        help_text="写清时间、地点、事情和依据；没有事实依据的，无法核查",
    )  # fmt: skip
    name = forms.CharField(label="您的姓名", max_length=40, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    contact = forms.CharField(label="联系电话或邮箱", max_length=80, help_text="只用于核查时与您联系")
    organisation = forms.CharField(label="单位或住址", max_length=120, required=False)
    relation = forms.CharField(
        label="与被反映企业的关系", max_length=40, required=False, help_text="如同行、客户、员工、无关系"
    )

    def __init__(self, data: Any, *, posting: Posting) -> None:
        super().__init__(data)
        lines = [(i.place, f"{i.place}　{i.enterprise_name}") for i in posting.items.all()]
        self.fields["line"].choices = [("", "请选择"), *lines]  # type: ignore[attr-defined]
        for name, field in self.fields.items():
            field.widget.attrs["class"] = "in"
            field.error_messages["required"] = verbs.ASKED.get(name, "请选择名单中的一家企业")
            if field.help_text:
                field.widget.attrs["aria-describedby"] = f"id_{name}-h"

    @property
    def problems(self) -> list[Problem]:
        return [Problem(str(error), name) for name, errors in self.errors.items() for error in errors]


def running(request: HttpRequest, public_id: str) -> Posting:
    found = visible_postings(request.principal).filter(public_id=public_id).first()  # type: ignore[attr-defined]
    if found is None:
        raise Missing
    return found


@never_cache
@public_page
def objection(request: HttpRequest, public_id: str) -> HttpResponse:
    """Fill in and send; the answer carries number and code, which is the only time the code is shown."""
    posting = running(request, public_id)
    form = ObjectionForm(request.POST if request.method == "POST" else None, posting=posting)
    problems: list[Problem] = []
    if request.method == "POST":
        problems = form.problems
        if not problems:
            try:
                made, code = verbs.lodge(
                    posting, form.cleaned_data["line"], form.cleaned_data, request.FILES.getlist("files"),
                    form_key=request.POST.get(form_keys.FIELD, ""),
                )  # fmt: skip
            except Refused as refusal:
                problems = list(refusal.problems) or [Problem(refusal.sentence)]
            else:
                return render(
                    request, "public/objection_received.html", {"objection": made, "code": code, "posting": posting}
                )
    context = {
        "posting": posting, "form": form, "problems": problems, "is_open": posting.state == "running", "limits": LIMITS,
        "most": verbs.MOST_FILES, "files_chosen": bool(request.FILES),
    }  # fmt: skip
    return render(request, "public/objection.html", context, status=422 if problems else 200)


@never_cache
@public_page
def objection_track(request: HttpRequest) -> HttpResponse:
    """Number and code in a form, never in an address: addresses end up in histories and logs."""
    given = {"receipt": request.POST.get("receipt", ""), "code": request.POST.get("code", "")}
    context: dict[str, Any] = {"given": given}
    if request.method != "POST":
        return render(request, "public/objection_track.html", context)
    try:
        act = verbs.withdraw if request.POST.get("act") == "withdraw" else verbs.track
        row: Objection = act(given["receipt"], given["code"])
    except Missing:
        context["problems"] = [
            Problem("编号或查询码不对", "receipt", hint="编号形如 YY-2026-0001；查询码共 20 位，提交时给出")
        ]
        return render(request, "public/objection_track.html", context, status=422)
    context |= {"objection": row, "label": OBJECTION.label(row), "may_withdraw": OBJECTION.edge("withdraw", row.state)}
    return render(request, "public/objection_track.html", context)


@require_safe
@public_page
def posting_file(request: HttpRequest, digest: str) -> HttpResponse:
    """The list as it was posted, by its hash; whoever has the hash knows that the file is the one."""
    row = visible_postings(request.principal).filter(file_hash=digest).first() if digest else None  # type: ignore[attr-defined]
    if row is None:
        raise Missing
    if not path_of(digest).is_file():
        raise Refused("unavailable", "存档文件暂时取不到，请稍后再试。")
    name = f"{row.title}.pdf"
    if settings.X_ACCEL:
        response = HttpResponse()
        response.headers["X-Accel-Redirect"] = f"/private/{digest[:2]}/{digest}"
        response.headers["Content-Disposition"] = f'attachment; filename="{digest[:12]}.pdf"'
    else:
        response = FileResponse(path_of(digest).open("rb"), as_attachment=True, filename=name)  # type: ignore[assignment]
    response.headers["Content-Type"] = "application/pdf"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
