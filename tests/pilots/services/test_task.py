"""Who plans what; what a plan must hold; what a change leaves in the record."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from pilots.models import Task
from pilots.services.task import TypedStep, create_task, save_task
from pilots.services.task_progress import complete_milestone, hand_in_task
from pilots.states.task import TaskState
from portal.accounts.models import User
from portal.accounts.roles import Role, UnitKind
from portal.audit.models import history
from portal.inbox.models import Waiting
from portal.notices.models import Notice
from portal.refusals import WrongState
from tests.factories import make_officer, make_unit, make_user
from tests.factories.task import a_plan, county_school, day, make_task, worker

pytestmark = pytest.mark.django_db


def typed(task: Task) -> tuple[TypedStep, ...]:
    return tuple(TypedStep(step.what, step.due, step.pk) for step in task.milestones.all())


def test_a_unit_plans_its_own_task() -> None:
    unit = make_unit()
    task = create_task(a_plan(), unit=unit, by=worker(unit))
    assert (task.state, task.unit, task.milestones.get().what) == (TaskState.PLANNED, unit, "集体磨课")


def test_the_office_plans_for_a_unit_whose_officer_is_told(editor: User) -> None:
    officer = make_officer()
    task = create_task(a_plan(), unit=officer.posts_today[0].unit, by=editor)
    assert Notice.objects.get(user=officer).subject.startswith("新任务：打磨一门精品课")
    assert Waiting.objects.filter(object_id=task.pk, role=Role.INFORMATION_OFFICER, what="核对计划，开始实施").exists()


def test_who_plans_for_himself_is_not_told_of_it() -> None:
    officer = make_officer()
    create_task(a_plan(), unit=officer.posts_today[0].unit, by=officer)
    assert not Notice.objects.exists()


@pytest.mark.parametrize("role", [Role.ISSUER, Role.AUDITOR, Role.LEADER, Role.ADMIN])
def test_others_of_the_office_plan_nothing(role: Role) -> None:
    with pytest.raises(PermissionDenied):
        create_task(a_plan(), unit=make_unit(), by=make_user(role))


def test_nobody_plans_for_a_unit_of_others() -> None:
    county, school = county_school()
    for stranger in (worker(county), worker(make_unit()), make_user(Role.PARTNER_READER, school)):
        with pytest.raises(PermissionDenied):
            create_task(a_plan(), unit=school, by=stranger)


@pytest.mark.parametrize(
    ("wrong", "column", "sentence"),
    [
        (lambda: {"due": day(-11)}, "due", "完成期限早于开始日期，请核对。"),
        (lambda: {"steps": (TypedStep("太晚", day(31)),)}, "steps", "节点“太晚”的期限不在任务的起止日期之内，请核对。"),
        (
            lambda: {"steps": (TypedStep("太早", day(-11)),)},
            "steps",
            "节点“太早”的期限不在任务的起止日期之内，请核对。",
        ),
        (lambda: {"schools": [make_unit(name="某大学")]}, "schools", "“某大学”不是学校，请填在协同单位一栏。"),
        (lambda: {"goal": 20}, "__all__", "目标数量至少为1，并请写明计量单位，如“节课”。"),
    ],
)
def test_what_does_not_fit_is_said_in_a_sentence(
    wrong: Callable[[], dict[str, Any]], column: str, sentence: str
) -> None:
    unit = make_unit()
    with pytest.raises(ValidationError) as error:
        create_task(a_plan(**wrong()), unit=unit, by=worker(unit))
    assert error.value.message_dict[column] == [sentence]
    assert not Task.objects.exists()


def test_a_change_is_kept_with_old_and_new_values() -> None:
    unit = make_unit()
    by = worker(unit)
    task = make_task(unit, by=by)
    save_task(task, a_plan(due=day(40), steps=typed(task)), by=by)
    entry = history(task).get(action="pilots.task.update")
    assert len(entry.data["changes"]) == 1
    assert entry.data["changes"][0].startswith("完成期限：")


def test_what_was_left_as_it_was_leaves_no_record() -> None:
    unit = make_unit()
    by = worker(unit)
    task = make_task(unit, by=by)
    save_task(task, a_plan(steps=typed(task)), by=by)
    assert not history(task).filter(action="pilots.task.update").exists()


def test_a_milestone_that_is_done_is_not_dropped() -> None:
    unit = make_unit()
    by = worker(unit)
    task = make_task(unit, by=by)
    complete_milestone(task.milestones.get(), by=by, done_on=day(0))
    with pytest.raises(ValidationError, match="已完成的节点不能删去"):
        save_task(task, a_plan(steps=()), by=by)


def test_a_milestone_of_another_task_is_not_taken_over() -> None:
    unit = make_unit()
    by = worker(unit)
    other, task = make_task(unit, by=by), make_task(unit, by=by)
    stolen = TypedStep("别人的", day(5), other.milestones.get().pk)
    save_task(task, a_plan(steps=(stolen,)), by=by)
    assert other.milestones.get().what == "集体磨课"


def test_what_is_handed_in_is_not_changed_any_more() -> None:
    unit = make_unit()
    by = worker(unit)
    task = make_task(unit, by=by)
    complete_milestone(task.milestones.get(), by=by, done_on=day(0))
    hand_in_task(task, by=by)
    with pytest.raises(WrongState, match="待确认"):
        save_task(task, a_plan(), by=by)


def test_only_owner_and_office_change_a_plan(editor: User) -> None:
    county, school = county_school()
    partner = make_unit(UnitKind.PARTNER)
    task = make_task(school, partners=[partner])
    for stranger in (worker(county), worker(partner)):
        with pytest.raises(PermissionDenied):
            save_task(task, a_plan(), by=stranger)
    assert save_task(task, a_plan(title="两门精品课", steps=typed(task)), by=editor).title == "两门精品课"
