from django.apps import AppConfig


class AlliancesConfig(AppConfig):
    name = "alliances"
    verbose_name = "结对合作"

    def ready(self) -> None:
        from alliances import (  # noqa: F401  (all fill registries)
            attachments,
            consolidating,
            findable,
            material,
            measures,
            navigation,
            unit_sections,
            waits,
        )
        from alliances.rules import agreement, alliance, meeting, need, partnership, plan, work_item  # noqa: F401
