"""What machines and finders of weaknesses look for at known places: the catalogue of the interface, whom to tell."""

from datetime import timedelta

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from foundation import clock
from foundation.accounts.doors import public_page
from foundation.refusals import Missing

PROFILE = "https://www.rfc-editor.org/info/rfc9727"
WAYS = ("mailto:", "https://", "tel:")
FRESH = timedelta(days=180)
"""RFC 9116 asks for a day less than a year ahead, after which the file counts as forgotten."""


@require_safe
@public_page
def api_catalog(request: HttpRequest) -> HttpResponse:
    """RFC 9727: the one interface, its schema, whether it works now. HEAD says where the catalogue is."""
    here = settings.BASE_URL
    api = {
        "anchor": f"{here}/api/v1/",
        "service-desc": [{"href": here + reverse("api:schema"), "type": "application/vnd.oai.openapi+json"}],
        "service-doc": [{"href": here + reverse("public:help"), "type": "text/html"}],
        "service-meta": [{"href": f"{here}/oauth/token", "title": "OAuth 2.0 client credentials"}],
        "status": [{"href": here + reverse("public:status"), "type": "text/html"}],
    }
    answer = JsonResponse({"linkset": [api]}, content_type=f'application/linkset+json; profile="{PROFILE}"')
    answer.headers["Link"] = f'<{here}{reverse("public:api_catalog")}>; rel="api-catalog"'
    answer.headers["Cache-Control"] = "public, max-age=3600"
    return answer


@require_safe
@public_page
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116. Without a contact there is no such file: an address that nobody reads would be worse than none."""
    if contact_problem() or not settings.SECURITY_CONTACT:
        raise Missing
    until = (clock.now() + FRESH).replace(microsecond=0)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}", f"Expires: {until.isoformat()}", "Preferred-Languages: zh, en",
        f"Canonical: {settings.BASE_URL}{reverse('public:security_txt')}",
    ]  # fmt: skip
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def contact_problem() -> str:
    told = settings.SECURITY_CONTACT
    if told and (not told.startswith(WAYS) or len(told.split()) != 1):
        return f"SECURITY_CONTACT={told!r} is no contact"
    return ""


@register(Tags.files)
def check_contact(**_: object) -> list[Error]:
    """A contact that no reader of the file understands is found at the start."""
    problem = contact_problem()
    hint = f"write one of {', '.join(WAYS)} and the address, without spaces, or leave it empty"
    return [Error(problem, hint=hint, id="portal.E002")] if problem else []
