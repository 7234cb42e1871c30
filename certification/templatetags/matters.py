"""The panel of what is open about a firm, on an official's page of an enterprise; the page itself lies a storey below."""

from typing import Any

from django import template

from certification import matters as verbs
from enterprises.models import Enterprise

register = template.Library()


@register.inclusion_tag("certification/matters_panel.html", takes_context=True)
def matters_panel(context: dict[str, Any], enterprise: Enterprise) -> dict[str, Any]:
    """For those who work on cases; nobody else reads what is held against a firm."""
    principal = context["principal"]
    found = verbs.matters([enterprise.pk], principal).get(enterprise.pk, [])
    return {"matters": found, "may_see": principal.is_official and principal.has_role("reviewer", "leader")}
