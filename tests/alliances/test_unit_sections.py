"""A unit's page says with whom it is and was paired; the pair's page opens to those concerned alone."""

from __future__ import annotations

from datetime import date

import pytest

from alliances.models import Alliance
from alliances.services.partnership import pair_units
from alliances.unit_sections import pairs
from portal.accounts.models import Unit
from portal.accounts.queries.unit import the_programme
from portal.accounts.roles import Role, UnitKind
from tests.factories import make_officer, make_unit, make_user

pytestmark = pytest.mark.django_db


def paired(university: Unit, county: Unit, since: date, until: date | None = None) -> None:
    alliance, _ = Alliance.objects.get_or_create(programme=the_programme(), defaults={"name": "高校联盟"})
    pair_units(alliance=alliance, university=university, county=county, since=since, until=until, by=None)


def test_both_sides_show_each_other_the_latest_first_past_ones_too() -> None:
    county, first, second = make_unit(UnitKind.COUNTY), make_unit(), make_unit()
    paired(first, county, date(2022, 9, 1), date(2023, 9, 1))
    paired(second, county, date(2023, 9, 1))
    office = make_user(Role.EDITOR)
    shown = pairs(office, county)
    assert shown
    assert [other for _pair, other in shown["pairs"]] == [second, first]
    assert len(shown["opened"]) == 2
    mirrored = pairs(office, second)
    assert mirrored
    assert [other for _pair, other in mirrored["pairs"]] == [county]


def test_others_read_the_names_and_open_nothing() -> None:
    county = make_unit(UnitKind.COUNTY)
    paired(make_unit(), county, date(2023, 9, 1))
    shown = pairs(make_officer(), county)
    assert shown
    assert shown["opened"] == set()


def test_a_unit_without_pairs_has_no_such_section() -> None:
    assert pairs(make_officer(), make_unit()) is None
