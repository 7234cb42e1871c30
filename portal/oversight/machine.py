"""The system administrator's desk: background work, what was set aside and why, the timetable, client systems."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db.models import Count, Max, Min, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_celery_beat.models import PeriodicTask

from foundation.accounts.doors import for_role
from foundation.audit.record import record
from foundation.audit.sentences import register
from foundation.exchange import clients as exchange
from foundation.exchange.models import ApiClient
from foundation.form_words import NamingForm
from foundation.ledger import work
from foundation.ledger.models import WorkItem, WorkState
from foundation.refusals import Missing, Refused
from foundation.regions.models import bodies

register({"work.retry": "{actor}把任务“{thing}”从隔离中取出重试"})

SHOWN = 50
KINDS = {
    "blind.papers": "遮去材料里的企业名称",
    "certification.announce": "到点公告",
    "certification.ends_undecided": "期满没有办结的提醒",
    "certification.hour": "公示与有效期到期",
    "certification.late": "超过时限的提醒",
    "certification.night": "夜间复核",
    "certification.tell_list": "名单公布的通知",
    "mail.carry": "发送消息",
    "mail.digest": "每日汇总",
    "obligations.remind": "期限提醒",
    "rereview.help": "开始和结束帮扶",
    "rereview.list": "建立复核名单",
    "rereview.open": "发起复核",
    "rereview.slice": "逐户复核",
    "rereview.tell": "复核名单的通知",
    "visits.on_list": "抽中实地核查的通知",
    "window.tell": "窗口延长的通知",
}
"""The kinds of background work by the words that an administrator reads; the code stands beside them for the log."""


@require_safe
@for_role("system", levels=("province",))
def machine(request: HttpRequest) -> HttpResponse:
    todo, done, aside = (Count("id", filter=Q(state=state)) for state in WorkState.values)
    kinds = WorkItem.objects.values("kind").order_by("kind").annotate(
        todo=todo, done=done, aside=aside, last=Max("done_at"), oldest=Min("due_at", filter=Q(state=WorkState.TODO)),
    )  # fmt: skip
    quarantined = WorkItem.objects.filter(state=WorkState.QUARANTINED).order_by("-id")
    context = {
        "kinds": [row | {"words": KINDS.get(row["kind"], row["kind"])} for row in kinds], "quarantined": [(item, KINDS.get(item.kind, item.kind)) for item in quarantined[:SHOWN]], "aside": quarantined.count(),
        "timetable": PeriodicTask.objects.select_related("crontab", "interval").exclude(task__startswith="celery.").order_by("id"),
        "seal_key": bool(settings.AUDIT_SEAL_KEY), "scanner": settings.SCANNER,
    }  # fmt: skip
    return render(request, "oversight/machine.html", context)


@require_POST
@for_role("system", levels=("province",))
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    item = WorkItem.objects.filter(pk=pk).first()
    if item is None:
        raise Missing
    if work.retry(item.pk):
        record("work.retry", item, actor=request.principal)  # type: ignore[attr-defined]
        messages.success(request, "已取出，几秒内重新办理。")
    else:
        messages.warning(request, "这个任务不在隔离中，可能同事已经取出。")
    return redirect("oversight:machine")


class ClientForm(NamingForm):
    name = forms.CharField(label="单位和系统", max_length=80, help_text="例：银川市工信局数据平台")
    reach = forms.ChoiceField(label="辖区")
    scopes = forms.MultipleChoiceField(label="权限", widget=forms.CheckboxSelectMultiple, help_text="只开需要的")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reach: Any = self.fields["reach"]
        scopes: Any = self.fields["scopes"]
        reach.choices = [(path, body.name) for path, body in bodies().items()]
        scopes.choices = list(settings.OAUTH2_PROVIDER["SCOPES"].items())
        for name in ("name", "reach"):
            self.fields[name].widget.attrs["class"] = "in"


@require_http_methods(["GET", "HEAD", "POST"])
@for_role("system", levels=("province",))
def clients(request: HttpRequest) -> HttpResponse:
    form = ClientForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            client, secret = exchange.add(**form.cleaned_data, actor=request.principal)  # type: ignore[attr-defined]
        except Refused as refusal:
            for problem in refusal.problems:
                form.add_error(problem.field, problem.message)
        else:
            return render(request, "oversight/client_secret.html", {"client": client, "secret": secret})
    rows = ApiClient.objects.order_by("reach", "id")
    return render(
        request,
        "oversight/clients.html",
        {"rows": rows, "form": form, "scopes": settings.OAUTH2_PROVIDER["SCOPES"]},
        status=422 if form.errors else 200,
    )


def _client(client_id: str) -> ApiClient:
    found = ApiClient.objects.filter(client_id=client_id).first()
    if found is None:
        raise Missing
    return found


@require_POST
@for_role("system", levels=("province",))
def renew(request: HttpRequest, client_id: str) -> HttpResponse:
    client = _client(client_id)
    secret = exchange.renew(client, actor=request.principal)  # type: ignore[attr-defined]
    return render(request, "oversight/client_secret.html", {"client": client, "secret": secret})


@require_POST
@for_role("system", levels=("province",))
def close(request: HttpRequest, client_id: str) -> HttpResponse:
    client = _client(client_id)
    exchange.close(client, actor=request.principal)  # type: ignore[attr-defined]
    messages.success(request, f"{client.name}已停用，令牌即刻失效。")
    return redirect("oversight:clients")
