"""Look-ups of activities, their kinds and the batches."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from pilots.models import Activity, ActivityKind, Batch
from portal.accounts.models import Unit
from portal.accounts.queries.unit import names_of_units, units


def activity_kinds() -> QuerySet[ActivityKind]:
    """Kinds in use, in the office's order."""
    return ActivityKind.objects.filter(is_active=True)


def batches() -> QuerySet[Batch]:
    """The five, in order."""
    return Batch.objects.all()


def with_facts(activities: QuerySet[Activity]) -> QuerySet[Activity]:
    """Activities with everything a page shows of them; a constant number of queries."""
    return activities.select_related("kind", "unit").prefetch_related("partners", "batches", "head_counts")


@dataclass(frozen=True, slots=True)
class Lookups:
    """All that a typed row is checked against: kinds, batches and units by id, and units by what they are called.

    ``called`` holds every name, short name and alias, of today and before, with the units that bear it.
    """

    kinds: dict[int, ActivityKind]
    batches: dict[int, Batch]
    units: dict[int, Unit]
    names: list[tuple[int, tuple[str, ...]]]
    called: dict[str, set[int]]

    def unit_named(self, name: str) -> Unit | None:
        """The one unit called exactly ``name``; None where none is, or more than one."""
        found = self.called.get(name, set())
        return self.units.get(next(iter(found))) if len(found) == 1 else None


def lookups() -> Lookups:
    """Read them afresh; a constant number of queries, to be asked once per request."""
    names = names_of_units()
    called: dict[str, set[int]] = {}
    for pk, spellings in names:
        for name in spellings:
            called.setdefault(name, set()).add(pk)
    return Lookups(
        kinds={kind.pk: kind for kind in activity_kinds()},
        batches={batch.pk: batch for batch in batches()},
        units={unit.pk: unit for unit in units()},
        names=names,
        called=called,
    )
