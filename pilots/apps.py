from django.apps import AppConfig


class PilotsConfig(AppConfig):
    name = "pilots"
    verbose_name = "试点与活动"

    def ready(self) -> None:
        from pilots import attachments, findable, navigation  # noqa: F401  (all fill registries)
        from pilots.rules import community, inspection, output, pilot, selection, task  # noqa: F401  (declare permissions)
        from pilots.waits import inspection as inspection_waits  # noqa: F401
        from pilots.waits import output as output_waits  # noqa: F401  (declare workflows)
        from pilots.waits import selection as selection_waits  # noqa: F401
        from pilots.waits import task as task_waits  # noqa: F401
        from pilots import prefilled, tasks  # noqa: F401  (fill the registries of the 确认单's sections, and of jobs)
        from pilots.rules import progress_report  # noqa: F401
        from pilots.waits import progress_report as progress_waits  # noqa: F401
