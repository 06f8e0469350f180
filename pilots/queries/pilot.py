"""Look-ups of pilots: who is one on a day, and who ever was."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from pilots.models import PilotCounty, PilotSchool, SchoolProfile, SchoolStage, SelectionRound
from pilots.models.pilot import Pilot
from portal.accounts.models import Unit, User
from portal.accounts.queries.unit import find_units
from portal.accounts.roles import UnitKind

#: The model of either level of selection.
MODELS: dict[str, type[PilotCounty] | type[PilotSchool]] = {
    SelectionRound.Level.COUNTY: PilotCounty,
    SelectionRound.Level.SCHOOL: PilotSchool,
}


def pilots_for(user: User, level: str) -> QuerySet[Any]:
    """All pilots of a level, past ones too, for who may read the register; each with its unit and its round."""
    rows = MODELS[level]._default_manager.select_related("unit__parent__parent", "candidate__round")
    return rows if user.has_perm("pilots.view_pilots") else rows.none()


def pilot_units(level: str, day: date | None = None) -> QuerySet[Unit]:
    """The units that are pilots of a level on ``day`` (today if not given)."""
    return Unit.objects.filter(**{f"pilot{level}_terms__during__contains": day or timezone.localdate()})


def is_pilot(unit: Unit, day: date | None = None) -> bool:
    """Whether a county or school is a pilot on ``day`` (today if not given)."""
    level = SelectionRound.Level.SCHOOL if unit.kind == UnitKind.SCHOOL else SelectionRound.Level.COUNTY
    return pilot_units(level, day).filter(pk=unit.pk).exists()


def listed_pilots(
    user: User, level: str, *, area: Any = "", round: Any = "", stage: Any = "", standing: str = "", text: str = ""
) -> QuerySet[Any]:
    """The list: by prefecture (key), round (key), stage of the school's last profile (key), name.

    ``standing`` is ``now`` (the default), ``past`` or ``all``. Of schools ``stage`` holds the name of the stage,
    ``pupils`` and ``teachers`` the figures of their last profile.
    """
    rows, today = pilots_for(user, level), timezone.localdate()
    if level == SelectionRound.Level.SCHOOL:
        rows = _with_profile(rows)
    if standing in ("", "now"):
        rows = rows.filter(during__contains=today)
    elif standing == "past":
        rows = rows.exclude(during__contains=today)
    if area:
        under = Q(unit__parent=area) | Q(unit__parent__parent=area)
        rows = rows.filter(under)
    if round:
        rows = rows.filter(candidate__round=round)
    if stage and level == SelectionRound.Level.SCHOOL:
        rows = rows.filter(stage_id=stage)
    if text.strip():
        rows = rows.filter(unit__in=find_units(text))
    return rows.order_by(*_IN_ORDER)


#: Prefecture by prefecture, county by county.
_IN_ORDER = (
    "unit__parent__parent__official_order",
    "unit__parent__official_order",
    "unit__official_order",
    "unit__name",
    "-during",
)


def _with_profile(rows: QuerySet[Any]) -> QuerySet[Any]:
    last = SchoolProfile.objects.filter(school=OuterRef("unit")).order_by("-school_year")
    named = SchoolStage.objects.filter(pk=OuterRef("stage_id"))
    figures: QuerySet[Any] = rows.annotate(
        stage_id=Subquery(last.values("stage")[:1]),
        pupils=Subquery(last.values("pupils")[:1]),
        teachers=Subquery(last.values("teachers")[:1]),
    ).annotate(stage=Subquery(named.values("name")[:1]))
    return figures


def history_of(unit: Unit) -> list[Pilot]:
    """Every time a unit was a pilot, the last one first."""
    level = SelectionRound.Level.SCHOOL if unit.kind == UnitKind.SCHOOL else SelectionRound.Level.COUNTY
    rows = MODELS[level]._default_manager.filter(unit=unit).select_related("candidate__round")
    return list(rows.order_by("-during"))
