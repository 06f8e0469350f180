"""A word on a reported figure reaches who entered it and who spoke on it before, and nobody else."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from pilots.models import ReportedValue
from pilots.services.reported_value import comment_value
from portal.accounts.models import Unit, User
from portal.accounts.roles import Role, UnitKind
from portal.notices.models import Notice
from tests.factories import make_officer, make_unit, make_user
from tests.factories.figures import make_reported, make_value

pytestmark = pytest.mark.django_db


def told(person: User) -> list[str]:
    """What ``person`` was told of this figure, the latest last."""
    return list(Notice.objects.filter(user=person).order_by("pk").values_list("body", flat=True))


@pytest.fixture
def county() -> Unit:
    return make_unit(UnitKind.COUNTY)


@pytest.fixture
def officer(county: Unit) -> User:
    return make_officer(county)


@pytest.fixture
def value(county: Unit, officer: User) -> ReportedValue:
    return make_value(make_reported(), county, 3, by=officer)


def test_who_entered_it_learns_of_a_comment(value: ReportedValue, officer: User) -> None:
    editor = make_user(Role.EDITOR)
    comment_value(value, text="含线上培训吗？", by=editor)
    notice = Notice.objects.get(user=officer)
    assert notice.subject.endswith(f"对{value.unit.label}填报的“专项培训次数”提出意见")
    assert "含线上培训吗？" in notice.body
    assert notice.url.startswith(reverse("value", args=[value.pk]))
    assert told(editor) == []


def test_who_spoke_before_learns_of_the_answer_and_the_others_do_not(value: ReportedValue, officer: User) -> None:
    editor, other = make_user(Role.EDITOR), make_user(Role.EDITOR)
    comment_value(value, text="含线上培训吗？", by=editor)
    comment_value(value, text="不含。", by=officer)
    assert len(told(officer)) == len(told(editor)) == 1
    assert told(other) == []


def test_where_he_has_left_who_speaks_for_the_unit_is_told(value: ReportedValue, county: Unit, officer: User) -> None:
    officer.posts.update(during=(date(2019, 1, 1), date(2020, 1, 1)))
    successor = make_officer(county)
    comment_value(value, text="含线上培训吗？", by=make_user(Role.EDITOR))
    assert told(officer) == []
    assert len(told(successor)) == 1
