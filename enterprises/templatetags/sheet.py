"""Filters of the data sheet: figures with thousands, sources and things in words."""

from typing import Any

from django import template

from enterprises.models import Source
from enterprises.showing import grouped, item_words

register = template.Library()


@register.filter
def number(value: Any) -> str:
    """ "3260.5" → "3,260.5"."""
    return grouped(value) if value not in (None, "") else ""


@register.filter
def source_word(source: str) -> str:
    return str(Source(source).label) if source in Source.values else source


@register.filter
def item_title(item: Any) -> str:
    return item_words(item)[0]


@register.filter
def item_detail(item: Any) -> str:
    return item_words(item)[1]
