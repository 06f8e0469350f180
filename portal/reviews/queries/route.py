"""The way of what a unit reports: over which desks, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import QuerySet

from portal.accounts.models import Unit
from portal.accounts.queries.post import posts_on
from portal.accounts.roles import REPORTING_ROLES, UnitKind
from portal.reviews.models import CollectingLevel


@dataclass(frozen=True, slots=True)
class Stop:
    """One desk on the way: a unit's id, its name on that day, and whether it was passed over."""

    unit: int
    name: str
    skipped: bool = False

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Stop:
        return cls(**data)


#: Given a unit right under the office, the unit that consolidates for it before the office sees it; None for nobody.
Consolidator = Callable[[Unit], Unit | None]
_consolidators: list[Consolidator] = []


def add_consolidator(consolidator: Consolidator) -> None:
    """Register one more desk before the office's, which the tree of units does not know; called from ``ready``."""
    _consolidators.append(consolidator)


def route_of(unit: Unit) -> list[Stop]:
    """The desks above ``unit`` as the table and the tree say today; the last one is the province office.

    Right before the office comes who consolidates for the unit (an alliance's lead for its universities). A
    collecting unit with nobody who reports there today is marked as skipped: nobody would find the report.
    """
    collecting = {(level.unit_kind, level.parent_kind) for level in CollectingLevel.objects.filter(collects=True)}
    stops = []
    for below, above in _steps(unit):
        if above.kind == UnitKind.PROVINCE_OFFICE:
            beside = (consolidator(below) for consolidator in _consolidators)
            stops += [_collecting(one) for one in beside if one is not None]
            stops.append(Stop(above.pk, above.label))
        elif (below.kind, above.kind) in collecting:
            stops.append(_collecting(above))
    return stops


def next_stop(route: list[Stop]) -> Stop:
    """The first desk that is not passed over. A route always ends at the office."""
    return next(stop for stop in route if not stop.skipped)


def reports_today(unit: Unit) -> bool:
    """Whether somebody who can sign in reports for ``unit`` and so would see what comes to it."""
    return posts_on().filter(unit=unit, role__in=REPORTING_ROLES, user__is_active=True).exists()


def collected_units(collector: Unit) -> QuerySet[Unit]:
    """The units in use right under ``collector`` whose reports it collects, in official order."""
    kinds = CollectingLevel.objects.filter(parent_kind=collector.kind, collects=True).values("unit_kind")
    return Unit.objects.filter(parent=collector, is_active=True, kind__in=kinds)


def collects_from(collector: Unit, unit: Unit) -> bool:
    """Whether ``collector`` stands right above ``unit`` and collects what it reports."""
    return unit.parent_id == collector.pk and collected_units(collector).filter(pk=unit.pk).exists()


def _collecting(unit: Unit) -> Stop:
    return Stop(unit.pk, unit.label, skipped=not reports_today(unit))


def _steps(unit: Unit) -> Iterator[tuple[Unit, Unit]]:
    """Each unit on the way up with the one right above it."""
    for _ in range(20):  # the tree is five levels deep; the bound only guards against damaged data
        if unit.parent is None:
            return
        yield unit, unit.parent
        unit = unit.parent
