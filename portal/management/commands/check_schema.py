"""Fails when the committed OpenAPI file is not what the code says."""

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from drf_spectacular.renderers import OpenApiYamlRenderer
from drf_spectacular.settings import spectacular_settings


class Command(BaseCommand):
    help = "Compare openapi.yaml with the schema of the code; --write renews it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--write", action="store_true")

    def handle(self, **options: Any) -> None:
        generator = spectacular_settings.DEFAULT_GENERATOR_CLASS()
        schema = generator.get_schema(request=None, public=True)
        text = OpenApiYamlRenderer().render(schema, renderer_context={})
        file = settings.BASE_DIR / "openapi.yaml"
        if options["write"]:
            file.write_bytes(text)
        elif not file.is_file() or file.read_bytes() != text:
            sys.exit("openapi.yaml is not what the code says: ./tianti manage check_schema --write")
