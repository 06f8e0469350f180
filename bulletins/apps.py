from django.apps import AppConfig


class BulletinsConfig(AppConfig):
    name = "bulletins"
    verbose_name = "工作动态"

    def ready(self) -> None:
        from bulletins import (  # noqa: F401  (all fill registries)
            attachments,
            call_rules,
            findable,
            navigation,
            output_rules,
            passing,
            readership_rules,
            remark_files,
            remark_waits,
            rules,
            tasks,
            waits,
        )
