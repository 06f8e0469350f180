"""Looking things up: what somebody may see, narrowed by filters, with all words in it, the latest first.

Nothing here is counted or sorted to its end where it is long: a word that stands in most reports costs as little as a
rare one. Counts stop at ``COUNTED`` and pages end there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from heapq import merge
from itertools import islice
from typing import Any

from django.db.models import BooleanField, OuterRef, Q, QuerySet, Subquery, Value

from portal.accounts.models import User
from portal.search.indexing import catch_up
from portal.search.models import Audience, Findable
from portal.search.registry import Described, Filters, Share, Source, sources
from portal.text.finds import Piece, excerpt, pieces
from portal.text.wanted import Wanted, Word

#: Finds of a kind are counted up to here; the page says that there are more.
COUNTED = 500
#: A word that is part of more names of units than this is looked for in the texts alone.
MOST_UNITS = 200


#: What the order of a find follows from, and its row: day, thing, row.
Key = tuple[date | None, int, int]


@dataclass(frozen=True, slots=True)
class Arm:
    """What is looked through of one source: a share of its things, and how finds among them are described."""

    source: Source
    share: Share
    describe: Callable[[Sequence[int]], dict[int, Described]]


@dataclass(frozen=True, slots=True)
class Period:
    """Days of the finds, both included."""

    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A find as it is shown."""

    source: Source
    object_id: int
    day: date | None
    title: tuple[Piece, ...]
    text: tuple[Piece, ...]
    described: Described


@dataclass(frozen=True, slots=True)
class Count:
    """How many finds of a kind there are; ``is_more`` where counting has stopped."""

    source: Source
    number: int

    @property
    def is_more(self) -> bool:
        return self.number > COUNTED

    @property
    def label(self) -> str:
        return f"{COUNTED}+" if self.is_more else str(self.number)


@dataclass(frozen=True, slots=True)
class Found:
    """One page of finds, and how many there are of each kind."""

    hits: list[Hit] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)


def arms_for(user: User, filters: Filters) -> list[Arm]:
    """All that ``user`` may see, narrowed by ``filters``; kinds that a filter does not fit are left out."""
    return [
        Arm(source, share, partial(source.describe, user))
        for source in sources()
        for share in source.shares(user, filters)
    ]


def matching(source: str, wanted: Wanted, audiences: Sequence[str] = (Audience.ALL, Audience.UNIT)) -> QuerySet[Any]:
    """Keys of the things of a kind with all words in them or in their unit's name; for narrowing a list.

    Who may see them is not asked here. Without a word nothing matches.
    """
    catch_up()
    rows = Findable.objects.filter(source=source, audience__in=audiences)
    return _with_words(rows, wanted, _named(wanted), _says).values("object_id") if wanted.words else rows.none()


def find(arms: Sequence[Arm], wanted: Wanted, *, period: Period, page: int, size: int, kind: str = "") -> Found:
    """Page ``page`` (from 1) of ``size`` finds in ``arms``, all of them where no word is wanted.

    ``kind`` narrows the page; the counts are of all kinds. The number of queries depends on the arms alone.
    """
    catch_up()
    named = _named(wanted)
    end = min(page * size, COUNTED)
    counts: dict[str, int] = {}
    latest: list[list[Key]] = []
    for arm in arms:
        rows = _of(arm, period)
        says = _reads if arm.source.is_small else _says
        found = _keys(_with_words(rows, wanted, named, says).order_by()[: COUNTED + 1])
        counts[arm.source.name] = counts.get(arm.source.name, 0) + len(found)
        if kind in ("", arm.source.name):
            latest.append(sorted(found, key=_before) if len(found) <= COUNTED else _latest(rows, wanted, named, end))
    shown = _rows([key for *_, key in islice(merge(*latest, key=_before), (page - 1) * size, end)])
    known = {arm.source.name: arm for arm in arms}
    return Found(_hits(shown, wanted, known), [Count(arm.source, counts[name]) for name, arm in known.items()])


def _of(arm: Arm, period: Period) -> QuerySet[Findable]:
    """The rows of an arm's things.

    Of few things the database may begin with these. Where somebody sees nearly all, each row that has the words is
    asked by itself whether he sees it, and only until there are enough: a join would first gather all he sees.
    """
    rows = Findable.objects.filter(source=arm.source.name, audience__in=arm.share.audiences)
    if period.since:
        rows = rows.filter(day__gte=period.since)
    if period.until:
        rows = rows.filter(day__lte=period.until)
    things = arm.share.rows.order_by()
    if arm.share.is_most:
        one = things.filter(pk=OuterRef("object_id")).values(seen=Value(True))[:1]
        return rows.alias(is_seen=Subquery(one, output_field=BooleanField())).filter(is_seen=True)
    return rows.filter(object_id__in=things.values("pk"))


def _latest(rows: QuerySet[Findable], wanted: Wanted, named: Sequence[list[int]], end: int) -> list[Key]:
    """The latest of very many, read in the order of their days.

    Longer words are looked for in the text itself here: the database takes them for far rarer than they are, and
    would gather every find only to sort it.
    """

    def says(word: Word) -> Q:
        return _says(word) if word.is_exact else _reads(word)

    return _keys(_with_words(rows, wanted, named, says).order_by("-day", "-object_id")[:end])


def _keys(rows: QuerySet[Findable]) -> list[Key]:
    return list(rows.values_list("day", "object_id", "pk"))


def _with_words(
    rows: QuerySet[Findable], wanted: Wanted, named: Sequence[list[int]], says: Callable[[Word], Q]
) -> QuerySet[Findable]:
    for word, units in zip(wanted.words, named, strict=True):
        rows = rows.filter(says(word) | Q(unit__in=units) if units else says(word))
    return rows


def _says(word: Word) -> Q:
    """The index finds the pairs; whether they stand side by side is looked at where they are more than one."""
    has_grams = Q(grams__contains=list(word.grams))
    return has_grams if word.is_exact else has_grams & Q(folded__contains=word.folded)


def _reads(word: Word) -> Q:
    """Without the index: few and short texts are read sooner than all numbers of the index are gone through."""
    return Q(folded__contains=word.folded)


def _named(wanted: Wanted) -> list[list[int]]:
    return [_units_named(word) for word in wanted.words]


def _units_named(word: Word) -> list[int]:
    """Units with the word in a name, an alias or a spelling, if they are not too many to mean anything."""
    rows = Findable.objects.filter(_reads(word), source="unit").order_by()
    units = list(rows.values_list("object_id", flat=True)[: MOST_UNITS + 1])
    return units if len(units) <= MOST_UNITS else []


def _rows(keys: Sequence[int]) -> list[Findable]:
    found = Findable.objects.defer("folded", "grams").in_bulk(keys)
    return [found[key] for key in keys if key in found]


def _before(row: Key) -> tuple[bool, int, int]:
    day, object_id, _ = row
    return (day is not None, -(day.toordinal() if day else 0), -object_id)


def _hits(rows: Sequence[Findable], wanted: Wanted, known: dict[str, Arm]) -> list[Hit]:
    described: dict[tuple[str, int], Described] = {}
    for name, arm in known.items():
        ids = [row.object_id for row in rows if row.source == name]
        described |= {(name, key): value for key, value in arm.describe(ids).items()} if ids else {}
    return [
        Hit(
            known[row.source].source,
            row.object_id,
            row.day,
            pieces(row.title, wanted.folded),
            excerpt(row.text, wanted.folded),
            described[row.source, row.object_id],
        )
        for row in rows
        if (row.source, row.object_id) in described
    ]
