"""Look-ups of what waits; counts and lists come from here alone, so they agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from portal.accounts.models import Unit, User
from portal.accounts.queries.post import posts_on
from portal.accounts.roles import Role
from portal.inbox.awaited import awaited_addresses, own_things
from portal.inbox.models import MOST_URGENT_FIRST, Waiting

#: So many people or units are named by whom one thing waits; more are a number.
MOST_NAMES = 3
NOBODY = "（现在无人任职）"


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
    """``rows`` as ``user`` reads them: who waits may have another page than who acts, and is told who has it today."""
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
    _name_holders(others)
    return found


def late(rows: QuerySet[Waiting]) -> QuerySet[Waiting]:
    """Those whose day has passed."""
    return rows.filter(due__lt=timezone.localdate())


def _his(user: User) -> Q:
    condition = Q(user=user)
    for post in user.posts_today:
        condition |= Q(unit=post.unit_id, role=post.role)
    return condition


def _name_holders(rows: Mapping[int, list[Waiting]]) -> None:
    """Tell each row, by content type, with whom all that wait for the same lie; two queries, however many."""
    condition = Q(pk__in=())
    for content_type, some in rows.items():
        condition |= Q(content_type=content_type, object_id__in={row.object_id for row in some})
    together: dict[tuple[int, int, str], list[Waiting]] = defaultdict(list)
    for row in Waiting.objects.filter(condition).select_related("unit", "user").order_by("pk"):
        together[_thing(row)].append(row)
    held = _held_posts(row for same in together.values() for row in same)
    for some in rows.values():
        for row in some:
            row.lies_with = _holders(together[_thing(row)], held)


def _thing(row: Waiting) -> tuple[int, int, str]:
    return row.content_type_id, row.object_id, row.what


def _held_posts(rows: Iterable[Waiting]) -> set[tuple[int | None, str]]:
    """The posts of ``rows`` that somebody who can sign in holds today."""
    units = {row.unit_id for row in rows if row.unit_id and row.role}
    if not units:
        return set()
    posts = posts_on().filter(unit__in=units, user__is_active=True)
    return set(posts.order_by().values_list("unit", "role").distinct())


def _holders(rows: Iterable[Waiting], held: Collection[tuple[int | None, str]]) -> str:
    """Who has one thing: people by name, one unit with its posts, or several units."""
    people: dict[str, None] = {}
    units: dict[Unit, set[str]] = {}
    for row in rows:
        if row.user is not None:
            people[str(row.user)] = None
        elif row.unit is not None:
            units.setdefault(row.unit, set()).update({row.role} if (row.unit_id, row.role) in held else ())
    parts = []
    if people:
        parts.append(_few(list(people), "人"))
    if len(units) == 1:
        ((unit, roles),) = units.items()
        parts.append(f"{unit.label} · {_posts(roles)}" if roles else f"{unit.label}{NOBODY}")
    elif units:
        parts.append(_few([unit.label for unit in units], "个单位") + ("" if any(units.values()) else NOBODY))
    return "、".join(parts)


def _posts(roles: Collection[str]) -> str:
    """In the order in which posts are listed; a deputy stands in, so he is named where nobody has the post itself."""
    shown = [role for role in Role if role in roles]
    if Role.INFORMATION_OFFICER in shown:
        shown = [role for role in shown if role != Role.DEPUTY_OFFICER]
    return "、".join(role.label for role in shown)


def _few(names: list[str], counted: str) -> str:
    """All names, or the first with the number of all."""
    return "、".join(names) if len(names) <= MOST_NAMES else f"{names[0]}等{len(names)}{counted}"
