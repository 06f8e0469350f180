"""One kind of thing for programs: a line of a register, from which its list, its page and its acts are made.

A :class:`Noun` says which rows a person sees (the queryset of the pages), which fields are shown, how the list is
narrowed and which service stands behind which row of the transition table. There is no other code for a noun.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import Prefetch, QuerySet
from rest_framework import serializers

from portal.accounts.models import User
from portal.api.shapes import serializer_of
from portal.rest import ActionSerializer


@dataclass(frozen=True)
class Act:
    """A service ``(obj, *, by, …)`` and, where it asks for more than a reason, the form of what it asks for."""

    service: Callable[..., Any]
    form: type[serializers.Serializer[Any]] | None = None


@dataclass(frozen=True)
class Computed:
    """Fields that are worked out, for all rows of a page at once: ``of(rows, user)`` answers by id.

    ``fields`` holds for each the class of its serializer field and what it is called. ``of`` is None for those of the
    one thing only that the line has worked out along.
    """

    fields: Mapping[str, tuple[Callable[..., Any], str]]
    of: Callable[[Sequence[Any], User], Mapping[int, Mapping[str, Any]]] | None = None


@dataclass(frozen=True)
class Noun:
    """``path`` is its address, ``rows`` the queryset of the pages, ``fields`` what a line of the list shows.

    ``filters`` maps names of the address to fields; ``day`` is the date for ``since`` and ``until``, ``area`` leads
    to the unit that ``area`` narrows, ``text`` are the fields that ``text`` searches. ``inside`` are the rows that
    belong to it, by relation with their fields, shown with the one thing only, as is ``detail``. ``related`` is read
    along because names are made of it.
    """

    path: str
    label: str
    model: type[models.Model]
    rows: Callable[[User], QuerySet[Any]]
    fields: tuple[str, ...]
    filters: Mapping[str, str] = field(default_factory=dict)
    day: str = ""
    area: str = ""
    text: tuple[str, ...] = ()
    detail: tuple[str, ...] = ()
    inside: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    related: tuple[str, ...] = ()
    acts: Mapping[str, Act] = field(default_factory=dict)
    computed: Computed | None = None
    computed_detail: Computed | None = None

    @property
    def word(self) -> str:
        """The same as the name of an identifier: ``work_items``."""
        return self.path.replace("-", "_")

    def list_rows(self, user: User) -> QuerySet[Any]:
        """What ``user`` sees, with what a line shows, in an order that paging can rely on."""
        rows = self.rows(user)
        order = rows.query.order_by or self.model._meta.ordering or ()
        ends = {"pk", "-pk"} & {str(one) for one in order}
        return _read_along(rows, self.model, self.fields, self.related).order_by(*order, *(() if ends else ("pk",)))

    def detail_rows(self, user: User) -> QuerySet[Any]:
        """The same with all that belongs to a thing."""
        rows = _read_along(self.rows(user), self.model, (*self.fields, *self.detail), self.related)
        for relation, fields in self.inside.items():
            if relation in getattr(rows, "_prefetch_related_lookups", ()):
                continue  # the look-up reads these along already
            model = _inside(self.model, relation)
            rows = rows.prefetch_related(
                Prefetch(relation, queryset=_read_along(model._default_manager.all(), model, fields, ()))
            )
        return rows

    def line(self) -> type[serializers.ModelSerializer[Any]]:
        return serializer_of(self.model, self.fields, name=self.model.__name__, more=_worked_out(self.computed))

    def page(self) -> type[serializers.ModelSerializer[Any]]:
        """One thing: its line, what belongs to it, and what may be done with it now."""
        more = _worked_out(self.computed, self.computed_detail)
        for relation, fields in self.inside.items():
            model = _inside(self.model, relation)
            inner = serializer_of(model, fields, name=f"{self.model.__name__}{model.__name__}")
            more[relation] = inner(many=True, read_only=True, help_text=str(model._meta.verbose_name_plural))
        if self.acts:
            more["actions"] = ActionSerializer(many=True, read_only=True, help_text="现在可以办理的操作")
        return serializer_of(self.model, (*self.fields, *self.detail), name=f"{self.model.__name__}Detail", more=more)


def _worked_out(*computed: Computed | None) -> dict[str, Any]:
    """Serializer fields for what the view puts on a row as ``computed``; ``url`` stands on every row."""
    made: dict[str, Any] = {
        "url": serializers.CharField(source="computed.url", read_only=True, help_text="它在接口中的地址")
    }
    for one in computed:
        for name, (kind, label) in one.fields.items() if one else ():
            made[name] = kind(source=f"computed.{name}", read_only=True, allow_null=True, help_text=label)
    return made


def acts(services: Mapping[str, Callable[..., Any]], **more: Act) -> dict[str, Act]:
    """Services that ask for nothing but the reason, by their names in the table, and ``more`` that do."""
    return {name: Act(service) for name, service in services.items()} | more


def _inside(model: type[models.Model], relation: str) -> type[models.Model]:
    related: Any = model._meta.get_field(relation).related_model
    found: type[models.Model] = related
    return found


def _read_along(
    rows: QuerySet[Any], model: type[models.Model], fields: Sequence[str], related: Sequence[str]
) -> QuerySet[Any]:
    """Everything that ``fields`` point to, so that the queries do not grow with the rows."""
    one: list[str] = list(related)
    many: list[str] = []
    for name in fields:
        found = model._meta.get_field(name)
        if found.many_to_many:
            many.append(name)
        elif found.is_relation:
            one.append(name)
    rows = rows.select_related(*one) if one else rows
    return rows.prefetch_related(*many) if many else rows
