from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "portal.home"
    verbose_name = "工作台"

    def ready(self) -> None:
        from portal.home import navigation, weekly_jobs  # noqa: F401  (fill registries)
