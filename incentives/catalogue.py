"""Load the fifteen measures from their files. Wording follows the files; channels are the officials' and stay."""

from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from certification.tiers import Tier
from incentives.models import Duty, Measure, MeasureItem
from incentives.ways import Way

FOLDER = Path(__file__).parent / "measures"


class BadMeasure(ValueError):
    """A measure file that cannot be used; the message names the file and the place."""


def read(folder: Path = FOLDER) -> list[dict[str, Any]]:
    """The files in order, checked: known tiers and ways, codes that follow the measure. BadMeasure otherwise."""
    documents = []
    for path in sorted(folder.glob("M*.yaml")):
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        for place, item in enumerate(document["items"], 1):
            where = f"{path.name}: items[{place}]"
            if item["code"] != f"{document['code']}.{place}":
                raise BadMeasure(f"{where}: code {item['code']} does not follow {document['code']}.{place}")
            if set(item["tiers"]) - set(Tier.values):
                raise BadMeasure(f"{where}: unknown tier in {item['tiers']}")
            if item["way"] not in Way.values:
                raise BadMeasure(f"{where}: unknown way {item['way']!r}")
            if item.get("by_title") and not item["tiers"]:
                raise BadMeasure(f"{where}: by_title needs tiers")
        documents.append(document)
    return documents


@transaction.atomic
def load() -> None:
    for document in read():
        measure, _ = Measure.objects.update_or_create(
            code=document["code"],
            defaults={name: document[name] for name in ("title", "clause", "text", "checked_on")},
        )
        for place, department in enumerate(document["departments"], 1):
            Duty.objects.update_or_create(measure=measure, department=department, defaults={"position": place})
        for place, item in enumerate(document["items"], 1):
            fields = ("title", "audience", "tiers", "way", "by_title", "condition")
            MeasureItem.objects.update_or_create(
                code=item["code"],
                defaults={"measure": measure, "position": place}
                | {name: item[name] for name in fields if name in item},
            )
