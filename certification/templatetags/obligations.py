"""The panel of obligations on an official's page of an enterprise; the page itself lies a storey below."""

from typing import Any

from django import template

from certification.agenda_lines import lines_of
from certification.permissions import examines_change
from enterprises.models import Enterprise

register = template.Library()


@register.inclusion_tag("certification/obligations_panel.html", takes_context=True)
def obligations_panel(context: dict[str, Any], enterprise: Enterprise) -> dict[str, Any]:
    """What the enterprise owes by when, what it was told, and what proves it."""
    principal = context["principal"]
    may_note = examines_change(principal, enterprise)
    return lines_of(enterprise) | {"principal": principal, "enterprise": enterprise, "may_note": may_note}
