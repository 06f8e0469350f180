"""Look-ups of school profiles: of a year, the last one, the one before."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from alliances.models import Partnership
from alliances.rules.posts import reads_all
from pilots.models import SchoolProfile, SchoolStage
from portal.accounts.models import Unit, User
from portal.accounts.queries.unit import find_units, units, within
from portal.accounts.roles import UNIT_ROLES, UnitKind
from portal.periods import Period, school_year_of


def this_school_year() -> Period:
    return school_year_of(timezone.localdate())


def schools_for(user: User) -> QuerySet[Unit]:
    """The schools whose profile ``user`` may read: one's own, those under one's unit, a university's partners'."""
    rows = units().filter(kind=UnitKind.SCHOOL)
    if reads_all(user):
        return rows
    own = user.units_as(*UNIT_ROLES)
    universities = [unit for unit in own if unit.kind == UnitKind.UNIVERSITY]
    paired = Partnership.objects.filter(university__in=universities, during__contains=timezone.localdate())
    return rows.filter(
        Q(pk__in=[unit.pk for unit in own]) | within(own, "parent") | Q(parent__in=paired.values("county"))
    )


def profiles_for(user: User) -> QuerySet[SchoolProfile]:
    """The profiles of those schools, of all years."""
    return SchoolProfile.objects.filter(school__in=schools_for(user)).select_related("school__parent", "stage")


def profile_of(school: Unit, school_year: str) -> SchoolProfile | None:
    """A school's profile of one school year (``2024-2025``)."""
    return SchoolProfile.objects.filter(school=school, school_year=school_year).select_related("stage").first()


def profiles_of_year(school_year: str) -> QuerySet[SchoolProfile]:
    """The profiles of all schools in one school year."""
    return SchoolProfile.objects.filter(school_year=school_year).select_related("school__parent", "stage")


def last_profile(school: Unit, before: str = "9999") -> SchoolProfile | None:
    """A school's latest profile of a school year before ``before`` (of any if not given)."""
    rows = SchoolProfile.objects.filter(school=school, school_year__lt=before).select_related("stage")
    return rows.order_by("-school_year").first()


def rural_central_schools(school_year: str) -> QuerySet[Unit]:
    """The 乡村中心学校 of a school year (S2: each is to be in a community)."""
    marked = SchoolProfile.objects.filter(school_year=school_year, is_rural_central=True)
    return Unit.objects.filter(pk__in=marked.values("school"))


def listed_schools(
    user: User,
    school_year: str,
    *,
    area: Any = "",
    stage: Any = "",
    place: str = "",
    filled: str = "",
    central: bool = False,
    text: str = "",
) -> QuerySet[Any]:
    """Schools with what their profile of a school year says, in columns; ``filled`` is ``yes`` or ``no``."""
    own = SchoolProfile.objects.filter(school=OuterRef("pk"), school_year=school_year)
    stages = SchoolStage.objects.filter(pk=OuterRef("stage_id"))
    columns = {name: Subquery(own.values(name)[:1]) for name in ("pupils", "classes", "teachers", "condition")}
    rows: QuerySet[Any] = schools_for(user).select_related("parent__parent")
    rows = rows.annotate(
        profile_id=Subquery(own.values("pk")[:1]),
        stage_id=Subquery(own.values("stage")[:1]),
        place=Subquery(own.values("area")[:1]),
        is_central=Subquery(own.values("is_rural_central")[:1]),
        **columns,
    ).annotate(stage=Subquery(stages.values("name")[:1]))
    if area:
        rows = rows.filter(within([area], "parent"))
    if stage:
        rows = rows.filter(stage_id=stage)
    if place:
        rows = rows.filter(place=place)
    if filled:
        rows = rows.filter(profile_id__isnull=filled == "no")
    if central:
        rows = rows.filter(is_central=True)
    if text.strip():
        rows = rows.filter(pk__in=find_units(text).values("pk"))
    return rows.order_by("parent__parent__official_order", "parent__official_order", "official_order", "name")
