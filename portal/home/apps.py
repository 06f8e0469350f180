from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "portal.home"
    verbose_name = "工作台"

    def ready(self) -> None:
        from portal.home import job_kinds, navigation, rules  # noqa: F401  (fill registries)
