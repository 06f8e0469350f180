"""A task on its way: begun, its milestones kept, handed in, confirmed, returned, cancelled."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from pilots.models import Task
from pilots.services.output import confirm_output, withdraw_output
from pilots.services.task import TypedStep
from pilots.services.task_progress import (
    cancel_task,
    complete_milestone,
    confirm_task,
    hand_in_task,
    renew_due_waits,
    reopen_task,
    resume_task,
    send_back_task,
    start_task,
    take_back_task,
    undo_milestone,
)
from pilots.states.task import TaskState
from portal.accounts.models import Unit, User
from portal.accounts.roles import Role, UnitKind
from portal.accounts.services.post import give_post
from portal.inbox.models import Waiting
from portal.notices.models import Notice
from portal.refusals import Refused, WrongState
from tests.factories import make_officer, make_unit, make_user
from tests.factories.task import county_school, day, make_output, make_task, worker

pytestmark = pytest.mark.django_db


def handed_in(unit: Unit, by: User) -> Task:
    task = make_task(unit, by=by)
    complete_milestone(task.milestones.get(), by=by, done_on=day(0))
    return hand_in_task(task, by=by)


def waits(task: Task) -> set[tuple[str, int | None, str]]:
    rows = Waiting.objects.filter(content_type__model="task", object_id=task.pk)
    return {(row.what, row.unit_id, row.role) for row in rows}


def test_a_plan_without_steps_or_goal_does_not_begin() -> None:
    unit = make_unit()
    by = worker(unit)
    task = make_task(unit, by=by, started=False, steps=())
    with pytest.raises(Refused, match="至少一个节点或目标数量"):
        start_task(task, by=by)


def test_partners_learn_that_it_has_begun() -> None:
    partner = make_officer()
    make_task(make_unit(), partners=[partner.posts_today[0].unit])
    assert Notice.objects.get(user=partner).subject == "参与任务：打磨一门精品课"


def test_a_milestone_is_done_on_a_day_that_has_come() -> None:
    unit = make_unit()
    by = worker(unit)
    step = make_task(unit, by=by).milestones.get()
    with pytest.raises(ValidationError, match="完成日期不能晚于今天"):
        complete_milestone(step, by=by, done_on=day(1))
    complete_milestone(step, by=by, done_on=day(0), evidence="两校十二人参加。")
    step.refresh_from_db()
    assert (step.done_on, step.evidence) == (day(0), "两校十二人参加。")


def test_a_milestone_waits_for_its_unit_from_two_weeks_ahead() -> None:
    unit = make_unit()
    far = make_task(unit, steps=(TypedStep("磨课", day(15)),))
    near = make_task(unit, steps=(TypedStep("磨课", day(14)),))
    assert waits(far) == set()
    assert {what for what, _unit, _role in waits(near)} == {"完成节点"}


def test_what_comes_near_enters_the_list_by_itself_and_once() -> None:
    task = make_task(make_unit(), steps=(TypedStep("磨课", day(15)),))
    task.milestones.update(due=day(3))
    assert (renew_due_waits(), renew_due_waits()) == (1, 0)
    assert {what for what, _unit, _role in waits(task)} == {"完成节点"}


def test_a_milestone_can_be_taken_for_undone_again() -> None:
    unit = make_unit()
    by = worker(unit)
    step = make_task(unit, by=by).milestones.get()
    with pytest.raises(WrongState):
        undo_milestone(step, by=by)
    complete_milestone(step, by=by, done_on=day(0))
    undo_milestone(step, by=by)
    step.refresh_from_db()
    assert step.done_on is None


def test_a_plan_that_has_not_begun_has_no_milestones_done() -> None:
    unit = make_unit()
    by = worker(unit)
    task = make_task(unit, by=by, started=False)
    with pytest.raises(WrongState, match="还没有开始实施"):
        complete_milestone(task.milestones.get(), by=by, done_on=day(0))


def test_partners_keep_no_milestones_of_others() -> None:
    partner = make_unit()
    task = make_task(make_unit(), partners=[partner])
    with pytest.raises(PermissionDenied):
        complete_milestone(task.milestones.get(), by=worker(partner), done_on=day(0))


def test_what_is_not_done_is_not_handed_in() -> None:
    unit = make_unit()
    by = worker(unit)
    with pytest.raises(Refused, match="还有1个节点没有完成：集体磨课"):
        hand_in_task(make_task(unit, by=by), by=by)


def test_a_goal_must_be_reached_by_confirmed_outputs(editor: User) -> None:
    unit = make_unit()
    by = worker(unit)
    task = make_task(unit, by=by, steps=(), goal=1, goal_word="门")
    output = make_output(unit, task, by=by)
    with pytest.raises(Refused, match="目标是1门，已确认的成果有0门。另有1项成果待确认"):
        hand_in_task(task, by=by)
    confirm_output(output, by=editor)
    assert hand_in_task(task, by=by).state == TaskState.AWAITING


def test_a_schools_task_waits_for_its_county_and_the_county_confirms() -> None:
    county, school = county_school()
    head = make_user(Role.UNIT_APPROVER, county)
    task = handed_in(school, worker(school))
    assert ("确认任务完成", county.pk, Role.UNIT_APPROVER) in waits(task)
    confirm_task(task, by=head)
    assert (task.state, task.done_on, waits(task)) == (TaskState.DONE, day(0), set())


def test_where_nobody_is_at_the_level_above_it_waits_for_the_office(editor: User) -> None:
    _county, school = county_school()
    task = handed_in(school, worker(school))
    assert {role for _what, _unit, role in waits(task)} == {Role.EDITOR, Role.REVIEWER}
    assert confirm_task(task, by=editor).state == TaskState.DONE


def test_a_universitys_task_is_confirmed_by_the_office_only(reviewer: User) -> None:
    university = make_unit()
    task = handed_in(university, worker(university))
    with pytest.raises(PermissionDenied):
        confirm_task(task, by=make_user(Role.UNIT_APPROVER, university))
    assert confirm_task(task, by=reviewer).state == TaskState.DONE


def test_a_county_is_confirmed_by_its_prefecture_not_by_another() -> None:
    county = make_unit(UnitKind.COUNTY)
    task = handed_in(county, worker(county))
    with pytest.raises(PermissionDenied):
        confirm_task(task, by=make_officer(make_unit(UnitKind.PREFECTURE)))
    assert confirm_task(task, by=make_officer(county.parent)).state == TaskState.DONE


def test_staff_of_the_level_above_do_not_confirm() -> None:
    county, school = county_school()
    with pytest.raises(PermissionDenied):
        confirm_task(handed_in(school, worker(school)), by=worker(county))


def test_who_handed_it_in_does_not_confirm_it_himself() -> None:
    county, school = county_school()
    both = make_user(Role.STAFF, school)
    give_post(user=both, unit=county, role=Role.UNIT_APPROVER, by=None, since=date(2020, 1, 1))
    task = handed_in(school, User.objects.get(pk=both.pk))
    with pytest.raises(PermissionDenied):
        confirm_task(task, by=User.objects.get(pk=both.pk))


def test_of_two_who_confirm_at_once_the_second_is_told(editor: User, reviewer: User) -> None:
    unit = make_unit()
    task = handed_in(unit, worker(unit))
    stale = Task.objects.get(pk=task.pk)
    confirm_task(task, by=editor)
    with pytest.raises(WrongState, match="可能已由同事处理"):
        confirm_task(stale, by=reviewer)


def test_what_comes_back_says_why_and_goes_on(editor: User) -> None:
    officer = make_officer()
    unit = officer.posts_today[0].unit
    task = handed_in(unit, worker(unit))
    with pytest.raises(Refused, match="请写明"):
        send_back_task(task, by=editor, reason=" ")
    send_back_task(task, by=editor, reason="请补上课例。")
    assert task.state == TaskState.UNDER_WAY
    assert "请补上课例。" in Notice.objects.get(user=officer, subject__startswith="任务需要继续实施").body


def test_the_owner_takes_back_what_nobody_has_confirmed() -> None:
    unit = make_unit()
    by = worker(unit)
    assert take_back_task(handed_in(unit, by), by=by).state == TaskState.UNDER_WAY


def test_what_was_confirmed_can_be_reopened_by_those_above_only(editor: User) -> None:
    unit = make_unit()
    by = worker(unit)
    task = confirm_task(handed_in(unit, by), by=editor)
    with pytest.raises(PermissionDenied):
        reopen_task(task, by=by, reason="还有两节课。")
    reopen_task(task, by=editor, reason="还有两节课。")
    assert (task.state, task.done_on) == (TaskState.UNDER_WAY, None)


def test_the_owner_drops_a_plan_but_not_what_has_begun(editor: User) -> None:
    unit = make_unit()
    by = worker(unit)
    assert (
        cancel_task(make_task(unit, by=by, started=False), by=by, reason="并入其他任务。").state == TaskState.CANCELLED
    )
    begun = make_task(unit, by=by)
    with pytest.raises(PermissionDenied):
        cancel_task(begun, by=by, reason="不做了。")
    cancel_task(begun, by=editor, reason="计划调整。")
    assert resume_task(begun, by=editor).state == TaskState.PLANNED


def test_a_task_of_which_something_has_come_is_not_cancelled(editor: User) -> None:
    unit = make_unit()
    by = worker(unit)
    task = make_task(unit, by=by)
    output = make_output(unit, task, by=by)
    with pytest.raises(Refused, match="已有1项成果（手势舞），不能取消"):
        cancel_task(task, by=editor, reason="计划调整。")
    withdraw_output(output, by=by, reason="重复了。")
    assert cancel_task(task, by=editor, reason="计划调整。").state == TaskState.CANCELLED
