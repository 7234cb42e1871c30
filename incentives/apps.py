from django.apps import AppConfig


class IncentivesConfig(AppConfig):
    name = "incentives"
    verbose_name = "激励措施"

    def ready(self) -> None:
        from incentives import events, receivers  # noqa: F401
