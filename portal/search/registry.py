"""What can be found: apps register their kinds and filters here, the ground names none of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models

from portal.accounts.models import User
from portal.search.models import Audience

#: Values of filters by their names, each one of the filter's own choices; empty ones are left out.
Filters = Mapping[str, str]
#: A choice and its label, or a group of them under a heading.
Choice = tuple[str, str]
Choices = Sequence[Choice | tuple[str, Sequence[Choice]]]


@dataclass(frozen=True, slots=True)
class Indexed:
    """What the index shall hold of one thing for one audience; ``extra`` is found but never shown (pinyin)."""

    object_id: int
    title: str
    text: str = ""
    day: date | None = None
    audience: str = Audience.ALL
    unit_id: int | None = None
    extra: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """Things that somebody may see, and as which audiences he reads them."""

    rows: models.QuerySet[Any]
    audiences: tuple[str, ...] = (Audience.ALL,)


@dataclass(frozen=True, slots=True)
class Described:
    """How a find is shown: where it leads, and ``facts`` about it (whose, when, in which state)."""

    url: str
    facts: tuple[str, ...] = ()


def _nothing_else(ids: Sequence[int]) -> dict[str, list[int]]:
    return {}


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of thing.

    ``watches`` are tables (by model) and the column that holds the thing's key: whoever writes there puts the
    thing's rows out of date. ``index(ids)`` gives the rows of those of ``ids`` that exist; ``dependants(ids)`` the
    things, by source, whose rows change with these. ``shares(user, filters)`` starts from the app's own
    ``…_for(user)`` querysets; it is empty where a filter asks for what this kind has not. No thing is in two shares.
    ``describe(user, ids)`` costs the same number of queries however many there are.
    """

    name: str
    label: str
    order: int
    model: type[models.Model]
    watches: tuple[tuple[type[models.Model], str], ...]
    index: Callable[[Sequence[int]], Iterable[Indexed]]
    shares: Callable[[User, Filters], list[Share]]
    describe: Callable[[User, Sequence[int]], dict[int, Described]]
    dependants: Callable[[Sequence[int]], dict[str, list[int]]] = field(default=_nothing_else)


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter beside period and kind; ``choices(user)`` are read when the page is shown."""

    name: str
    label: str
    empty_label: str
    order: int
    choices: Callable[[User], Choices]


_sources: dict[str, Source] = {}
_filters: dict[str, Filter] = {}


def register_source(source: Source) -> None:
    """Make a kind findable; called once, from the app's ``ready``."""
    _sources[source.name] = source


def register_filter(filter_: Filter) -> None:
    """Offer a filter on the page; called once, from the app's ``ready``."""
    _filters[filter_.name] = filter_


def sources() -> list[Source]:
    return sorted(_sources.values(), key=lambda source: source.order)


def source_called(name: str) -> Source:
    """Raises KeyError for a name that nobody registered."""
    return _sources[name]


def source_of(model: type[models.Model]) -> Source | None:
    """The kind whose things are rows of ``model``."""
    return next((source for source in _sources.values() if source.model is model), None)


def filters() -> list[Filter]:
    return sorted(_filters.values(), key=lambda filter_: filter_.order)
