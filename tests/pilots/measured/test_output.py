"""Outputs and finished tasks belong to where their unit stood when they came to be."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from pilots.services.output import confirm_output
from portal.accounts.models import Unit, User
from portal.accounts.roles import UnitKind
from portal.accounts.services.unit import place_unit
from portal.measures import Measure, measure_called
from portal.periods import year_of
from tests.factories import make_unit
from tests.factories.task import county_school, day, make_output

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def outputs() -> Measure:
    found = measure_called("outputs")
    assert found is not None
    return found


def figure(unit: Unit, **parameters: str) -> object:
    return outputs().count([unit.pk], year_of(day(-1)), **parameters).get(unit.pk, 0)


def test_a_figure_holds_what_stands_under_the_unit(editor: User) -> None:
    county, school = county_school()
    make_output(school, name="未确认")
    confirm_output(make_output(school), by=editor)
    assert county.parent is not None
    assert [figure(unit) for unit in (school, county, county.parent, make_unit())] == [1, 1, 1, 0]
    assert (figure(school, kind="course"), figure(school, kind="teacher")) == (1, 0)


def test_a_school_that_moves_leaves_its_outputs_where_it_was(editor: User) -> None:
    county, school = county_school()
    confirm_output(make_output(school), by=editor)
    elsewhere = make_unit(UnitKind.COUNTY)
    place_unit(school, parent=elsewhere, since=day(0), by=None)
    assert (figure(county), figure(elsewhere)) == (1, 0)


def test_every_figure_opens_the_rows_it_is_made_of(editor: User, signed_in: SignIn) -> None:
    county, school = county_school()
    output = confirm_output(make_output(school), by=editor)
    confirm_output(make_output(make_unit(), name="别处的课"), by=editor)
    period = year_of(day(-1))
    assert list(outputs().rows(county.pk, period)) == [output]
    page = signed_in(editor).get(outputs().address(county.pk, period))
    assert list(page.context["page"]) == [output]
