"""The way of a progress report over the desks that review it, as the rules, the tree and the posts are on a day."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from pilots.models import ReportingRule
from pilots.states.progress import STATE_AT
from portal.accounts.models import Unit, User
from portal.accounts.queries.post import posts_on
from portal.accounts.roles import OFFICE_PLANNERS, Role, UnitKind

#: Posts that review at a level below the province (DOMAIN.md, Reviews; the level's signer and its staff).
LEVEL_REVIEWERS = (Role.UNIT_APPROVER, Role.STAFF)


@dataclass(frozen=True, slots=True)
class Desk:
    """One desk: its unit's id and name on that day, the state meanwhile, who had it then, and who passed it when.

    A desk with nobody to review is passed over (``skipped``): nobody would find the report.
    """

    unit: int
    name: str
    state: str
    people: tuple[str, ...]
    skipped: bool = False
    done_by: str = ""
    done_at: str = ""
    note: str = ""

    @property
    def done_on(self) -> date | None:
        """The day on which it was passed."""
        return timezone.localtime(datetime.fromisoformat(self.done_at)).date() if self.done_at else None

    @property
    def is_lone(self) -> bool:
        """一人审核."""
        return len(self.people) == 1 and not self.skipped

    @property
    def is_open(self) -> bool:
        return not self.skipped and not self.done_by

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {"people": list(self.people)}

    def done(self, by: User, at: str, note: str = "") -> Desk:
        return replace(self, done_by=by.name, done_at=at, note=note)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Desk:
        return cls(**data | {"people": tuple(data["people"])})


def reviewing_roles(unit: Unit) -> tuple[str, ...]:
    """Which posts of a reviewing unit have its desk."""
    return OFFICE_PLANNERS if unit.kind == UnitKind.PROVINCE_OFFICE else LEVEL_REVIEWERS


def route_for(unit: Unit, *, hands: Collection[int]) -> list[Desk]:
    """The desks above ``unit`` today, the province last. Nobody reviews what he submits: ``hands`` are not counted."""
    rule = ReportingRule.objects.filter(unit_kind=unit.kind).first()
    levels = {*(rule.reviewed_by if rule else ()), UnitKind.PROVINCE_OFFICE.value}
    return [_desk(above, hands) for above in _above(unit) if above.kind in levels]


def desks_of(route: Sequence[dict[str, Any]]) -> list[Desk]:
    return [Desk.from_json(data) for data in route]


def first_open(route: Sequence[Desk]) -> Desk | None:
    """The desk on which it lies, or None when all have passed it."""
    return next((desk for desk in route if desk.is_open), None)


def _desk(unit: Unit, hands: Collection[int]) -> Desk:
    posts = posts_on().filter(unit=unit, role__in=reviewing_roles(unit), user__is_active=True)
    people = tuple(dict.fromkeys(post.user.name for post in posts.exclude(user__in=hands).order_by("user__name")))
    at_office = unit.kind == UnitKind.PROVINCE_OFFICE
    return Desk(unit.pk, unit.label, STATE_AT[unit.kind], people, skipped=not people and not at_office)


def _above(unit: Unit) -> Iterator[Unit]:
    for _ in range(20):  # the tree is five levels deep; the bound only guards against damaged data
        if unit.parent is None:
            return
        unit = unit.parent
        yield unit
