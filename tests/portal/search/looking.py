"""Looking things up in tests as the page does."""

from __future__ import annotations

from datetime import date

from portal.accounts.models import User
from portal.search.finding import Found, arms_for, find
from portal.search.keys import Period
from portal.text.wanted import read_query


def look(
    user: User, query: str, *, kind: str = "", page: int = 1, size: int = 50, filters: dict[str, str] | None = None
) -> Found:
    """What ``user`` finds; ``since`` and ``until`` are ISO days, other filters go by their names."""
    filters = dict(filters or {})
    days = {name: date.fromisoformat(filters.pop(name)) for name in ("since", "until") if name in filters}
    user = User.objects.get(pk=user.pk)
    arms = arms_for(user, filters)
    return find(arms, read_query(query), period=Period(**days), kind=kind, page=page, size=size)


def keys(user: User, query: str, kind: str, **filters: str) -> set[int]:
    """Keys of the things of one kind that ``user`` finds."""
    return {hit.object_id for hit in look(user, query, kind=kind, filters=filters).hits}


def numbers(found: Found) -> dict[str, int]:
    """How many finds there are of each kind that has any."""
    return {count.source.name: count.number for count in found.counts if count.number}
