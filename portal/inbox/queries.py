"""Look-ups of what waits; counts and lists come from here alone, so they agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from portal.accounts.models import User
from portal.inbox.awaited import awaited_addresses, own_things
from portal.inbox.models import MOST_URGENT_FIRST, Waiting


def waiting_for(user: User) -> QuerySet[Waiting]:
    """Everything that waits for ``user`` by name or by a post held today, the most urgent first."""
    return Waiting.objects.filter(_his(user)).select_related("unit", "user")


def awaited_by(user: User) -> QuerySet[Waiting]:
    """What ``user`` waits for: his things as they lie with others, each once, the most urgent first."""
    condition = Q(pk__in=())
    for content_type, keys in own_things(user):
        condition |= Q(content_type=content_type, object_id__in=keys)
    same = {name: OuterRef(name) for name in ("content_type", "object_id", "what")}
    rows = Waiting.objects.filter(condition).exclude(Exists(Waiting.objects.filter(_his(user), **same)))
    once = rows.order_by("content_type", "object_id", "what", "pk").distinct("content_type", "object_id", "what")
    return Waiting.objects.filter(pk__in=once.values("pk")).select_related("unit", "user").order_by(*MOST_URGENT_FIRST)


def opened_by(user: User, rows: Iterable[Waiting]) -> list[Waiting]:
    """``rows``, each with the address under which ``user`` opens it: who waits may have another page than who acts."""
    found = list(rows)
    posts = {(post.unit_id, post.role) for post in user.posts_today}
    others: dict[int, list[Waiting]] = defaultdict(list)
    for row in found:
        if row.user_id != user.pk and (row.unit_id, row.role) not in posts:
            others[row.content_type_id].append(row)
    for content_type, some in others.items():
        model = ContentType.objects.get_for_id(content_type).model_class()
        addresses = awaited_addresses(model, {row.object_id for row in some}) if model else {}
        for row in some:
            row.url = addresses.get(row.object_id, row.url)
    return found


def late(rows: QuerySet[Waiting]) -> QuerySet[Waiting]:
    """Those whose day has passed."""
    return rows.filter(due__lt=timezone.localdate())


def _his(user: User) -> Q:
    condition = Q(user=user)
    for post in user.posts_today:
        condition |= Q(unit=post.unit_id, role=post.role)
    return condition
