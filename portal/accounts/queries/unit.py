"""Look-ups of units."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Case, IntegerField, Prefetch, Q, QuerySet, When

from portal.accounts.models import Programme, Unit, UnitName, User
from portal.accounts.queries.post import posts_on
from portal.accounts.roles import PARENT_KINDS, UnitKind


def the_programme() -> Programme:
    """The one programme; the migration creates it."""
    return Programme.objects.earliest("pk")


def the_office() -> Unit:
    """The province office, root of the tree; the migration creates it."""
    return Unit.objects.get(kind=UnitKind.PROVINCE_OFFICE)


def units() -> QuerySet[Unit]:
    """All units in use, in official order."""
    return Unit.objects.filter(is_active=True)


def in_use_on(day: date) -> Q:
    """Units that had not gone out of use on ``day``: what figures of a past time count (:meth:`Unit.in_use_on`)."""
    return Q(closed_on__isnull=True) | Q(closed_on__gt=day)


def areas() -> QuerySet[Unit]:
    """Prefectures and counties in use, in official order: what a list is narrowed to."""
    return units().filter(kind__in=(UnitKind.PREFECTURE, UnitKind.COUNTY)).order_by(*official_order())


def within(area: Iterable[Unit | int], through: str = "unit") -> Q:
    """Rows whose unit is one of ``area`` or stands under one today (prefecture → county → school).

    ``through`` leads from a row to its unit; empty, the rows are units themselves.
    """
    ids = [unit.pk if isinstance(unit, Unit) else unit for unit in area]
    above = f"{through}__parent" if through else "parent"
    return Q(**{f"{through or 'pk'}__in": ids}) | Q(**{f"{above}__in": ids}) | Q(**{f"{above}__parent__in": ids})


def find_units(text: str) -> QuerySet[Unit]:
    """Units, in use or not, whose present or former name, short name, alias or code contains ``text``."""
    text = text.strip()
    if not text:
        return Unit.objects.all()
    matches = (
        Q(names__name__icontains=text)
        | Q(names__short_name__icontains=text)
        | Q(aliases__alias__icontains=text)
        | Q(code__iexact=text)
    )
    return Unit.objects.filter(pk__in=Unit.objects.filter(matches).values("pk"))


def name_on(unit: Unit, day: date) -> str:
    """What ``unit`` was called on ``day``; its first name for days before it was registered."""
    names = UnitName.objects.filter(unit=unit)
    name = names.filter(during__contains=day).first() or names.order_by("during").first()
    return name.name if name else unit.name


def unit_by_name(text: str) -> Unit | None:
    """The one unit in use that is called exactly ``text`` (name, short name, alias or code) or once was, else None.

    What is a unit's name today is no other unit's former name.
    """
    text = text.strip()
    if not text:
        return None
    today = Q(name=text) | Q(short_name=text) | Q(aliases__alias=text) | Q(code=text, code__gt="")
    once = Q(names__name=text) | Q(names__short_name=text)
    found = list(units().filter(today).distinct()[:2]) or list(units().filter(once).distinct()[:2])
    return found[0] if len(found) == 1 else None


def names_of_units() -> list[tuple[int, tuple[str, ...]]]:
    """Every unit in use with all that people call it or once called it, for recognising units in a text.

    What is a unit's name today is no other unit's former name. Three queries.
    """
    rows = list(units().prefetch_related("aliases", "names"))
    today = {unit.pk: (unit.name, unit.short_name, *(alias.alias for alias in unit.aliases.all())) for unit in rows}
    bearers: dict[str, set[int]] = defaultdict(set)
    for pk, names in today.items():
        for name in names:
            bearers[name].add(pk)
    return [
        (
            unit.pk,
            tuple(
                dict.fromkeys(
                    name
                    for name in (*today[unit.pk], *(name for name in former_names(unit) if name not in bearers))
                    if name
                )
            ),
        )
        for unit in rows
    ]


def former_names(unit: Unit) -> Iterator[str]:
    """All full and short names that ``unit`` has on the register, for any day; load its ``names`` beforehand."""
    for row in unit.names.all():
        yield row.name
        if row.short_name:
            yield row.short_name


def units_for(user: User) -> QuerySet[Unit]:
    """The units whose register ``user`` may read (单位与岗位): all, or none."""
    return Unit.objects.all() if user.has_perm("accounts.view_units") else Unit.objects.none()


def readable_units(user: User) -> QuerySet[Unit]:
    """The units whose page ``user`` may open.

    What a unit is called and where it stands is known all over the portal, so everybody with a post opens every
    unit, closed ones too (their past stays readable); outside people (experts, partners' contacts) their own alone.
    """
    if user.has_perm("accounts.view_units") or user.has_perm("accounts.read_unit_pages"):
        return Unit.objects.all()
    return Unit.objects.filter(pk__in=[post.unit_id for post in user.posts_today]) if user.is_active else units().none()


def units_below(unit: Unit) -> QuerySet[Unit]:
    """The units in use right under ``unit``, in official order."""
    return units().filter(parent=unit).order_by(*official_order())


def listed_units(user: User, *, text: str = "", kind: str = "", area: Unit | None = None) -> QuerySet[Unit]:
    """The list of units, each with what stands above it and with today's posts in ``posts_now``.

    Empty arguments narrow nothing. ``area`` is a prefecture: it, its
    counties, and what stands under these. Two queries, whatever the length.
    """
    rows = units_for(user).filter(pk__in=find_units(text).values("pk")) if text.strip() else units_for(user)
    if kind:
        rows = rows.filter(kind=kind)
    if area is not None:
        rows = rows.filter(within([area], ""))
    now = Prefetch("posts", queryset=posts_on().order_by("role"), to_attr="posts_now")
    return rows.select_related("parent__parent").prefetch_related(now).order_by(*official_order())


def official_order(through: str = "") -> list[Any]:
    """Kinds in the register's order, then official order, then name; ``through`` leads to the unit (``unit__``)."""
    places = (When(**{f"{through}kind": kind}, then=place) for place, kind in enumerate(UnitKind))
    kinds = Case(*places, output_field=IntegerField())
    return [kinds, f"{through}official_order", f"{through}name", f"{through}pk"]


def possible_parents(kind: str = "") -> QuerySet[Unit]:
    """Units in use under which a unit of ``kind`` (of any kind if not given) may stand."""
    kinds = PARENT_KINDS[UnitKind(kind)] if kind else frozenset[UnitKind]().union(*PARENT_KINDS.values())
    return units().filter(kind__in=kinds).order_by(*official_order())
