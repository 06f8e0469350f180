from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "portal.exchange"
    verbose_name = "表格导入导出"

    def ready(self) -> None:
        from portal.exchange import nouns  # noqa: F401  (fills the registry)
