"""Which rows of the index a search finds, of what somebody may see, the latest first.

Nothing here is counted or sorted to its end where it is long: a word that stands in most reports costs as little as a
rare one. Counts stop at ``COUNTED`` and pages end there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, Case, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from portal.search.models import Findable
from portal.search.registry import Described, Share, Source
from portal.text.wanted import Wanted, Word

#: Finds of a kind are counted up to here; the page says that there are more.
COUNTED = 300
#: Up to here, things are few.
FEW = 1500
#: What one in this many of the newest rows has, of as many as SAMPLE, is frequent.
FREQUENT, SAMPLE = 32, 400
#: Where more rows than this would be read one by one to the last find that is shown, all finds are read by the index.
READ_IN_ORDER = 8000
#: A word that is part of more names of units than this is looked for in the texts alone.
MOST_UNITS = 200

#: What the order of a find follows from, and its row: day, thing, row.
Key = tuple[date | None, int, int]
#: For each word the units that have it in a name.
Named = Sequence[Sequence[int]]


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
class Finds:
    """How many finds an arm has, counted to just beyond COUNTED, and the latest of them in order."""

    number: int
    latest: list[Key]


def finds_of(arms: Sequence[Arm], wanted: Wanted, period: Period, ends: Sequence[int]) -> list[Finds]:
    """For each arm its finds, the latest ``ends[n]`` of them.

    Of few things all finds are read, for all such arms in one query; an arm whose source does not have the words at
    all is left out before the database has to think about who may see what. Of many, each row that has the words is
    asked by itself whether it may be seen, and only until there are enough: a join would first gather all that may be.
    """
    named = [_units_named(word) for word in wanted.words]
    long = _long_sources(arms)
    short = {arm.source.name for arm in arms} - long
    speaking = _within(Findable.objects.filter(source__in=short), period).filter(_words(wanted, named, _reads))
    asked = (
        long.union(speaking.order_by().values_list("source", flat=True).distinct()) if wanted.words else long | short
    )
    many = _many([(n, arm) for n, arm in enumerate(arms) if arm.source.name in long])
    few = [(n, arm) for n, arm in enumerate(arms) if arm.source.name in asked and n not in many]
    keys = _of_few(few, wanted, named, period)
    return [
        _of_many(arm, wanted, named, period, ends[n])
        if n in many
        else Finds(len(keys.get(n, ())), sorted(keys.get(n, ()), key=before)[: ends[n]])
        for n, arm in enumerate(arms)
    ]


def before(key: Key) -> tuple[bool, int, int]:
    """The order of finds: without a day first, then the latest."""
    day, object_id, _ = key
    return (day is not None, -(day.toordinal() if day else 0), -object_id)


def with_words(rows: QuerySet[Findable], wanted: Wanted) -> QuerySet[Findable]:
    """Rows with all words in their text or in their unit's name, by the index."""
    return rows.filter(_words(wanted, [_units_named(word) for word in wanted.words], _says))


def _long_sources(arms: Sequence[Arm]) -> set[str]:
    """The sources that have more than FEW rows in the index, whoever may see them."""
    beyond = [
        Findable.objects.filter(source=name)
        .order_by("-day", "-object_id")
        .values_list("source", flat=True)[FEW : FEW + 1]
        for name in sorted({arm.source.name for arm in arms})
    ]
    return set(beyond[0].union(*beyond[1:], all=True)) if beyond else set()


def _many(arms: Sequence[tuple[int, Arm]]) -> set[int]:
    """The arms, by their places, in which there are more than FEW things."""
    beyond = [
        arm.share.rows.order_by().values_list(Value(n, IntegerField()), flat=True)[FEW : FEW + 1] for n, arm in arms
    ]
    return set(beyond[0].union(*beyond[1:], all=True)) if beyond else set()


def _of_few(arms: Sequence[tuple[int, Arm]], wanted: Wanted, named: Named, period: Period) -> dict[int, list[Key]]:
    """All finds of arms with few things: their texts are read sooner than the index is gone through."""
    finds = [
        _of(arm, period)
        .filter(_words(wanted, named, _reads), object_id__in=arm.share.rows.order_by().values("pk"))
        .values_list(Value(n, IntegerField()), "day", "object_id", "pk")
        for n, arm in arms
    ]
    keys: dict[int, list[Key]] = {}
    for n, *key in finds[0].union(*finds[1:], all=True) if finds else ():
        keys.setdefault(n, []).append((key[0], key[1], key[2]))
    return keys


def _of_many(arm: Arm, wanted: Wanted, named: Named, period: Period, end: int) -> Finds:
    """Frequent words are met soon among the newest rows; others are looked up in the index."""
    rows = _of(arm, period)
    one = arm.share.rows.order_by().filter(pk=OuterRef("object_id")).values(seen=Value(True))[:1]
    seen = rows.alias(is_seen=Subquery(one, output_field=BooleanField())).filter(is_seen=True)
    newest = rows.order_by("-day", "-object_id").values("pk")[:SAMPLE]
    if seen.filter(_words(wanted, named, _reads), pk__in=newest).count() * FREQUENT >= SAMPLE:
        found = _latest(seen, wanted, named, COUNTED + 1)
        return Finds(len(found), found[:end])
    having = seen.filter(_words(wanted, named, _says))
    found = _keys(having[: COUNTED + 1])
    if len(found) > COUNTED and end:
        if _rows_for_each(found) * end < READ_IN_ORDER:
            return Finds(len(found), _latest(seen, wanted, named, end))
        found = _keys(having)
    return Finds(len(found), sorted(found, key=before)[:end])


def _of(arm: Arm, period: Period) -> QuerySet[Findable]:
    return _within(Findable.objects.filter(source=arm.source.name, audience__in=arm.share.audiences), period)


def _within(rows: QuerySet[Findable], period: Period) -> QuerySet[Findable]:
    if period.since:
        rows = rows.filter(day__gte=period.since)
    if period.until:
        rows = rows.filter(day__lte=period.until)
    return rows


def _rows_for_each(found: Sequence[Key]) -> float:
    """About how many rows are read for a find: as far as half of these, the middle ones, lie apart in the index.

    The first of many finds come one after another from the table. Its own statistics know how frequent a word is, but
    not how many texts have several words together.
    """
    keys = sorted(key for *_, key in found)
    quarter = len(keys) // 4
    return (keys[-quarter] - keys[quarter]) / (len(keys) - 2 * quarter)


def _latest(rows: QuerySet[Findable], wanted: Wanted, named: Named, end: int) -> list[Key]:
    """The latest of very many, read in the order of their days until there are enough.

    As one condition the database cannot take the words for rare, gather every find and only then sort.
    """
    if wanted.words:
        rows = rows.filter(Case(When(_words(wanted, named, _reads), then=True), default=False))
    return _keys(rows.order_by("-day", "-object_id")[:end])


def _keys(rows: QuerySet[Findable]) -> list[Key]:
    return list(rows.values_list("day", "object_id", "pk"))


def _words(wanted: Wanted, named: Named, says: Callable[[Word], Q]) -> Q:
    """All words; each stands in the thing's own text or in the name of its unit."""
    conditions = Q()
    for word, units in zip(wanted.words, named, strict=True):
        conditions &= says(word) | Q(unit__in=units) if units else says(word)
    return conditions


def _says(word: Word) -> Q:
    """The index finds the pairs; whether they stand side by side is looked at where they are more than one."""
    has_grams = Q(grams__contains=list(word.grams))
    return has_grams if word.is_exact else has_grams & _reads(word)


def _reads(word: Word) -> Q:
    """Without the index: few texts are read sooner than all numbers of the index are gone through.

    ``strpos`` leaps through a text, LIKE goes letter by letter: a third of the time.
    """
    return Q(GreaterThan(StrIndex("folded", Value(word.folded)), 0))


def _units_named(word: Word) -> list[int]:
    """Units with the word in a name, an alias or a spelling, if they are not too many to mean anything."""
    rows = Findable.objects.filter(_reads(word), source="unit").order_by()
    units = list(rows.values_list("object_id", flat=True)[: MOST_UNITS + 1])
    return units if len(units) <= MOST_UNITS else []
