"""临时B角, named by the officer himself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from portal.accounts.models import Post, User
from portal.accounts.roles import Role
from portal.accounts.services.deputy import end_deputy, name_deputy
from portal.audit.models import history
from tests.factories import make_officer, make_user

pytestmark = pytest.mark.django_db


def named(officer: User, user: User, days: int = 10) -> Post:
    today = timezone.localdate()
    unit = officer.own_posts[0].unit
    return name_deputy(unit=unit, user=user, since=today, until=today + timedelta(days=days), by=officer)


def test_the_deputy_reports_for_the_unit_and_is_told(officer: User) -> None:
    person = make_user()
    named(officer, person)
    person = User.objects.get(pk=person.pk)
    assert person.holds(Role.DEPUTY_OFFICER, unit=officer.own_posts[0].unit)
    assert person.notices.get().subject.endswith("的临时B角")
    assert history(officer.own_posts[0].unit).filter(action="accounts.post.give", by=officer).exists()


def test_the_officer_ends_it_early(officer: User) -> None:
    person = make_user()
    end_deputy(named(officer, person), by=officer)
    assert User.objects.get(pk=person.pk).posts_today == []


def test_only_the_officer_of_the_unit_names_and_ends(officer: User) -> None:
    unit, today = officer.own_posts[0].unit, timezone.localdate()
    post = named(officer, make_user())
    for stranger in (make_officer(), make_user(Role.STAFF, unit), make_user(Role.UNIT_APPROVER, unit), post.user):
        with pytest.raises(PermissionDenied):
            name_deputy(unit=unit, user=make_user(), since=today, until=today, by=stranger)
        with pytest.raises(PermissionDenied):
            end_deputy(post, by=stranger)


def test_there_is_one_deputy_at_a_time_for_ninety_days_at_most(officer: User) -> None:
    with pytest.raises(ValidationError, match="最多90天"):
        named(officer, make_user(), days=90)
    named(officer, make_user(), days=89)
    with pytest.raises(ValidationError, match="已有B角"):
        named(officer, make_user())


def test_not_oneself_and_nobody_of_the_office(officer: User, editor: User) -> None:
    with pytest.raises(ValidationError, match="另一个人"):
        named(officer, officer)
    with pytest.raises(ValidationError, match="省协同提质办任职"):
        named(officer, editor)
