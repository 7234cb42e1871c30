from django.apps import AppConfig


class CertificationConfig(AppConfig):
    name = "certification"
    verbose_name = "评价与认定"

    def ready(self) -> None:
        from certification import archive, blind, cohort, events, obligation_rules, remind, rereview, sweep, tasks  # noqa: F401

        obligation_rules.book()
