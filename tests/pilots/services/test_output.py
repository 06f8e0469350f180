"""Outputs: proposed by a unit, confirmed by the level above, shown to the public if chosen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from pilots.models import Output, OutputKind
from pilots.queries.output import public_outputs, shown_to_public
from pilots.services.output import (
    confirm_output,
    hide_output,
    propose_again,
    propose_output,
    publish_output,
    save_output,
    send_back_output,
    strike_output,
    withdraw_output,
)
from pilots.services.task_progress import cancel_task, complete_milestone, confirm_task, hand_in_task
from pilots.states.output import OutputState
from portal.accounts.models import Unit, User
from portal.accounts.roles import Role, UnitKind
from portal.inbox.models import Waiting
from portal.notices.models import Notice
from portal.refusals import Refused, WrongState
from tests.factories import make_officer, make_unit, make_user
from tests.factories.progress import day_in, make_desks, open_past
from tests.factories.task import a_course, county_school, day, make_output, make_task, worker

pytestmark = pytest.mark.django_db


def a_teacher(unit: Unit, editor: User, **fields: Any) -> Output:
    """A teacher whom the office has confirmed."""
    kind = OutputKind.objects.get(code="teacher")
    facts = a_course(kind=kind, name="某教师", subject="语文", data={"seed": "种子教师"}, **fields)
    return confirm_output(propose_output(facts, unit=unit, by=worker(unit)), by=editor)


def test_every_batch_has_a_kind_and_two_belong_to_any() -> None:
    kinds = OutputKind.objects.all()
    assert sorted(kind.batch.order for kind in kinds if kind.batch) == [1, 2, 3, 4, 5]
    assert [kind.code for kind in kinds if kind.batch is None] == ["project_result", "document"]


def test_what_a_unit_proposes_waits_for_the_level_above() -> None:
    county, school = county_school()
    make_officer(county)
    output = make_output(school)
    assert Waiting.objects.filter(object_id=output.pk, unit=county, what="确认成果").exists()


def test_partners_of_a_task_propose_from_it_others_do_not() -> None:
    partner, stranger = make_unit(), make_unit(name="绿水学院")
    task = make_task(make_unit(), partners=[partner])
    assert make_output(partner, task).task == task
    with pytest.raises(ValidationError, match="绿水学院没有参与任务"):
        make_output(stranger, task)


def test_nothing_comes_of_a_task_that_has_not_begun() -> None:
    unit = make_unit()
    with pytest.raises(ValidationError, match="还不能从中报送成果"):
        make_output(unit, make_task(unit, started=False))


@pytest.mark.parametrize(
    ("wrong", "column", "sentence"),
    [
        (lambda: {"day": day(1)}, "day", "形成日期不能晚于今天。"),
        (lambda: {"school": make_unit(name="某大学")}, "school", "“某大学”不是学校，请重新填写。"),
        (lambda: {"kind": OutputKind.objects.get(code="teacher")}, "seed", "请填写培养类别。"),
    ],
)
def test_what_does_not_fit_is_said_in_a_sentence(
    wrong: Callable[[], dict[str, Any]], column: str, sentence: str
) -> None:
    with pytest.raises(ValidationError) as error:
        make_output(make_unit(), **wrong())
    assert error.value.message_dict[column] == [sentence]


def test_the_same_thing_is_reported_once() -> None:
    unit = make_unit()
    first = make_output(unit)
    with pytest.raises(ValidationError, match="已报过同名的同类成果"):
        make_output(unit)
    withdraw_output(first, by=worker(unit), reason="填错了。")
    assert make_output(unit).state == OutputState.PROPOSED


def test_nothing_is_reported_or_done_in_a_term_that_is_locked() -> None:
    desks = make_desks(open_now=False)
    open_past(desks.office)
    past = day_in(desks.report.period)
    with pytest.raises(Refused, match="锁定"):
        make_output(desks.school, by=desks.teacher, day=past)
    task = make_task(desks.school, by=desks.teacher)
    with pytest.raises(Refused, match="锁定"):
        complete_milestone(task.milestones.get(), by=desks.teacher, done_on=past)
    assert make_output(desks.school, by=desks.teacher).state == OutputState.PROPOSED


def test_who_proposed_does_not_confirm_and_neither_does_his_unit(editor: User) -> None:
    unit = make_unit()
    output = make_output(unit)
    with pytest.raises(PermissionDenied):
        confirm_output(output, by=make_user(Role.UNIT_APPROVER, unit))
    own = propose_output(a_course(name="办公室登记"), unit=unit, by=editor)
    with pytest.raises(PermissionDenied):
        confirm_output(own, by=editor)
    assert confirm_output(output, by=editor).state == OutputState.CONFIRMED


def test_another_county_confirms_nothing() -> None:
    _county, school = county_school()
    with pytest.raises(PermissionDenied):
        confirm_output(make_output(school), by=make_officer(make_unit(UnitKind.COUNTY)))


def test_of_two_who_confirm_at_once_the_second_is_told(editor: User, reviewer: User) -> None:
    output = make_output(make_unit())
    stale = Output.objects.get(pk=output.pk)
    confirm_output(output, by=editor)
    with pytest.raises(WrongState):
        confirm_output(stale, by=reviewer)


def test_what_comes_back_is_mended_and_put_forward_again(editor: User) -> None:
    officer = make_officer()
    unit = officer.posts_today[0].unit
    output = make_output(unit)
    send_back_output(output, by=editor, reason="请写课程全称。")
    assert Notice.objects.get(user=officer).body.endswith("请写课程全称。")
    save_output(output, a_course(name="“手势舞”课程"), by=officer)
    assert propose_again(output, by=officer).state == OutputState.PROPOSED
    assert output.proposed_by == officer


def test_what_is_confirmed_is_not_changed_by_its_unit(editor: User) -> None:
    unit = make_unit()
    output = confirm_output(make_output(unit), by=editor)
    with pytest.raises(WrongState):
        save_output(output, a_course(name="另一名称"), by=worker(unit))
    with pytest.raises(WrongState):
        withdraw_output(output, by=worker(unit), reason="不要了。")


def test_an_output_of_a_cancelled_task_is_not_confirmed(editor: User) -> None:
    unit = make_unit()
    task = make_task(unit)
    cancel_task(task, by=editor, reason="计划调整。")
    output = make_output(unit)
    Output.objects.filter(pk=output.pk).update(task=task)
    with pytest.raises(Refused, match="已取消"):
        confirm_output(output, by=editor)


def test_what_a_finished_task_rests_on_is_not_struck(editor: User) -> None:
    unit = make_unit()
    by = worker(unit)
    task = make_task(unit, by=by)
    output = confirm_output(make_output(unit, task, by=by), by=editor)
    complete_milestone(task.milestones.get(), by=by, done_on=day(0))
    confirm_task(hand_in_task(task, by=by), by=editor)
    with pytest.raises(Refused, match="已据此确认完成"):
        strike_output(output, by=editor, reason="登记有误。")


def test_only_who_reviews_or_signs_makes_it_public(editor: User, reviewer: User) -> None:
    output = confirm_output(make_output(make_unit()), by=editor)
    with pytest.raises(PermissionDenied):
        publish_output(output, by=editor)
    publish_output(output, by=reviewer)
    assert list(public_outputs()) == [output]
    hide_output(output, by=reviewer, reason="内容有误。")
    assert not public_outputs().exists()


def test_what_is_not_confirmed_is_not_public(reviewer: User) -> None:
    with pytest.raises(WrongState):
        publish_output(make_output(make_unit()), by=reviewer)


def test_the_public_sees_no_name_that_was_not_chosen(editor: User, reviewer: User) -> None:
    unit = make_unit(name="青山师范大学")
    hidden = publish_output(a_teacher(unit, editor), by=reviewer)
    shown = shown_to_public(hidden)
    assert (shown.name, shown.people) == ("青山师范大学语文教师", "")
    assert not public_outputs(text="某教师").exists()
    named = publish_output(a_teacher(make_unit(), editor, shows_people=True, people="某教研组"), by=reviewer)
    assert (shown_to_public(named).name, shown_to_public(named).people) == ("某教师", "某教研组")
    assert list(public_outputs(text="某教师")) == [named]


def test_authors_of_a_course_stay_hidden_until_chosen(editor: User, reviewer: User) -> None:
    output = confirm_output(make_output(make_unit(), people="某老师"), by=editor)
    publish_output(output, by=reviewer)
    assert shown_to_public(output).people == ""
    assert not public_outputs(text="某老师").exists()
