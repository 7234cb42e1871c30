from django.apps import AppConfig


class MailroomConfig(AppConfig):
    name = "foundation.mailroom"
    label = "mailroom"
    verbose_name = "收发室"

    def ready(self) -> None:
        from foundation.mailroom import carry, digest, events  # noqa: F401
