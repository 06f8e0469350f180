"""数据台账: what units reported, and the evidence of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import QuerySet

from pilots.models import ReportedValue
from pilots.queries.reported import values_for
from pilots.sheets.reported_value import COLUMNS, cells
from portal.exchange.official import Sheet
from portal.material import Item, Part, Scope, add_ledger, add_part, count_files, kept_files


def values(scope: Scope) -> QuerySet[ReportedValue]:
    """Figures of the unit and of those under it whose period has a day in the year."""
    return values_for(scope.user).filter(unit__in=scope.units, during__overlap=scope.days)


def _ledger(scope: Scope) -> Sequence[Sheet]:
    return [Sheet("数据台账", COLUMNS, cells(values(scope)))]


def _files(scope: Scope) -> Iterator[Item]:
    return kept_files(values(scope), lambda one: f"{one.unit.name} {one.indicator}")


add_ledger("values", "数据台账", 35, count=lambda scope: values(scope).count(), sheets=_ledger)
add_part(Part("value-files", "数据佐证", 155, "数据佐证", lambda scope: count_files(values(scope)), _files))
