"""The legal representative and the contact of a case in full: one reading, with a purpose, recorded."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from certification.conceal import unmask_people
from certification.views.desk import find, page
from foundation.accounts.doors import for_role
from foundation.refusals import Refused


@require_POST
@for_role("reviewer", "leader")
def people(request: HttpRequest, public_id: str) -> HttpResponse:
    """The names are on this one answer only; reloading the page masks them again."""
    application = find(request, public_id)
    try:
        unmask_people(application, actor=request.principal, purpose=request.POST.get("purpose", ""))  # type: ignore[attr-defined]
    except Refused as refusal:
        if refusal.code != "invalid":
            raise
        return page(request, application, refusal, refused_act="people")
    return page(request, application, unmasked=True)
