from django.apps import AppConfig


class CertificationConfig(AppConfig):
    name = "certification"
    verbose_name = "评价与认定"

    def ready(self) -> None:
        from certification import (  # noqa: F401
            archive,
            blind,
            cohort,
            events,
            obligation_rules,
            receivers,
            remind,
            rereview,
            sample_visits,
            sign_announcement,
            sweep,
            tasks,
            tell_list,
        )

        obligation_rules.book()
