"""The sample grows to a size, holds together like what services write, and does not grow twice."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count
from django.utils import timezone

from alliances.models import Alliance, Partnership
from alliances.queries.alliance import picture_of
from pilots.models import Activity, ActivityCredit, Community, Membership, Output, Task
from portal.accounts.models import Unit
from portal.accounts.queries.unit import the_programme
from portal.accounts.queries.unit_tree import UnitTree
from portal.accounts.roles import UnitKind
from portal.home.sample.play import BEGAN
from portal.home.sample.scale import Size, grow, size_at
from portal.inbox.models import Waiting
from portal.measures import measure_called
from portal.periods import school_year_of
from tests.factories import make_unit

pytestmark = pytest.mark.django_db
SMALL = Size(counties=3, schools=12, activities=40)


@pytest.fixture
def _grown() -> None:
    for name in ("南昌市", "九江市"):
        make_unit(UnitKind.PREFECTURE, name, short_name=name[:2])
    university = make_unit(UnitKind.UNIVERSITY, "九江学院")
    Alliance.objects.create(programme=the_programme(), name="高校联盟", lead=university)
    grow(SMALL)


def test_twenty_steps_are_about_the_province() -> None:
    assert size_at(20) == Size(counties=100, schools=2000, activities=60000)


@pytest.mark.usefixtures("_grown")
def test_the_programme_reaches_the_size_and_stays_there() -> None:
    for _ in range(2):
        assert Unit.objects.filter(kind=UnitKind.COUNTY).count() == 3
        assert Unit.objects.filter(kind=UnitKind.SCHOOL).count() == 12
        assert Activity.objects.count() == 40
        assert Partnership.objects.count() == 3
        assert set(grow(SMALL).values()) == {0}


@pytest.mark.usefixtures("_grown")
def test_made_up_units_say_that_they_are_examples_and_have_names_and_places_since_the_beginning() -> None:
    grown = Unit.objects.filter(kind__in=(UnitKind.COUNTY, UnitKind.SCHOOL))
    assert not grown.exclude(name__contains="示例").exists()
    tree = UnitTree()
    assert all(tree.path(unit.pk, BEGAN)[1] == unit.parent_id for unit in grown)
    assert all(tree.name(unit.pk, BEGAN) == unit.name for unit in grown)
    assert grown.values("name").annotate(times=Count("pk")).filter(times__gt=1).count() == 0


@pytest.mark.usefixtures("_grown")
def test_activities_count_for_their_schools_and_all_above_and_wait_for_nobody() -> None:
    assert not Activity.objects.filter(start__gt=timezone.localdate()).exists()
    direct = ActivityCredit.objects.filter(is_direct=True)
    assert direct.values("activity").distinct().count() == 40
    assert ActivityCredit.objects.filter(unit__kind=UnitKind.PREFECTURE).values("activity").distinct().count() == 40
    assert not Waiting.objects.filter(content_type__model="activity").exists()


@pytest.mark.usefixtures("_grown")
def test_communities_tasks_and_outputs_come_in_proportion() -> None:
    for community in Community.objects.all():
        schools = Membership.objects.filter(community=community)
        assert schools.filter(role=Membership.Role.LEAD).count() == 1
        assert schools.count() > 1
        assert {row.school.parent_id for row in schools.select_related("school")} == {community.area_id}
    assert Task.objects.count() == 3 * 5
    assert Output.objects.count() == 12


@pytest.mark.usefixtures("_grown")
def test_the_picture_of_the_alliance_shows_what_has_grown() -> None:
    measure = measure_called("alliances.schools")
    assert measure
    shown = picture_of(None, measure, school_year_of(timezone.localdate()), UnitTree())
    assert sum(tile.place.figure for tile in shown.tiles) == 12


def test_no_scale_below_one(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="规模至少为1"):
        call_command("load_sample", accounts=tmp_path / "accounts.txt", scale=0, stdout=StringIO())
