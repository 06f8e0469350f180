"""Serializers read off models: the answers of a noun are its model's fields, in the words of the pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from rest_framework import serializers

from portal.accounts.models import Unit
from portal.rest import ManyUnitsField, NamedField, RelatedListField, TermField, UnitField

#: What fields are called whose model gives them no name of its own, for no page asks for them.
_UNNAMED = {
    "created_at": "登记时间",
    "parent": "上级单位",
    "order": "顺序",
    "version": "版本",
    "key": "期间的代号，如 2026-2027-1",
    "subject": "考察对象的编号",
    "turn": "审核轮次",
    "content": "内容",
    "parts": "各部分的内容",
    "at": "时间",
    "settled_at": "核对时间",
    "findings": "缺少、异常和变化",
}


class NamedListField(RelatedListField):
    """Things that are only named, as a list."""

    child = NamedField()


def name_of(field: Any) -> str:
    """How the pages call a field; where they do not, how they call what it points to."""
    if getattr(field, "primary_key", False):
        return "编号"
    given = str(getattr(field, "verbose_name", ""))
    if given and given != field.name.replace("_", " "):
        return given
    if field.is_relation and field.name not in _UNNAMED:
        return str(field.related_model._meta.verbose_name)
    return _UNNAMED.get(field.name, given)


def serializer_of(
    model: type[models.Model],
    fields: Iterable[str],
    *,
    name: str,
    more: Mapping[str, serializers.Field[Any, Any, Any, Any]] | None = None,
) -> type[serializers.ModelSerializer[Any]]:
    """A serializer for reading: ``fields`` of ``model``, each with its words, and ``more`` fields as given.

    Units are shown as id, name and kind, other things as id and name; a choice also by its words (``state_label``).
    ``name`` is what the description of the interface calls it.
    """
    declared: dict[str, Any] = {}
    for one in ("id", *fields):
        declared |= _declared(model._meta.get_field(one))
    declared |= more or {}
    plain = [one for one in ("id", *fields) if one not in declared]
    shown = list(dict.fromkeys([*("id", *fields), *declared]))
    meta = type(
        "Meta",
        (),
        {
            "model": model,
            "fields": shown,
            "read_only_fields": plain,
            "extra_kwargs": {one: {"help_text": name_of(model._meta.get_field(one))} for one in plain},
        },
    )
    made: type[serializers.ModelSerializer[Any]] = type(
        f"{name}Serializer", (serializers.ModelSerializer,), {**declared, "Meta": meta}
    )
    return made


def _declared(field: Any) -> dict[str, Any]:
    """What the framework would not make of a model's field by itself."""
    said: dict[str, Any] = {"read_only": True, "help_text": name_of(field)}
    if isinstance(field, DateRangeField):
        return {field.name: TermField(**said)}
    if field.many_to_many:
        return {field.name: (ManyUnitsField if field.related_model is Unit else NamedListField)(**said)}
    if field.is_relation:
        kind: Any = UnitField if field.related_model is Unit else NamedField
        return {field.name: kind(allow_null=field.null, **said)}
    if field.choices:
        label = serializers.CharField(
            source=f"get_{field.name}_display", read_only=True, help_text=f"{name_of(field)}（文字）"
        )
        return {f"{field.name}_label": label}
    return {}
