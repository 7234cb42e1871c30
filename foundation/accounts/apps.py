from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "foundation.accounts"
    label = "accounts"
    verbose_name = "账号与岗位"

    def ready(self) -> None:
        from foundation.accounts import events, second_factor, signing_in  # noqa: F401
