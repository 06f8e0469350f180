from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "portal.audit"
    verbose_name = "操作记录"

    def ready(self) -> None:
        from portal.audit import navigation, rules  # noqa: F401  (both fill registries)
