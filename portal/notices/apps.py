from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "portal.notices"
    verbose_name = "消息"

    def ready(self) -> None:
        from portal.notices import jobs  # noqa: F401  (fills the registry of jobs)
