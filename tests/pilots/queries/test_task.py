"""Who sees which tasks and outputs; what the lists narrow to."""

from __future__ import annotations

from typing import Any

import pytest

from pilots.models import OutputKind, Task
from pilots.progress import Standing
from pilots.queries.output import listed_outputs, outputs_for
from pilots.queries.task import batch_lines, due_milestones, listed_tasks, tasks_for
from pilots.services.output import confirm_output
from pilots.services.task import TypedStep
from portal.accounts.models import User
from portal.accounts.queries.unit import the_office
from portal.accounts.roles import Role, UnitKind
from tests.factories import make_unit, make_user
from tests.factories.task import county_school, day, make_output, make_task, today, worker

pytestmark = pytest.mark.django_db


def sees(user: User, task: Task) -> bool:
    return tasks_for(user).filter(pk=task.pk).exists()


def late(unit: Any, **fields: Any) -> Task:
    """A task with a milestone that is three days late."""
    return make_task(unit, steps=(TypedStep("磨课", day(-3)),), **fields)


@pytest.mark.parametrize("role", [Role.EDITOR, Role.REVIEWER, Role.ISSUER, Role.AUDITOR, Role.LEADER])
def test_the_office_sees_every_task(role: Role) -> None:
    assert sees(make_user(role), make_task(make_unit(), started=False))


def test_the_offices_own_staff_sees_what_a_school_plans() -> None:
    _county, school = county_school()
    assert sees(make_user(Role.STAFF, the_office()), make_task(school, started=False))


@pytest.mark.parametrize("role", [Role.ADMIN, Role.SECURITY])
def test_the_guardians_of_the_portal_see_none(role: Role) -> None:
    assert not sees(make_user(role), make_task(make_unit()))


def test_a_county_sees_its_schools_and_a_prefecture_its_counties_and_their_schools() -> None:
    county, school = county_school()
    assert county.parent is not None
    task = make_task(school, started=False)
    assert sees(worker(county), task)
    assert sees(worker(county.parent), task)


def test_a_school_does_not_see_its_countys_tasks_nor_a_neighbours() -> None:
    county, school = county_school()
    other = make_unit(UnitKind.SCHOOL, parent=county)
    assert not sees(worker(school), make_task(county))
    assert not sees(worker(school), make_task(other))


def test_another_county_and_another_prefecture_see_nothing() -> None:
    _county, school = county_school()
    task = make_task(school)
    assert not sees(worker(make_unit(UnitKind.COUNTY)), task)
    assert not sees(worker(make_unit(UnitKind.PREFECTURE)), task)


def test_partners_and_schools_see_a_task_once_it_has_begun() -> None:
    partner, (_county, school) = make_unit(UnitKind.PARTNER), county_school()
    planned = make_task(make_unit(), started=False, partners=[partner], schools=[school])
    begun = make_task(make_unit(), partners=[partner], schools=[school])
    for user in (make_user(Role.PARTNER_READER, partner), worker(school)):
        assert list(tasks_for(user)) == [begun]
        assert not sees(user, planned)


def test_outputs_of_a_shared_task_are_seen_once_they_are_confirmed(editor: User) -> None:
    partner, unit = make_unit(UnitKind.PARTNER), make_unit()
    reader = make_user(Role.PARTNER_READER, partner)
    output = make_output(unit, make_task(unit, partners=[partner]))
    assert not outputs_for(reader).exists()
    confirm_output(output, by=editor)
    assert list(outputs_for(reader)) == [output]
    assert not outputs_for(worker(make_unit())).exists()


def test_the_list_narrows_by_standing(editor: User) -> None:
    behind, fine = late(make_unit()), make_task(make_unit())
    planned = make_task(make_unit(), started=False)
    assert list(listed_tasks(editor, standing="late", today=today())) == [behind]
    assert list(listed_tasks(editor, standing=Standing.NORMAL, today=today())) == [fine]
    assert set(listed_tasks(editor, today=today())) == {behind, fine, planned}


def test_the_list_narrows_by_area_unit_and_words(editor: User) -> None:
    county, school = county_school()
    own = make_task(school, title="语文精品课")
    shared = make_task(make_unit(), schools=[school])
    assert list(listed_tasks(editor, area=county.parent_id, today=today())) == [own]
    assert set(listed_tasks(editor, unit=school.pk, today=today())) == {own, shared}
    assert list(listed_tasks(editor, text="语文", today=today())) == [own]


def test_outputs_narrow_by_kind_and_year_and_withdrawn_ones_are_asked_for(editor: User) -> None:
    output = make_output(make_unit())
    assert list(listed_outputs(editor, kind=output.kind_id, year=output.day.year)) == [output]
    assert not listed_outputs(editor, year=output.day.year - 1).exists()
    assert list(listed_outputs(editor, batch=output.kind.batch_id)) == [output]


def test_an_output_of_any_batch_belongs_to_that_of_its_task(editor: User) -> None:
    unit = make_unit()
    task = make_task(unit)
    kind = OutputKind.objects.get(code="document")
    paper = make_output(unit, task, kind=kind, name="种子教师项目文件", data={"issued_by": "某县教体局"})
    assert list(listed_outputs(editor, batch=task.batch_id)) == [paper]


def test_the_overview_counts_states_and_standings(editor: User) -> None:
    task = late(make_unit())
    make_task(make_unit(), started=False)
    line = batch_lines(editor, today())[task.batch_id]
    assert line.by_state == {"under_way": 1, "planned": 1}
    assert line.by_standing == {Standing.WATCH: 1}


def test_what_is_due_soon_or_late_is_told_of_running_tasks_only(editor: User) -> None:
    near = late(make_unit())
    make_task(make_unit(), steps=(TypedStep("远", day(30)),))
    make_task(make_unit(), steps=(TypedStep("近", day(3)),), started=False)
    assert [step.task for step in due_milestones(editor, day(10))] == [near]
