"""结对合作 shows the pairs of today to everybody who is signed in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alliances.models import Alliance
from alliances.services.partnership import pair_units
from portal.accounts.models import User
from portal.accounts.queries.unit import the_programme
from portal.accounts.roles import UnitKind
from tests.factories import make_unit

pytestmark = pytest.mark.django_db


def make_pairs(number: int) -> None:
    alliance, _ = Alliance.objects.get_or_create(programme=the_programme(), defaults={"name": "高校联盟"})
    for _ in range(number):
        university, county = make_unit(UnitKind.UNIVERSITY), make_unit(UnitKind.COUNTY)
        pair_units(alliance=alliance, university=university, county=county, since=date(2023, 9, 1), until=None, by=None)


def test_an_empty_list_says_so(officer: User, signed_in: Callable[[User], Client]) -> None:
    assert "还没有登记结对关系" in signed_in(officer).get("/partnerships/").content.decode()


def test_the_list_asks_as_many_questions_for_thirty_pairs_as_for_one(
    officer: User, signed_in: Callable[[User], Client]
) -> None:
    counts = []
    for number in (1, 29):
        make_pairs(number)
        client = signed_in(officer)
        with CaptureQueriesContext(connection) as queries:
            page = client.get("/partnerships/").content.decode()
        counts.append(len(queries))
    assert page.count("2023年9月1日") == 30
    assert counts[0] == counts[1]
