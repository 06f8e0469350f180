"""Two colleagues enter the same thing at the same moment: it is there once, and the second reads why."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Event
from time import sleep

from django.core.exceptions import ValidationError
from django.db import connections, transaction
from django.utils import timezone

from alliances.models import Alliance, Partnership, Plan
from alliances.services.partnership import pair_units
from alliances.services.plan import Goal, PlanWords, start_plan
from portal.accounts.roles import Role, UnitKind
from portal.periods import school_year_of
from tests.factories import make_unit, make_user
from tests.factories.alliance import make_pair
from tests.live import OwnDatabase

WORDS = PlanWords("方案", "", [Goal("联合教研八次")])


def told_the_second(act: Callable[[], object], again: Callable[[], object]) -> str:
    """What ``again`` answers, begun while ``act`` has written but nobody can see it yet."""
    written = Event()

    def first() -> None:
        try:
            with transaction.atomic():
                act()
                written.set()
                sleep(1)
        finally:
            connections.close_all()

    def second() -> str:
        try:
            written.wait(10)
            again()
        except ValidationError as error:
            return "".join(error.messages)
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(2) as pool:
        begun, told = pool.submit(first), pool.submit(second)
        begun.result()
        return told.result()


def test_a_county_has_one_plan_of_a_year(own_database: OwnDatabase) -> None:
    county = make_unit(UnitKind.COUNTY)
    year = school_year_of(timezone.localdate()).key
    acts = [partial(start_plan, county, WORDS, by=make_user(Role.STAFF, county), school_year=year) for _ in range(2)]
    assert "已" in told_the_second(*acts)
    assert Plan.objects.get().goals.count() == 1


def test_two_units_are_paired_once_at_a_time(own_database: OwnDatabase) -> None:
    before = make_pair()
    university, county = make_unit(), before.county
    pairing = partial(pair_units, alliance=Alliance.objects.get(), university=university, county=county, until=None)
    acts = [partial(pairing, since=timezone.localdate(), by=make_user(Role.EDITOR)) for _ in range(2)]
    assert told_the_second(*acts)
    assert Partnership.objects.filter(university=university).count() == 1
