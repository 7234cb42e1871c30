from django.apps import AppConfig


class OutagesConfig(AppConfig):
    name = "foundation.outages"
    label = "outages"
    verbose_name = "故障"

    def ready(self) -> None:
        from foundation.audit.sentences import register

        register(
            {
                "outage.create": "{actor}登记故障：{what}",
                "outage.found": "监测到故障：{what}",
                "outage.end": "故障结束：{what}",
                "outage.strike": "{actor}划去故障记录：{reason}",
            }
        )
