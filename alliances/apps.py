from django.apps import AppConfig


class AlliancesConfig(AppConfig):
    name = "alliances"
    verbose_name = "结对合作"

    def ready(self) -> None:
        from alliances import consolidating, measures, navigation  # noqa: F401  (fill registries)
        from alliances.rules import alliance  # noqa: F401
        from alliances.waits import need  # noqa: F401  (declares its workflow)
