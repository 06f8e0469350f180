"""What a school ordered is awaited by it, with the university that is asked or has taken it."""

from __future__ import annotations

import pytest

from portal.accounts.roles import UnitKind
from portal.inbox.queries import awaited_by
from tests.factories import make_officer, make_unit
from tests.factories.alliance import make_need, make_pair

pytestmark = pytest.mark.django_db


def test_an_order_is_awaited_by_who_placed_it_and_by_nobody_else() -> None:
    pair = make_pair(make_unit())
    school = make_unit(UnitKind.SCHOOL, parent=pair.county)
    officer, university = make_officer(school), make_officer(pair.university)
    need = make_need(school, officer)
    (row,) = awaited_by(officer)
    assert (row.object_id, row.unit) == (need.pk, pair.university)
    assert not awaited_by(university).exists()
