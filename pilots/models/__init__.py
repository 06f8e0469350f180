"""Activities and the five batches."""

from pilots.models.activity import Activity, ActivityKind, HeadCount
from pilots.models.batch import Batch

__all__ = ["Activity", "ActivityKind", "Batch", "HeadCount"]
