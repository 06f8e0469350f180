from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "portal.exchange"
    verbose_name = "表格导入导出"
