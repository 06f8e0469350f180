"""Units among what can be found: by every name they ever had, in characters and as they are spelt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet
from django.urls import reverse

from portal.accounts.models import Unit, UnitAlias, UnitName, User
from portal.accounts.queries.unit import units, units_for
from portal.search.registry import Described, Filters, Indexed, Share, Source, register_source
from portal.text.pinyin import spellings


def findable_units(user: User) -> QuerySet[Unit]:
    """The register's readers find all units; who has a post finds those in use, whose names the portal shows
    everywhere; outside people (experts, partners' contacts) find none.
    """
    if user.has_perm("accounts.view_units"):
        return units_for(user)
    return units() if user.has_perm("accounts.read_unit_pages") else Unit.objects.none()


def index_units(ids: Sequence[int]) -> Iterable[Indexed]:
    rows = Unit.objects.filter(pk__in=ids).prefetch_related("aliases", "names")
    for unit in rows:
        names = dict.fromkeys(_names(unit))
        spelt = dict.fromkeys(spelling for name in names for spelling in spellings(name))
        others = "、".join(name for name in names if name != unit.name)
        yield Indexed(unit.pk, unit.name, others, unit_id=unit.pk, extra="\n".join((*spelt, unit.code)))


def _names(unit: Unit) -> Iterable[str]:
    yield from filter(None, (unit.name, unit.short_name))
    yield from (alias.alias for alias in unit.aliases.all())
    for former in unit.names.all():
        yield from filter(None, (former.name, former.short_name))


def units_share(user: User, filters: Filters) -> list[Share]:
    """Units can be narrowed to one unit, and have neither state nor section nor batch."""
    wanted = dict(filters)
    unit = wanted.pop("unit", "")
    if wanted:
        return []
    rows = findable_units(user)
    return [Share(rows.filter(pk=unit) if unit else rows)]


def describe_units(user: User, ids: Sequence[int]) -> dict[int, Described]:
    """A unit leads to its page: whoever finds it may open that."""
    described = {}
    for unit in Unit.objects.filter(pk__in=ids).select_related("parent"):
        url = reverse("unit", args=[unit.pk])
        above = (str(unit.parent),) if unit.parent else ()
        described[unit.pk] = Described(url, (unit.get_kind_display(), *above))
    return described


register_source(
    Source(
        name="unit",
        label="单位",
        order=10,
        model=Unit,
        watches=((Unit, "id"), (UnitName, "unit"), (UnitAlias, "unit")),
        index=index_units,
        shares=units_share,
        describe=describe_units,
    )
)
