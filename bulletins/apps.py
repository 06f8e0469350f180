from django.apps import AppConfig


class BulletinsConfig(AppConfig):
    name = "bulletins"
    verbose_name = "工作动态"

    def ready(self) -> None:
        from bulletins import attachments, navigation, rules, tasks, waits  # noqa: F401  (all fill registries)
