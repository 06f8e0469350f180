"""What lies with others is on the list of who waits for it: named with whom, and gone once it is done."""

from __future__ import annotations

import pytest

from pilots.services.task_progress import complete_milestone, hand_in_task
from portal.accounts.models import User
from portal.accounts.roles import UnitKind
from portal.inbox.queries import awaited_by
from tests.factories import make_officer, make_unit
from tests.factories.activity import make_recorded
from tests.factories.progress import make_desks, submitted
from tests.factories.task import county_school, day, make_output, make_task

pytestmark = pytest.mark.django_db


def awaited(user: User) -> list[tuple[str, str]]:
    """What is done to it, and with which unit it lies."""
    return [(row.what, str(row.unit)) for row in awaited_by(user)]


def test_a_sheet_is_awaited_by_its_school_while_it_lies_on_a_desk() -> None:
    desks = make_desks()
    assert awaited(desks.teacher) == []
    submitted(desks)
    assert awaited(desks.teacher) == [("审核", str(desks.county))]
    assert awaited(desks.bureau) == []


def test_an_activity_is_awaited_by_its_unit_while_the_other_side_may_object() -> None:
    officer, partner = make_officer(make_unit(UnitKind.SCHOOL)), make_officer()
    there = partner.posts_today[0].unit
    make_recorded(officer.posts_today[0].unit, there)
    assert awaited(officer) == [("核对活动", str(there))]
    assert awaited(partner) == []


def test_a_task_and_what_came_of_it_are_awaited_until_they_are_confirmed() -> None:
    county, school = county_school()
    make_officer(county)
    officer = make_officer(school)
    task = make_task(school, by=officer)
    make_output(school, task, by=officer)
    complete_milestone(task.milestones.get(), by=officer, done_on=day(0))
    hand_in_task(task, by=officer)
    assert sorted(awaited(officer)) == [("确认任务完成", str(county)), ("确认成果", str(county))]
    assert awaited(make_officer(make_unit(UnitKind.SCHOOL, parent=county))) == []
