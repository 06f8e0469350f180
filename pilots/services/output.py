"""Every write to an output (成果): proposed by a unit, confirmed by the level above, shown to the public if chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from pilots.models import Output, OutputKind, Task
from pilots.notices.output import tell_confirmed, tell_returned
from pilots.outputs import checked, own_fields
from pilots.rules.posts import may_enter_for
from pilots.services.locks import refuse_locked
from pilots.states.output import OPEN_OUTPUT
from pilots.states.task import TaskState
from portal.accounts.models import Unit, User
from portal.accounts.roles import UnitKind
from portal.audit.models import record
from portal.refusals import Refused, WrongState
from portal.workflow import moving, started

#: Tasks of which nothing can have come.
WITHOUT_OUTPUTS = frozenset({TaskState.PLANNED, TaskState.CANCELLED})


@dataclass(frozen=True, slots=True)
class OutputFacts:
    """An output as a form, a table or the API hands it over; ``data`` are the kind's own columns."""

    kind: OutputKind
    name: str
    day: date
    task: Task | None = None
    school: Unit | None = None
    subject: str = ""
    people: str = ""
    link: str = ""
    shows_people: bool = False
    data: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def propose_output(facts: OutputFacts, *, unit: Unit, by: User) -> Output:
    """An output of ``unit``, to be confirmed. Raises ValidationError with a sentence per wrong field."""
    if not may_enter_for(by, unit):
        raise PermissionDenied
    output = Output(unit=unit, proposed_by=by)
    _write(output, facts, by=by)
    started(output, "报送成果", by=by)
    return output


@transaction.atomic
def save_output(output: Output, facts: OutputFacts, *, by: User) -> Output:
    """Correct what is not confirmed yet; who corrects it puts it forward."""
    locked = Output.objects.select_for_update(of=("self",)).get(pk=output.pk)
    if not by.has_perm("pilots.change_output", locked):
        raise PermissionDenied
    if locked.state not in OPEN_OUTPUT:
        raise WrongState(f"成果现在是“{locked.get_state_display()}”，不能再改。如需修改，请上级撤销确认后重新报送。")
    before = (locked.name, locked.day)
    locked.proposed_by = by
    _write(locked, facts, by=by)
    record(locked, "pilots.output.update", "修改成果", by=by, before=[before[0], before[1].isoformat()])
    output.refresh_from_db()
    return output


def propose_again(output: Output, *, by: User) -> Output:
    """What came back is put forward anew."""
    with moving(output, "propose", by=by) as locked:
        locked.proposed_by = by
    return output


def confirm_output(output: Output, *, by: User) -> Output:
    """The level above or the office confirms; not who proposed it."""
    with moving(output, "confirm", by=by) as locked:
        if locked.task is not None and locked.task.state == TaskState.CANCELLED:
            raise Refused(f"所属任务“{locked.task}”已取消，请先请报送单位改为不属于任务，再确认。")
    tell_confirmed(output)
    return output


def send_back_output(output: Output, *, by: User, reason: str) -> Output:
    with moving(output, "send_back", by=by, reason=reason):
        pass
    tell_returned(output, reason)
    return output


def publish_output(output: Output, *, by: User) -> Output:
    """Anybody may see it from now on; names of persons only where the unit has chosen so."""
    with moving(output, "publish", by=by):
        pass
    return output


def hide_output(output: Output, *, by: User, reason: str) -> Output:
    with moving(output, "hide", by=by, reason=reason):
        pass
    return output


def withdraw_output(output: Output, *, by: User, reason: str) -> Output:
    """Its unit takes back what is not confirmed."""
    with moving(output, "withdraw", by=by, reason=reason):
        pass
    return output


def strike_output(output: Output, *, by: User, reason: str) -> Output:
    """What was confirmed counts no more. Raises Refused where a finished task rests on it."""
    with moving(output, "strike", by=by, reason=reason) as locked:
        if locked.task is not None and locked.task.state == TaskState.DONE:
            raise Refused(f"任务“{locked.task}”已据此确认完成，请先把任务改为重新实施，再撤销这项成果。")
    tell_returned(output, reason)
    return output


#: Which service does which step, by the names of the table; those with a reason take it as ``reason``.
STEPS: dict[str, Callable[..., Any]] = {
    "propose": propose_again,
    "confirm": confirm_output,
    "send_back": send_back_output,
    "publish": publish_output,
    "hide": hide_output,
    "withdraw": withdraw_output,
    "strike": strike_output,
}


def _write(output: Output, facts: OutputFacts, *, by: User) -> None:
    """Fill and save. Raises Refused where the old or the new day lies in a term that is locked for the unit."""
    _check(output, facts)
    refuse_locked(output.unit_id, (output.day, facts.day), by=by)
    for name in ("kind", "task", "school", "day", "shows_people"):
        setattr(output, name, getattr(facts, name))
    for name in ("name", "subject", "people", "link"):
        setattr(output, name, getattr(facts, name).strip())
    output.data, _wrong = checked(own_fields(facts.kind.fields), facts.data)
    output.full_clean()
    try:
        with transaction.atomic():
            output.save()
    except IntegrityError as error:  # somebody else has entered the same at this very moment
        raise ValidationError({"name": ["本单位刚刚报过同名的同类成果，请打开原来的成果。"]}) from error


def _check(output: Output, facts: OutputFacts) -> None:
    """What the model cannot say by itself: days to come, the kind's own columns, school and task that do not fit."""
    _kept, wrong = checked(own_fields(facts.kind.fields), facts.data)
    if facts.day > timezone.localdate():
        wrong["day"] = "形成日期不能晚于今天。"
    if facts.school is not None and facts.school.kind != UnitKind.SCHOOL:
        wrong["school"] = f"“{facts.school}”不是学校，请重新填写。"
    if facts.task is not None and (problem := _task_problem(output.unit, facts.task)):
        wrong["task"] = problem
    if wrong:
        raise ValidationError({name: [sentence] for name, sentence in wrong.items()})


def _task_problem(unit: Unit, task: Task) -> str:
    if task.state in WITHOUT_OUTPUTS:
        return f"任务“{task}”{task.get_state_display()}，还不能从中报送成果。"
    involved = {task.unit_id, *task.partners.values_list("pk", flat=True), *task.schools.values_list("pk", flat=True)}
    if unit.pk not in involved:
        return f"{unit}没有参与任务“{task}”，请重新选择。"
    return ""
