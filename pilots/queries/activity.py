"""Look-ups of activities, their kinds and the batches."""

from __future__ import annotations

from django.db.models import QuerySet

from pilots.models import Activity, ActivityKind, Batch


def activity_kinds() -> QuerySet[ActivityKind]:
    """Kinds in use, in the office's order."""
    return ActivityKind.objects.filter(is_active=True)


def batches() -> QuerySet[Batch]:
    """The five, in order."""
    return Batch.objects.all()


def with_facts(activities: QuerySet[Activity]) -> QuerySet[Activity]:
    """Activities with everything a page shows of them; a constant number of queries."""
    return activities.select_related("kind", "unit").prefetch_related("partners", "batches", "head_counts")
