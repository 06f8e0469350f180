"""A university is paired with a county or a partner, or two partners with each other, once at a time."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from alliances.models import Alliance
from alliances.queries.partnership import partnerships_on
from alliances.services.partnership import pair_units
from portal.accounts.models import Unit
from portal.accounts.queries.unit import the_programme
from portal.accounts.roles import UnitKind
from tests.factories import make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def alliance() -> Alliance:
    return Alliance.objects.create(programme=the_programme(), name="高校联盟")


def pair(
    alliance: Alliance, university: Unit, county: Unit, since: date = date(2024, 1, 1), until: date | None = None
) -> None:
    pair_units(alliance=alliance, university=university, county=county, since=since, until=until, by=None)


def test_a_pair_holds_a_university_and_a_county_from_its_first_day(alliance: Alliance) -> None:
    university, county = make_unit(UnitKind.UNIVERSITY), make_unit(UnitKind.COUNTY)
    pair(alliance, university, county, since=date(2024, 1, 1))
    assert [(row.university, row.county) for row in partnerships_on(date(2024, 1, 1))] == [(university, county)]
    assert not partnerships_on(date(2023, 12, 31)).exists()


def test_a_pair_ends_with_its_term(alliance: Alliance) -> None:
    university, county = make_unit(UnitKind.UNIVERSITY), make_unit(UnitKind.COUNTY)
    pair(alliance, university, county, until=date(2024, 9, 1))
    assert partnerships_on(date(2024, 8, 31)).count() == 1
    assert partnerships_on(date(2024, 9, 1)).count() == 0


def test_the_same_two_are_not_paired_twice_at_one_time(alliance: Alliance) -> None:
    university, county = make_unit(UnitKind.UNIVERSITY), make_unit(UnitKind.COUNTY)
    pair(alliance, university, county)
    with pytest.raises(ValidationError, match="已经结对"):
        pair(alliance, university, county, since=date(2025, 1, 1))


def test_a_university_may_work_with_a_partner_outside_the_province(alliance: Alliance) -> None:
    partner = make_unit(UnitKind.PARTNER, is_outside=True)
    pair(alliance, make_unit(UnitKind.UNIVERSITY), partner)
    assert partnerships_on().get().county == partner


def test_two_areas_outside_the_province_may_work_together(alliance: Alliance) -> None:
    leading, other = (make_unit(UnitKind.PARTNER, is_outside=True) for _ in range(2))
    pair(alliance, leading, other)
    assert [(row.university, row.county) for row in partnerships_on()] == [(leading, other)]


def test_a_partner_does_not_take_a_university_s_place_beside_a_county(alliance: Alliance) -> None:
    with pytest.raises(ValidationError, match="只能与另一个合作单位结对"):
        pair(alliance, make_unit(UnitKind.PARTNER), make_unit(UnitKind.COUNTY))


def test_a_unit_is_not_paired_with_itself(alliance: Alliance) -> None:
    partner = make_unit(UnitKind.PARTNER)
    with pytest.raises(ValidationError, match="同一个单位"):
        pair(alliance, partner, partner)


@pytest.mark.parametrize("kinds", [(UnitKind.COUNTY, UnitKind.COUNTY), (UnitKind.UNIVERSITY, UnitKind.SCHOOL)])
def test_other_kinds_are_refused_with_a_sentence(alliance: Alliance, kinds: tuple[str, str]) -> None:
    with pytest.raises(ValidationError, match="不是"):
        pair(alliance, make_unit(kinds[0]), make_unit(kinds[1]))
