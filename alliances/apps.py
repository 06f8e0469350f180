from django.apps import AppConfig


class AlliancesConfig(AppConfig):
    name = "alliances"
    verbose_name = "结对合作"

    def ready(self) -> None:
        from alliances import attachments, consolidating, measures, navigation, unit_sections, waits  # noqa: F401  (fill registries)
        from alliances.rules import agreement, alliance, meeting, need, partnership, plan, work_item  # noqa: F401
