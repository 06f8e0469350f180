from django.apps import AppConfig


class PacksConfig(AppConfig):
    name = "portal.packs"
    verbose_name = "年终材料"

    def ready(self) -> None:
        from portal.packs import job_kinds, navigation, rules  # noqa: F401  (fill registries)
