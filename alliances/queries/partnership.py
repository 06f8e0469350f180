"""Look-ups of pairs."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from alliances.models import Partnership
from portal.accounts.models import Unit


def partnerships_on(day: date | None = None) -> QuerySet[Partnership]:
    """Pairs whose term holds ``day`` (today if not given), with both units."""
    return Partnership.objects.filter(during__contains=day or timezone.localdate()).select_related(
        "university", "county__parent"
    )


def partners_of(unit: Unit) -> list[Unit]:
    """The units that ``unit`` is paired with today."""
    pairs = partnerships_on().filter(Q(university=unit) | Q(county=unit))
    return [pair.county if pair.university_id == unit.pk else pair.university for pair in pairs]
