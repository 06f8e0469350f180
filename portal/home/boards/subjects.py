"""What has a board: the office (the leaders' page), every unit, every community; and who may open which."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from alliances.rules.posts import reads_all
from pilots.models import Community
from pilots.queries.community import communities_for
from portal.accounts.models import Unit, User
from portal.accounts.queries.unit import the_office, units, within
from portal.accounts.roles import UNIT_ROLES, UnitKind

UNIT, COMMUNITY = "unit", "community"


@dataclass(frozen=True, slots=True)
class BoardSubject:
    """A unit or a community; ``level`` is the kind of unit, or ``community``."""

    kind: str
    pk: int
    name: str
    level: str

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.pk}"

    @property
    def is_office(self) -> bool:
        return self.level == UnitKind.PROVINCE_OFFICE

    @property
    def is_area(self) -> bool:
        """Lists of tasks and reports can be narrowed to it."""
        return self.level in (UnitKind.PREFECTURE, UnitKind.COUNTY)

    @property
    def url(self) -> str:
        return reverse("board") if self.is_office else reverse("board-of", args=[self.kind, self.pk])

    @property
    def table_url(self) -> str:
        return f"{self.url}table/"

    @property
    def page(self) -> str:
        """The page of the thing itself."""
        return reverse(self.kind, args=[self.pk])


def of_unit(unit: Unit) -> BoardSubject:
    return BoardSubject(UNIT, unit.pk, unit.name, unit.kind)


def of_community(community: Community) -> BoardSubject:
    return BoardSubject(COMMUNITY, community.pk, community.name, COMMUNITY)


def units_with_board(user: User) -> QuerySet[Unit]:
    """The units whose board ``user`` may open: the office and leaders all, others their own and those below."""
    if reads_all(user):
        return Unit.objects.all()
    own = user.units_as(*UNIT_ROLES)
    return Unit.objects.filter(within(own, ""))


def pages_of_boards(user: User) -> set[str]:
    """The addresses of the units' boards that ``user`` may open."""
    return {reverse("board-of", args=[UNIT, pk]) for pk in units_with_board(user).values_list("pk", flat=True)}


def board_for(user: User, kind: str, pk: int) -> BoardSubject | None:
    """The subject if ``user`` may open its board."""
    return _subject(kind, pk, units_with_board(user), communities_for(user))


def first_board(user: User) -> BoardSubject | None:
    """The board that opens first: that of all for those who read all, else of the first unit of his."""
    if reads_all(user):
        return of_unit(the_office())
    own = user.units_as(*UNIT_ROLES)
    return of_unit(own[0]) if own else None


def subject_called(key: str) -> BoardSubject | None:
    """The subject of a key; None where there is none any more."""
    kind, _, pk = key.partition(":")
    return _subject(kind, int(pk), Unit.objects.all(), Community.objects.all()) if pk.isdecimal() else None


def _subject(kind: str, pk: int, among: QuerySet[Unit], communities: QuerySet[Community]) -> BoardSubject | None:
    if kind == COMMUNITY:
        community = communities.filter(pk=pk).first()
        return of_community(community) if community else None
    unit = among.filter(pk=pk).first() if kind == UNIT else None
    return of_unit(unit) if unit else None


def boards_beside(subject: BoardSubject, user: User) -> list[tuple[str, str]]:
    """What a board can be set beside: key and name of units of its kind that ``user`` may open."""
    if subject.kind == COMMUNITY:
        others = communities_for(user).exclude(pk=subject.pk).order_by("name")
        return [(f"{COMMUNITY}:{pk}", name) for pk, name in others.values_list("pk", "name")]
    among = units_with_board(user).filter(pk__in=units().filter(kind=subject.level).values("pk")).exclude(pk=subject.pk)
    rows = among.order_by("official_order", "name").values_list("pk", "name")
    return [(f"{UNIT}:{pk}", name) for pk, name in rows]
