"""What every resource of the programming interface is made of: who asks, shapes of values, acts of a table."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, cast

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request

from portal.accounts.models import Unit, User
from portal.accounts.queries.unit import unit_by_name, units
from portal.workflow import LONGEST_REASON, Transition, workflow_of

#: How a unit, or any other thing that is only named, is described to programs.
_NAMED = {"id": {"type": "integer"}, "name": {"type": "string"}}


def asking(request: Request) -> User:
    """The signed-in person behind ``request``, by session or by token; the permission class let nobody else through."""
    return cast(User, request.user)


@extend_schema_field({"type": "object", "properties": {**_NAMED, "kind": {"type": "string"}}})
class UnitField(serializers.Field[Unit, Any, Any, Any]):
    """A unit by its id or by its exact name, short name, alias or code; shown as id, name and kind."""

    default_error_messages = {"unknown": "没有登记名为“{given}”的单位。"}

    def to_internal_value(self, data: Any) -> Unit:
        if isinstance(data, int) and not isinstance(data, bool):
            found = units().filter(pk=data).first() if 0 < data < 2**63 else None
        else:
            found = unit_by_name(data) if isinstance(data, str) and "\x00" not in data else None
        if found is None:
            self.fail("unknown", given=data)
        return found

    def to_representation(self, value: Unit) -> dict[str, Any]:
        return {"id": value.pk, "name": value.name, "kind": value.kind}


@extend_schema_field({"type": "object", "properties": _NAMED})
class NamedField(serializers.Field[Any, Any, Any, Any]):
    """Anything else that is pointed to: its id and how it is called. To be read only."""

    def to_representation(self, value: Any) -> dict[str, Any]:
        return {"id": value.pk, "name": str(value)}


_DAY = {"type": "string", "format": "date", "nullable": True}


@extend_schema_field({"type": "object", "properties": {"since": _DAY, "until": _DAY}})
class TermField(serializers.Field[Any, Any, Any, Any]):
    """A span of days: both days belong to it, None is an open end. To be read only."""

    def to_representation(self, value: Any) -> dict[str, Any]:
        since, after = value.lower, value.upper
        until = after.fromordinal(after.toordinal() - 1) if after else None
        return {"since": since.isoformat() if since else None, "until": until.isoformat() if until else None}


class RelatedListField(serializers.ListField):
    """Things as a list; read from a relation that was fetched beforehand."""

    def get_attribute(self, instance: Any) -> Any:
        relation: Any = super().get_attribute(instance)
        return relation.all()


class ManyUnitsField(RelatedListField):
    """Units as a list."""

    child = UnitField()


class ReasonSerializer(serializers.Serializer[Any]):
    """What goes along with an act; the table says which need it."""

    reason = serializers.CharField(
        allow_blank=True, default="", max_length=LONGEST_REASON, help_text="理由；needs_reason 为真的操作必须填写。"
    )


class ActionSerializer(serializers.Serializer[Any]):
    """An act that is open to the person now."""

    name = serializers.CharField(help_text="操作的代号")
    label = serializers.CharField(help_text="操作的名称")  # type: ignore[assignment]  # fields of its own make a class
    needs_reason = serializers.BooleanField(help_text="是否必须写明理由")
    url = serializers.CharField(help_text="向这个地址 POST 即办理")


def acts_open_to(obj: Any, user: User, acts: Collection[str]) -> list[Transition]:
    """The transitions named in ``acts`` that ``user`` may do with ``obj`` as it stands, in the order of the table."""
    return [
        transition
        for transition in workflow_of(obj).transitions
        if transition.name in acts and obj.state in transition.sources and user.has_perm(transition.permission, obj)
    ]


def actions_of(obj: Any, user: User, acts: Collection[str], address: Callable[[str], str]) -> list[dict[str, Any]]:
    """The same as programs read it; ``address`` makes the address of an act from its name."""
    return [
        {
            "name": transition.name,
            "label": transition.label,
            "needs_reason": transition.reason,
            "url": address(transition.name),
        }
        for transition in acts_open_to(obj, user, acts)
    ]
