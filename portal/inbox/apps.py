from django.apps import AppConfig


class InboxConfig(AppConfig):
    name = "portal.inbox"
    verbose_name = "待办"

    def ready(self) -> None:
        from portal.inbox import passing  # noqa: F401  (fills a registry)
