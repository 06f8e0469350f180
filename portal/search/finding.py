"""Looking things up: what somebody may see, narrowed by filters, with all words in it, the latest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from heapq import merge
from itertools import islice
from typing import Any

from django.db.models import QuerySet

from portal.accounts.models import User
from portal.search.indexing import catch_up
from portal.search.keys import COUNTED, Arm, Period, before, finds_of, with_words
from portal.search.models import Audience, Findable
from portal.search.registry import Described, Filters, Source, sources
from portal.text.finds import Piece, excerpt, pieces
from portal.text.wanted import Wanted


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
    return with_words(rows, wanted).values("object_id") if wanted.words else rows.none()


def find(arms: Sequence[Arm], wanted: Wanted, *, period: Period, page: int, size: int, kind: str = "") -> Found:
    """Page ``page`` (from 1) of ``size`` finds in ``arms``, all of them where no word is wanted.

    ``kind`` narrows the page; the counts are of all kinds. The number of queries depends on the arms, and on whether
    there are few or many things and finds in one.
    """
    catch_up()
    end = min(page * size, COUNTED)
    finds = finds_of(arms, wanted, period, [end if kind in ("", arm.source.name) else 0 for arm in arms])
    counts: dict[str, int] = {}
    for arm, found in zip(arms, finds, strict=True):
        counts[arm.source.name] = counts.get(arm.source.name, 0) + found.number
    latest = merge(*(found.latest for found in finds), key=before)
    shown = _rows([key for *_, key in islice(latest, (page - 1) * size, end)])
    known = {arm.source.name: arm for arm in arms}
    return Found(_hits(shown, wanted, known), [Count(arm.source, counts[name]) for name, arm in known.items()])


def _rows(keys: Sequence[int]) -> list[Findable]:
    found = Findable.objects.defer("folded", "grams").in_bulk(keys)
    return [found[key] for key in keys if key in found]


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
