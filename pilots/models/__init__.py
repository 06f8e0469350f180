"""Activities, the five batches, their tasks and what came of them."""

from pilots.models.activity import Activity, ActivityKind, HeadCount
from pilots.models.batch import Batch
from pilots.models.output import Output, OutputKind
from pilots.models.task import Milestone, Task

__all__ = ["Activity", "ActivityKind", "Batch", "HeadCount", "Milestone", "Output", "OutputKind", "Task"]
