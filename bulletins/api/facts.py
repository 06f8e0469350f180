"""Facts of activities as JSON, both ways."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from pilots.models import Batch, HeadCount
from pilots.queries.activity import activity_kinds, batches
from pilots.services.activity import Facts, People
from pilots.services.activity_row import LONGEST_OTHERS, LONGEST_PLACE, LONGEST_WHO, MOST_SESSIONS
from portal.accounts.validators import DAY_BOUNDS
from portal.rest import ManyUnitsField


class PeopleSerializer(serializers.Serializer[HeadCount]):
    """One head count (models.HeadCount)."""

    who = serializers.CharField(max_length=LONGEST_WHO, allow_blank=True, default="")
    number = serializers.IntegerField(min_value=0, max_value=10_000_000)
    measure = serializers.ChoiceField(HeadCount.Measure.choices, default=HeadCount.Measure.PEOPLE)
    exactness = serializers.ChoiceField(
        HeadCount.Exactness.choices, default=HeadCount.Exactness.EXACT, allow_blank=True
    )
    is_total = serializers.BooleanField(default=False)


class FactsSerializer(serializers.Serializer[Any]):
    """One activity (models.Activity): days in ISO form, its kind and batches by their names."""

    id = serializers.IntegerField(read_only=True)
    kind = serializers.SlugRelatedField(slug_field="name", queryset=activity_kinds(), allow_null=True, default=None)
    start = serializers.DateField(allow_null=True, default=None, validators=DAY_BOUNDS)
    end = serializers.DateField(allow_null=True, default=None, validators=DAY_BOUNDS)
    days = serializers.ListField(child=serializers.DateField(validators=DAY_BOUNDS), max_length=60, default=list)
    is_approximate = serializers.BooleanField(default=False)
    sessions = serializers.IntegerField(min_value=1, max_value=MOST_SESSIONS, default=1)
    place = serializers.CharField(max_length=LONGEST_PLACE, allow_blank=True, default="")
    partners = ManyUnitsField(max_length=100, default=list)
    other_partners = serializers.CharField(max_length=LONGEST_OTHERS, allow_blank=True, default="")
    people = PeopleSerializer(source="head_counts", many=True, default=list)
    batches: Any = serializers.SlugRelatedField(
        slug_field="short_name", queryset=batches(), many=True, default=list[Batch]
    )


def facts_of(data: dict[str, Any]) -> Facts:
    """Validated data of :class:`FactsSerializer` as the service takes them."""
    people = [People(**row) for row in data["head_counts"]]
    plain = {name: value for name, value in data.items() if name not in {"head_counts", "days"}}
    return Facts(**plain, people=people, days=tuple(data["days"]))
