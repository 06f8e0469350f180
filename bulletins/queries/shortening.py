"""How long entries usually are, and by what habits they are shortened: read off what was printed, and off data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from statistics import quantiles

from django.db.models import Value
from django.db.models.functions import Concat, Length, Replace

from bulletins.models import Entry, HouseWord, Section
from bulletins.queries.word import house_words
from bulletins.shortening import NamedUnit, Phrase, Wording
from portal.accounts.queries.unit import units
from portal.accounts.roles import UnitKind

#: Fewer printed entries say nothing about what is usual; so many of the latest are enough.
FEWEST, LATEST = 8, 200
#: Kinds of units that S1 calls 学校 after they have been named.
HOUSES = (UnitKind.UNIVERSITY, UnitKind.SCHOOL)


@dataclass(frozen=True, slots=True)
class Usual:
    """Characters of an entry, lead included: the middle one, and between which lengths the middle half lies.

    ``counted`` is from how many printed entries it was read; 0 for the default.
    """

    few: int
    median: int
    many: int
    counted: int = 0

    @property
    def scale(self) -> int:
        """What a full meter stands for."""
        return max(self.many * 2, 300)


#: S1 (DOMAIN.md, the bulletin): entries run 91–456 characters, about 200 in the middle.
DEFAULT = Usual(91, 200, 456)


def usual_length(section: Section | None) -> Usual:
    """The usual length in ``section``, from its latest printed entries; the default where these are too few."""
    if section is None:
        return DEFAULT
    said = Replace(Replace(Concat("lead", "text"), Value("\n"), Value("")), Value(" "), Value(""))
    printed = Entry.objects.filter(section=section, issue__number__isnull=False).order_by("-pk")
    lengths = sorted(printed.annotate(said=Length(said)).values_list("said", flat=True)[:LATEST])
    if len(lengths) < FEWEST:
        return DEFAULT
    few, median, many = (round(cut) for cut in quantiles(lengths, n=4, method="inclusive"))
    return Usual(few, median, many, len(lengths))


def wording(reference: date) -> Wording:
    """Units with their short names, and the office's set phrases; two queries."""
    return Wording(
        reference,
        tuple(NamedUnit(unit.pk, unit.name, unit.short_name, unit.kind in HOUSES) for unit in units()),
        tuple(Phrase(row.word, row.replacement) for row in house_words(kind=HouseWord.Kind.SET_PHRASE)),
    )
