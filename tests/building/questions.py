"""What one page asks the database: the shape of each question, without the values that differ from row to row."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db.models import CharField, Count, ForeignKey, Model, OneToOneField

VALUES = re.compile(r"'(?:[^']|'')*'(?:::\w+(?:\[\])?)?|\b\d+(?:\.\d+)?\b")
LISTS = re.compile(r"\(\s*\?(?:\s*,\s*\?)*\s*\)")
OURS = re.compile(r"current_setting|SAVEPOINT|RELEASE|ROLLBACK|set_config|INSERT INTO|UPDATE ")
"""Savepoints, sight and what is written down of a look: one act each, and no reading of rows."""
IDS = ("public_id", "number", "code", "credit_code", "client_id")
ENOUGH = 5


def shape(sql: str) -> str:
    """The question with `?` for every value and `(?)` for every list of them."""
    return LISTS.sub("(?)", VALUES.sub("?", sql))


def repeated(queries: Iterable[dict[str, str]], most: int) -> dict[str, int]:
    """Questions of one shape that were asked more often than `most`: what a page does that asks once per row."""
    shapes = Counter(shape(query["sql"]) for query in queries if not OURS.search(query["sql"][:80]))
    return {text: count for text, count in shapes.items() if count > most}


def model_of(ids: list[str]) -> tuple[type[Model], str] | None:
    """The model whose address these ids are, and the field."""
    for model in apps.get_models():
        names = {field.name for field in model._meta.get_fields() if isinstance(field, CharField) and field.unique}
        for name in IDS:
            if name in names and model._base_manager.filter(**{name: ids[0]}).exists():
                return model, name
    return None


def richest(ids: list[str], few: int) -> list[str]:
    """The things of this kind on which most hangs: a page that asks once per row shows it where there are rows."""
    found = model_of(ids) if ids else None
    if found is None:
        return []
    model, name = found
    weight: Counter[Any] = Counter()
    for relation in children(model):
        counts = relation.model._base_manager.values_list(relation.name).annotate(n=Count("pk"))
        for pk, count in counts.values_list(relation.name, "n"):
            weight[pk] += min(count, ENOUGH)
    best = [pk for pk, _ in weight.most_common(few)]
    return [str(one) for one in model._base_manager.filter(pk__in=best).values_list(name, flat=True)]


def children(model: type[Model]) -> Iterator[Any]:
    for other in apps.get_models():
        for field in other._meta.get_fields():
            many = isinstance(field, ForeignKey) and not isinstance(field, OneToOneField)
            if many and field.related_model is model and field.target_field.primary_key:
                yield field
