"""Who looks at boards, where, and of which term."""

from __future__ import annotations

import pytest
from django.utils import timezone

from portal.accounts.models import Unit, User
from portal.accounts.queries.unit import the_office
from portal.accounts.roles import Role, UnitKind
from portal.periods import Period, term_of
from tests.factories import make_unit, make_user


@pytest.fixture
def leader() -> User:
    return make_user(Role.LEADER, name="省办领导")


@pytest.fixture
def county() -> Unit:
    city = make_unit(UnitKind.PREFECTURE, "青山市", the_office())
    return make_unit(UnitKind.COUNTY, "清溪县", city)


@pytest.fixture
def term() -> Period:
    return term_of(timezone.localdate())
