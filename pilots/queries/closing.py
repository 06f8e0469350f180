"""What has been closed (封存): the last version of a period, and its figures."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from django.db.models import Q, QuerySet

from alliances.rules.posts import reads_all
from pilots.models import ClosedFigure, FiguresClosing, Indicator
from pilots.queries.community import communities_for
from pilots.queries.reported import entering_units
from portal.accounts.models import User
from portal.accounts.roles import UnitKind
from portal.periods import Period


def closings() -> QuerySet[FiguresClosing]:
    return FiguresClosing.objects.select_related("by")


def closing_of(key: str) -> FiguresClosing | None:
    """The version that holds of a period; None while it is open."""
    return closings().filter(key=key).order_by("-version").first()


def closed_parts(
    indicator: Indicator, pks: Collection[int], period: Period
) -> dict[int, tuple[Decimal, Decimal | None]] | None:
    """The figures of a closed period as they were frozen; None where it is open, or the indicator is younger than
    the closing. At most two queries."""
    closing = closing_of(period.key)
    if closing is None:
        return None
    rows = ClosedFigure.objects.filter(closing=closing, code=indicator.code)
    frozen = {row.subject: row for row in rows.filter(subject__in=list(pks))}
    if not frozen and not rows.exists():
        return None
    return {pk: (row.above, row.below) for pk, row in frozen.items() if row.above is not None}


def closed_for(user: User, closing: FiguresClosing) -> QuerySet[ClosedFigure]:
    """The figures of one closing that ``user`` sees."""
    return closed_figures_for(user).filter(closing=closing)


def closed_figures_for(user: User) -> QuerySet[ClosedFigure]:
    """The closed figures that ``user`` sees: all, or those of his units, of units under them and of communities that
    he sees."""
    rows = ClosedFigure.objects.all()
    if reads_all(user):
        return rows
    is_unit = Q(level__in=UnitKind.values)
    communities = ~is_unit & Q(subject__in=communities_for(user).values("pk"))
    return rows.filter(communities | (is_unit & Q(subject__in=entering_units(user))))
