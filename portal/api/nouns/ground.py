"""What all nouns stand on: the units that take part, and what waits for whoever asks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rest_framework import serializers

from portal.accounts.models import Unit, User
from portal.accounts.queries.unit import readable_units
from portal.api.noun import Computed, Noun
from portal.inbox.models import Waiting
from portal.inbox.queries import waiting_for


def _where(rows: Sequence[Any], _user: User) -> dict[int, dict[str, Any]]:
    return {row.pk: {"holder": row.holder, "page": row.url, "is_overdue": row.is_overdue} for row in rows}


GROUND = (
    Noun(
        "units",
        "单位",
        Unit,
        readable_units,
        fields=(
            "name",
            "short_name",
            "kind",
            "code",
            "parent",
            "official_order",
            "is_active",
            "closed_on",
            "is_outside",
        ),
        filters={"kind": "kind", "parent": "parent", "code": "code", "is_active": "is_active"},
        text=("name", "short_name"),
        inside={"names": ("name", "short_name", "during"), "placements": ("parent", "during")},
    ),
    Noun(
        "waiting",
        "待办事项",
        Waiting,
        waiting_for,
        fields=("what", "title", "since", "due"),
        filters={"what": "what"},
        day="due",
        text=("title",),
        computed=Computed(
            {
                "holder": (serializers.CharField, "现在谁手中"),
                "page": (serializers.CharField, "办理的页面"),
                "is_overdue": (serializers.BooleanField, "已过期限"),
            },
            of=_where,
        ),
    ),
)
