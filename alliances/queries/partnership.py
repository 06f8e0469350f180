"""Look-ups of pairs."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from alliances.models import Partnership


def partnerships_on(day: date | None = None) -> QuerySet[Partnership]:
    """Pairs whose term holds ``day`` (today if not given), with both units."""
    return Partnership.objects.filter(during__contains=day or timezone.localdate()).select_related(
        "university", "county__parent"
    )
