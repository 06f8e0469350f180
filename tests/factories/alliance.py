"""Makers of pairs and of what they run on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from alliances.models import Alliance, Need, NeedKind, Partnership
from alliances.services.need import Wanted, arrange_need, claim_need, propose_need
from alliances.services.partnership import pair_units
from portal.accounts.models import Unit, User
from portal.accounts.queries.unit import the_programme
from portal.accounts.roles import UnitKind
from tests.factories import LONG_SINCE, make_officer, make_unit


def the_test_alliance() -> Alliance:
    return Alliance.objects.get_or_create(programme=the_programme(), defaults={"name": "联盟"})[0]


def make_pair(university: Unit | None = None, county: Unit | None = None) -> Partnership:
    """A pair since long ago, of new units where none are given."""
    return pair_units(
        alliance=the_test_alliance(),
        university=university or make_unit(),
        county=county or make_unit(UnitKind.COUNTY),
        since=LONG_SINCE,
        until=None,
        by=None,
    )


def make_wanted(**fields: Any) -> Wanted:
    """A lesson that somebody wants."""
    fields.setdefault("kind", NeedKind.objects.get(name="示范课"))
    fields.setdefault("what", "请一位老师来上数学示范课")
    return Wanted(**fields)


def make_need(unit: Unit, by: User | None = None, **fields: Any) -> Need:
    """A need of ``unit``, put by its officer."""
    return propose_need(unit, make_wanted(**fields), by=by or make_officer(unit))


def make_arranged_need(unit: Unit, university: Unit) -> tuple[Need, User, User]:
    """A need that is arranged for today, with the officers of who asked and of who comes."""
    asking, taker = make_officer(unit), make_officer(university)
    need = make_need(unit, asking)
    plan: dict[str, Any] = {"visitors": "数学学院教授1人", "planned_on": timezone.localdate()}
    claim_need(need, by=taker, unit=university, **plan)
    arrange_need(need, by=asking, arrangement="上午9时，七年级教室", **plan)
    return need, asking, taker


def in_days(days: int) -> Any:
    """The day so many days from today."""
    return timezone.localdate() + timedelta(days=days)
