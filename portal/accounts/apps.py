from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "portal.accounts"
    verbose_name = "单位与人员"

    def ready(self) -> None:
        from portal.accounts import findable, navigation, rules  # noqa: F401  (all fill registries)
