from django.apps import AppConfig


class BulletinsConfig(AppConfig):
    name = "bulletins"
    verbose_name = "工作动态"

    def ready(self) -> None:
        from bulletins import (  # noqa: F401  (all fill registries)
            attachments,
            findable,
            material,
            navigation,
            passing,
            prefilled,
            rules,
            tasks,
            unit_sections,
        )
        from bulletins.waits import call, case, issue, remark, submission  # noqa: F401
