from django.apps import AppConfig


class PilotsConfig(AppConfig):
    name = "pilots"
    verbose_name = "试点与活动"

    def ready(self) -> None:
        from pilots import (  # noqa: F401  (all fill registries)  # noqa: F401  (fill the registries of the 确认单's sections, and of jobs)  # noqa: F401  (what activities are linked with; credits follow the tree)
            attachments,
            exchange,
            findable,
            linked,
            material,
            navigation,
            placements,
            prefilled,
            selection_files,
            tasks,
            unit_sections,
        )
        from pilots.measured import activity as measured  # noqa: F401  (what can be counted, and for whom)
        from pilots.measured import community as community_measured  # noqa: F401
        from pilots.measured import coverage as coverage_measured  # noqa: F401
        from pilots.measured import exchange as exchange_measured  # noqa: F401
        from pilots.measured import levels  # noqa: F401
        from pilots.measured import output as measured_outputs  # noqa: F401
        from pilots.measured import pilot as measured_pilots  # noqa: F401
        from pilots.rules import (  # noqa: F401  (declare permissions)
            activity,
            assessment,
            community,
            expert_team,
            inspection,
            output,
            pilot,
            progress_report,
            reported_value,
            selection,
            task,
        )
        from pilots.waits import activity as activity_waits  # noqa: F401
        from pilots.waits import assessment as assessment_waits  # noqa: F401
        from pilots.waits import inspection as inspection_waits  # noqa: F401
        from pilots.waits import output as output_waits  # noqa: F401  (declare workflows)
        from pilots.waits import progress_report as progress_waits  # noqa: F401
        from pilots.waits import selection as selection_waits  # noqa: F401
        from pilots.waits import task as task_waits  # noqa: F401
