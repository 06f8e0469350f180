"""Look-ups of units."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from portal.accounts.models import Programme, Unit, UnitName
from portal.accounts.roles import UnitKind


def the_programme() -> Programme:
    """The one programme; the migration creates it."""
    return Programme.objects.earliest("pk")


def the_office() -> Unit:
    """The province office, root of the tree; the migration creates it."""
    return Unit.objects.get(kind=UnitKind.PROVINCE_OFFICE)


def units() -> QuerySet[Unit]:
    """All units in use, in official order."""
    return Unit.objects.filter(is_active=True)


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
    """The one unit in use that is called exactly ``text`` (name, short name, alias or code), else None."""
    text = text.strip()
    if not text:
        return None
    exact = Q(name=text) | Q(short_name=text) | Q(aliases__alias=text) | Q(code=text, code__gt="")
    found = list(units().filter(exact).distinct()[:2])
    return found[0] if len(found) == 1 else None


def names_of_units() -> list[tuple[int, tuple[str, ...]]]:
    """Every unit in use with all that people call it, for recognising units in a text. Two queries."""
    rows = units().prefetch_related("aliases", "names")
    return [
        (
            unit.pk,
            tuple(
                dict.fromkeys(
                    name
                    for name in (
                        unit.name,
                        unit.short_name,
                        *(alias.alias for alias in unit.aliases.all()),
                        *(former.name for former in unit.names.all()),
                    )
                    if name
                )
            ),
        )
        for unit in rows
    ]
