"""A task on its way: begun, its milestones kept, handed in, confirmed or returned."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from pilots.models import Milestone, Task
from pilots.notices.task import tell_begun, tell_cancelled, tell_confirmed, tell_handed_in, tell_returned
from pilots.services.locks import refuse_locked
from pilots.services.task import lock_open
from pilots.states.output import COUNTED_OUTPUT, OutputState
from pilots.states.task import TaskState
from portal.accounts.models import User
from portal.audit.models import record
from portal.inbox.models import Waiting
from portal.refusals import Refused, WrongState
from portal.text.official import official_date
from portal.workflow import moving, renew_waits

#: A milestone enters the 待办 of its unit so many days before it is due.
AHEAD = timedelta(days=14)


def start_task(task: Task, *, by: User) -> Task:
    """The plan begins: milestones or a goal there must be, else nothing could be said of its progress."""
    with moving(task, "start", by=by) as locked:
        if not locked.goal and not locked.milestones.exists():
            raise Refused("请先为任务填写至少一个节点或目标数量，再开始实施。")
    tell_begun(task, by=by)
    return task


def hand_in_task(task: Task, *, by: User) -> Task:
    """The owner says that it is done and asks for confirmation. Raises Refused naming what is still open."""
    with moving(task, "hand_in", by=by) as locked:
        if still := [str(step) for step in locked.milestones.filter(done_on__isnull=True)]:
            raise Refused(
                f"还有{len(still)}个节点没有完成：{'、'.join(still)}。请先登记完成，或修改任务去掉不需要的节点。"
            )
        _refuse_unreached(locked)
        locked.handed_in_by = by
    tell_handed_in(task, by=by)
    return task


def take_back_task(task: Task, *, by: User) -> Task:
    with moving(task, "take_back", by=by):
        pass
    return task


def confirm_task(task: Task, *, by: User) -> Task:
    """The level above or the office confirms; not who handed it in."""
    with moving(task, "confirm", by=by) as locked:
        locked.done_on = timezone.localdate()
    tell_confirmed(task)
    return task


def send_back_task(task: Task, *, by: User, reason: str) -> Task:
    with moving(task, "send_back", by=by, reason=reason):
        pass
    tell_returned(task, reason)
    return task


def reopen_task(task: Task, *, by: User, reason: str) -> Task:
    """What was confirmed goes on after all."""
    with moving(task, "reopen", by=by, reason=reason) as locked:
        locked.done_on = None
    tell_returned(task, reason)
    return task


def cancel_task(task: Task, *, by: User, reason: str) -> Task:
    """It will not be done. Raises Refused where something has come of it: that would hang in the air."""
    with moving(task, "cancel", by=by, reason=reason) as locked:
        live = locked.outputs.exclude(state=OutputState.WITHDRAWN)
        if names := list(live.values_list("name", flat=True)):
            raise Refused(
                f"这项任务已有{len(names)}项成果（{'、'.join(names[:3])}{'等' if len(names) > 3 else ''}），不能取消。"
                "请先撤下这些成果，或完成任务后报请确认。"
            )
    tell_cancelled(task, reason, by=by)
    return task


def resume_task(task: Task, *, by: User) -> Task:
    with moving(task, "resume", by=by):
        pass
    return task


#: Which service does which step, by the names of the table; those with a reason take it as ``reason``.
STEPS: dict[str, Callable[..., Any]] = {
    "start": start_task,
    "hand_in": hand_in_task,
    "take_back": take_back_task,
    "confirm": confirm_task,
    "send_back": send_back_task,
    "reopen": reopen_task,
    "cancel": cancel_task,
    "resume": resume_task,
}


@transaction.atomic
def complete_milestone(milestone: Milestone, *, by: User, done_on: date, evidence: str = "") -> Milestone:
    """A step was done on ``done_on``, with a few words how. Raises ValidationError for a day to come, WrongState
    where the task is not under way, Refused for a day in a term that is locked."""
    locked = _running(milestone, by)
    if done_on > timezone.localdate():
        raise ValidationError({"done_on": ["完成日期不能晚于今天。尚未完成的节点请到完成后再登记。"]})
    refuse_locked(locked.unit_id, (milestone.done_on, done_on), by=by)
    milestone.done_on, milestone.evidence = done_on, evidence.strip()
    milestone.full_clean()
    milestone.save(update_fields=["done_on", "evidence"])
    record(locked, "pilots.task.milestone", "完成节点", by=by, changes=[f"{milestone}：{official_date(done_on)}"])
    _renew(locked)
    return milestone


@transaction.atomic
def undo_milestone(milestone: Milestone, *, by: User) -> Milestone:
    """It was not done after all; what was written of it stays to be corrected."""
    locked = _running(milestone, by)
    if milestone.done_on is None:
        raise WrongState("这个节点还没有登记完成。")
    refuse_locked(locked.unit_id, (milestone.done_on,), by=by)
    record(locked, "pilots.task.milestone_undo", "改为未完成", by=by, changes=[str(milestone)])
    milestone.done_on = None
    milestone.save(update_fields=["done_on"])
    _renew(locked)
    return milestone


def renew_due_waits() -> int:
    """Once a day: milestones that come near enter the 待办. Returns of how many tasks."""
    until = timezone.localdate() + AHEAD
    near = Task.objects.filter(state=TaskState.UNDER_WAY, milestones__done_on__isnull=True, milestones__due__lte=until)
    known = Waiting.objects.filter(content_type__app_label="pilots", content_type__model="task")
    count = 0
    for task in near.exclude(pk__in=known.values("object_id")).select_related("unit").distinct():
        with transaction.atomic():
            locked = Task.objects.select_for_update(of=("self",)).get(pk=task.pk)
            _renew(locked)
        count += 1
    return count


def _running(milestone: Milestone, by: User) -> Task:
    locked = lock_open(milestone.task, by)
    if locked.state != TaskState.UNDER_WAY:
        raise WrongState("任务还没有开始实施，请先开始实施，再登记节点。")
    milestone.refresh_from_db()
    return locked


def _renew(task: Task) -> None:
    renew_waits(task)


def _refuse_unreached(task: Task) -> None:
    """A goal is reached by outputs that were confirmed; what still waits for that is named."""
    if task.goal is None:
        return
    reached = task.outputs.filter(state__in=COUNTED_OUTPUT).count()
    if reached < task.goal:
        waiting = task.outputs.filter(state=OutputState.PROPOSED).count()
        word = task.goal_word
        more = f"另有{waiting}项成果待确认。" if waiting else ""
        raise Refused(
            f"目标是{task.goal}{word}，已确认的成果有{reached}{word}。{more}请补报成果，或与上级商定后修改目标，再报请确认。"
        )
