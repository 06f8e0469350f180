"""The filters of a noun's list, read off its model: what is asked for wrongly is told, nothing is guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q, QuerySet
from django.db.models.constants import LOOKUP_SEP
from rest_framework import serializers

from portal.accounts.queries.unit import within
from portal.api.shapes import name_of

if TYPE_CHECKING:
    from portal.api.noun import Noun

LARGEST_ID = 2**63 - 1


def filters_of(noun: Noun) -> type[serializers.Serializer[Any]]:
    """A form with one field for each filter of ``noun``."""
    fields: dict[str, Any] = {name: _field(noun.model, lookup) for name, lookup in noun.filters.items()}
    if noun.area:
        fields["area"] = serializers.IntegerField(
            min_value=1, max_value=LARGEST_ID, required=False, help_text="地区或单位的编号，含其所属单位"
        )
    if noun.day:
        called = name_of(noun.model._meta.get_field(noun.day))
        fields["since"] = serializers.DateField(required=False, help_text=f"{called}不早于")
        fields["until"] = serializers.DateField(required=False, help_text=f"{called}不晚于")
    if "during" in noun.fields:
        fields["on"] = serializers.DateField(required=False, help_text="在这一天有效")
    if noun.text:
        fields["text"] = serializers.CharField(max_length=100, required=False, help_text="含有这些字")
    made: type[serializers.Serializer[Any]] = type(f"{noun.model.__name__}Filter", (serializers.Serializer,), fields)
    return made


def narrowed(rows: QuerySet[Any], noun: Noun, asked: dict[str, Any]) -> QuerySet[Any]:
    """The rows that answer what was asked for (validated by the form of :func:`filters_of`)."""
    for name, value in asked.items():
        if name in noun.filters:
            rows = _having(rows, noun.filters[name], value)
        elif name == "area":
            rows = rows.filter(within([value], noun.area))
        elif name == "since":
            rows = rows.filter(**{f"{noun.day}__gte": value})
        elif name == "until":
            rows = rows.filter(**{f"{noun.day}__lte": value})
        elif name == "on":
            rows = rows.filter(during__contains=value)
        elif name == "text":
            rows = rows.filter(_saying(noun.text, value))
    return rows


def _having(rows: QuerySet[Any], lookup: str, value: Any) -> QuerySet[Any]:
    """Through a list of things a row would come back once for each of them, hence by their ids."""
    if LOOKUP_SEP not in lookup:
        return rows.filter(**{lookup: value})
    return rows.filter(pk__in=rows.model._default_manager.filter(**{lookup: value}).values("pk"))


def _saying(fields: tuple[str, ...], text: str) -> Q:
    found = Q()
    for field in fields:
        found |= Q(**{f"{field}__icontains": text})
    return found


def _field(model: type[models.Model], lookup: str) -> serializers.Field[Any, Any, Any, Any]:
    found: Any = None
    at: Any = model
    for part in lookup.split(LOOKUP_SEP):
        found = at._meta.get_field(part)
        at = found.related_model
    said: dict[str, Any] = {"required": False, "help_text": name_of(found)}
    if found.is_relation:
        return serializers.IntegerField(
            min_value=1, max_value=LARGEST_ID, **(said | {"help_text": f"{said['help_text']}的编号"})
        )
    if found.choices:
        return serializers.ChoiceField(found.choices, **said)
    if isinstance(found, models.BooleanField):
        return serializers.BooleanField(**said)
    if isinstance(found, models.IntegerField):
        return serializers.IntegerField(min_value=0, max_value=LARGEST_ID, **said)
    return serializers.CharField(max_length=100, **said)
