"""The picture shows where everything stood when the period ended, whatever was renamed, moved or closed since."""

from __future__ import annotations

from datetime import date

import pytest

from alliances.models import Alliance
from alliances.queries.alliance import Picture, Place, picture_of
from alliances.services.partnership import pair_units
from portal.accounts.models import Unit
from portal.accounts.queries.unit import the_office, the_programme
from portal.accounts.queries.unit_tree import UnitTree
from portal.accounts.roles import UnitKind
from portal.accounts.services.unit import place_unit, rename_unit, update_unit
from portal.measures import Measure, measure_called
from portal.periods import Period, parse_period
from portal.reviews.queries.route import route_of
from tests.factories import make_officer, make_unit

pytestmark = pytest.mark.django_db
SPRING, AUTUMN = "2023-2024-2", "2024-2025-1"
MOVED = date(2024, 9, 1)


def period(key: str) -> Period:
    found = parse_period(key)
    assert found
    return found


def measure(name: str) -> Measure:
    found = measure_called(f"alliances.{name}")
    assert found
    return found


def way(unit: Unit) -> list[tuple[int, bool]]:
    return [(stop.unit, stop.skipped) for stop in route_of(unit)]


def picture(name: str, key: str, alliance: Alliance | None = None) -> Picture:
    return picture_of(alliance, measure(name), period(key), UnitTree())


def places(shown: Picture) -> dict[str, Place]:
    tiles = [tile.place for tile in shown.tiles]
    counties = [county for tile in shown.tiles for county in tile.counties]
    return {place.name: place for place in (*tiles, *counties, *shown.universities)}


@pytest.fixture
def area() -> tuple[Unit, Unit]:
    return make_unit(UnitKind.PREFECTURE, "九江市"), make_unit(UnitKind.PREFECTURE, "南昌市")


@pytest.fixture
def county(area: tuple[Unit, Unit]) -> Unit:
    return make_unit(UnitKind.COUNTY, "湖口县", area[0])


def test_a_county_shows_the_name_and_the_prefecture_of_the_time(area: tuple[Unit, Unit], county: Unit) -> None:
    rename_unit(county, name="湖口新区", since=MOVED, by=None)
    place_unit(county, parent=area[1], since=MOVED, by=None)
    make_unit(UnitKind.SCHOOL, "湖口中学", county)
    before, after = (picture("schools", key) for key in (SPRING, AUTUMN))
    assert [[county.name for county in tile.counties] for tile in before.tiles] == [["湖口县"], []]
    assert [[county.name for county in tile.counties] for tile in after.tiles] == [[], ["湖口新区"]]
    assert (places(before)["九江市"].figure, places(before)["南昌市"].figure) == (1, 0)
    assert (places(after)["九江市"].figure, places(after)["南昌市"].figure) == (0, 1)


def test_a_school_that_moved_counts_where_it_was(area: tuple[Unit, Unit], county: Unit) -> None:
    school, other = make_unit(UnitKind.SCHOOL, "湖滨小学", county), make_unit(UnitKind.COUNTY, "安义县", area[1])
    place_unit(school, parent=other, since=MOVED, by=None)
    for key, here, there in ((SPRING, 1, 0), (AUTUMN, 0, 1)):
        shown = places(picture("schools", key))
        assert (shown["湖口县"].figure, shown["安义县"].figure) == (here, there)
        assert (shown["九江市"].figure, shown["南昌市"].figure) == (here, there)
        rows = measure("schools").rows(county.pk, period(key))
        assert rows.count() == here


def test_a_closed_county_stays_in_the_picture_of_a_time_in_which_it_has_a_figure(county: Unit) -> None:
    alliance = Alliance.objects.create(programme=the_programme(), name="高校联盟")
    university = make_unit(UnitKind.UNIVERSITY, "九江学院")
    pair_units(
        alliance=alliance, university=university, county=county, since=date(2023, 9, 1), until=date(2024, 8, 1), by=None
    )
    update_unit(county, by=None, is_active=False)
    assert "湖口县" in places(picture("pairs", "2024-05"))
    assert "湖口县" not in places(picture("pairs", AUTUMN))


def test_a_pair_counts_for_both_sides_and_once_for_the_prefecture_above(area: tuple[Unit, Unit], county: Unit) -> None:
    alliance = Alliance.objects.create(programme=the_programme(), name="高校联盟")
    for name in ("九江学院", "宜春学院"):
        university = make_unit(UnitKind.UNIVERSITY, name)
        pair_units(alliance=alliance, university=university, county=county, since=date(2024, 9, 1), until=None, by=None)
    shown = picture("pairs", AUTUMN, alliance)
    figures = {name: place.figure for name, place in places(shown).items()}
    assert figures == {"九江市": 2, "南昌市": 0, "湖口县": 2, "九江学院": 1, "宜春学院": 1}
    assert shown.served == 1
    assert measure("pairs").rows(area[0].pk, period(AUTUMN)).count() == 2
    assert picture("pairs", SPRING, alliance).served == 0


def test_the_table_says_the_same_as_the_map(area: tuple[Unit, Unit], county: Unit) -> None:
    make_unit(UnitKind.SCHOOL, "湖口中学", county)
    lines = picture("schools", AUTUMN).lines
    rows = [(line.prefecture.name, line.county.name if line.county else "", line.prefecture.figure) for line in lines]
    assert rows == [("九江市", "湖口县", 1), ("南昌市", "", 0)]


def test_reports_of_universities_pass_the_lead_only_where_it_consolidates() -> None:
    lead, other = make_unit(UnitKind.UNIVERSITY, "江西师范大学"), make_unit(UnitKind.UNIVERSITY, "九江学院")
    make_officer(lead)
    alliance = Alliance.objects.create(programme=the_programme(), name="高校联盟", lead=lead)
    office = the_office().pk
    assert way(other) == [(office, False)]
    Alliance.objects.filter(pk=alliance.pk).update(lead_consolidates=True)
    assert way(other) == [(lead.pk, False), (office, False)]
    assert way(lead) == [(office, False)]
    assert way(make_unit(UnitKind.COUNTY)) == [(office, False)]
    assert way(make_unit(UnitKind.SCHOOL, parent=other)) == [(other.pk, True), (lead.pk, False), (office, False)]


def test_a_lead_with_nobody_who_reports_is_passed_over() -> None:
    lead = make_unit(UnitKind.UNIVERSITY, "江西师范大学")
    Alliance.objects.create(programme=the_programme(), name="高校联盟", lead=lead, lead_consolidates=True)
    assert way(make_unit(UnitKind.UNIVERSITY)) == [(lead.pk, True), (the_office().pk, False)]


def test_a_school_that_is_closed_stays_in_the_figures_of_the_time_before(county: Unit) -> None:
    school = make_unit(UnitKind.SCHOOL, "湖口第二小学", parent=county)
    then, now = measure("schools").count([county.pk], period("2025-10")), period("2026-09")
    update_unit(school, by=None, is_active=False, closed_on=date(2026, 8, 31))
    assert measure("schools").count([county.pk], period("2025-10")) == then
    assert school in measure("schools").rows(county.pk, period("2025-10"))
    assert measure("schools").count([county.pk], now).get(county.pk, 0) == then[county.pk] - 1
    assert school not in measure("schools").rows(county.pk, now)
