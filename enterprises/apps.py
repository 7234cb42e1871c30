from django.apps import AppConfig


class EnterprisesConfig(AppConfig):
    name = "enterprises"
    verbose_name = "企业"

    def ready(self) -> None:
        from enterprises import events, identity, scan  # noqa: F401
        from enterprises.models import Evidence

        scan.WAITING.append(Evidence.objects.all)
