"""Joint bodies are founded by several, and known to all inside."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from alliances.queries.body import bodies_for
from alliances.services.body import save_body
from portal.accounts.models import User
from portal.accounts.roles import Role, UnitKind
from tests.factories import LONG_SINCE, make_officer, make_unit, make_user
from tests.factories.alliance import in_days, make_body

pytestmark = pytest.mark.django_db


def test_a_body_has_two_founders_at_least_of_whom_one_may_be_no_unit_here(editor: User) -> None:
    one = make_unit(UnitKind.PARTNER)
    with pytest.raises(ValidationError, match="两个以上单位"):
        save_body(None, by=editor, name="改革中心", founders=[one], since=LONG_SINCE)
    body = save_body(None, by=editor, name="改革中心", founders=[one], since=LONG_SINCE, other_founders="某教育局")
    assert list(body.founders.all()) == [one]


def test_a_body_is_not_founded_tomorrow_nor_twice(editor: User) -> None:
    founders = [make_unit(), make_unit()]
    with pytest.raises(ValidationError, match="今天之后"):
        save_body(None, by=editor, name="改革中心", founders=founders, since=in_days(1))
    save_body(None, by=editor, name="改革中心", founders=founders, since=LONG_SINCE)
    with pytest.raises(ValidationError):
        save_body(None, by=editor, name="改革中心", founders=founders, since=LONG_SINCE)


def test_the_office_enters_bodies_all_inside_know_them_and_partners_their_own(editor: User) -> None:
    officer = make_officer()
    with pytest.raises(PermissionDenied):
        make_body(officer)
    body = make_body(editor)
    own = make_user(Role.PARTNER_READER, body.founders.earliest("pk"))
    other = make_user(Role.PARTNER_READER, make_unit(UnitKind.PARTNER))
    assert list(bodies_for(officer)) == [body]
    assert list(bodies_for(own)) == [body]
    assert not bodies_for(other).exists()
