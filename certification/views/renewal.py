"""The re-review's form beside the one of last time."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from certification import apply, last_time, renew
from certification.tiers import CaseType
from certification.views.applicant import own
from foundation.accounts.doors import for_member
from foundation.refusals import Missing


@require_safe
@for_member
def differences(request: HttpRequest, public_id: str) -> HttpResponse:
    application = own(request, public_id)
    if application.case_type != CaseType.RENEWAL:
        raise Missing
    last, steps = renew.beside(application)
    is_open = application.state in ("draft", "returned")
    context = {
        "application": application, "last": last, "steps": steps, "record": last_time.record_of(application),
        "open": is_open, "left": renew.left_to_do(application) if is_open else [], "last_step": apply.steps_of(application)[-1].code, "changed": sum(len(s.changed) for s in steps),
    }  # fmt: skip
    return render(request, "certification/differences.html", context)
