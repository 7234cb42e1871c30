"""Load the recommending bodies of the first province; later changes are edits by officials, not migrations."""

from pathlib import Path

from django.db import migrations
from ruamel.yaml import YAML


def load(apps, schema_editor):
    body = apps.get_model("regions", "RecommendingBody")
    rows = YAML(typ="safe").load(Path(__file__).parent.parent.joinpath("bodies.yaml").read_text(encoding="utf-8"))
    body.objects.bulk_create([body(order=place, **row) for place, row in enumerate(rows)])


class Migration(migrations.Migration):
    dependencies = [("regions", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
