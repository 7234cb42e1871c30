from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = "门户"

    def ready(self) -> None:
        from portal import checks, pulse, tidying  # noqa: F401
        from portal.api import document  # noqa: F401
        from portal.public import well_known  # noqa: F401

        tidying.keep_what_is_loaded()
