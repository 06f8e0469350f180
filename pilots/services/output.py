"""Every write to an output (成果): proposed by a unit, confirmed by the level above, shown to the public if chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from pilots.models import Output, OutputKind, ReportingPeriod, Task
from pilots.notices.output import tell_confirmed, tell_returned
from pilots.outputs import checked, own_fields
from pilots.rules.posts import may_enter_for
from pilots.services.locks import locked_periods, refuse_locked, refuse_within
from pilots.states.output import OPEN_OUTPUT, OutputState
from pilots.states.task import TaskState
from portal.accounts.models import Unit, User
from portal.accounts.roles import UnitKind
from portal.audit.models import record
from portal.refusals import Refused, WrongState
from portal.saving import AT_ONCE, sentence_of
from portal.workflow import moving, started_all

#: Tasks of which nothing can have come.
WITHOUT_OUTPUTS = frozenset({TaskState.PLANNED, TaskState.CANCELLED})
#: What the constraint ``output_once`` says, and what is said where another was quicker.
TAKEN = sentence_of(Output, "output_once")
TAKEN_NOW = "本单位刚刚报过同名的同类成果，请打开原来的成果。"


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
    writer = OutputWriter(by=by)
    writer.put(facts, unit=unit)
    (output,) = writer.write()
    return output


class OutputWriter:
    """Outputs of many rows: each is checked as it comes, all are written together."""

    def __init__(self, *, by: User) -> None:
        self._by = by
        self._waiting: list[Output] = []
        self._locked: dict[int, list[ReportingPeriod]] = {}
        self._taken: dict[int, set[tuple[int, str, int | None]]] = {}
        self._involved: dict[int, set[int]] = {}

    def put(self, facts: OutputFacts, *, unit: Unit) -> None:
        """An output of ``unit``. Raises as :func:`propose_output` does; then nothing of it waits to be written."""
        if not may_enter_for(self._by, unit):
            raise PermissionDenied
        self._look_up(unit, facts.task)
        output = Output(unit=unit, proposed_by=self._by)
        _check(output, facts, self._involved)
        refuse_within(self._locked[unit.pk], unit.pk, [facts.day], by=self._by)
        _fill(output, facts)
        output.clean_fields(exclude=("kind", "unit", "task", "school", "proposed_by"))
        named = (output.kind_id, output.name, output.school_id)
        if named in self._taken[unit.pk]:
            raise ValidationError({"name": [TAKEN]})
        self._taken[unit.pk].add(named)
        self._waiting.append(output)

    @transaction.atomic
    def write(self) -> list[Output]:
        """Store what waits, in its order."""
        waiting, self._waiting = self._waiting, []
        try:
            with transaction.atomic():
                made = Output.objects.bulk_create(waiting, AT_ONCE)
        except IntegrityError as error:  # somebody else has entered the same at this very moment
            raise ValidationError({"name": [TAKEN_NOW]}) from error
        started_all(made, "报送成果", by=self._by)
        return made

    def _look_up(self, unit: Unit, task: Task | None) -> None:
        """What the rows of one unit, or of one task, are checked against: once for all of them."""
        if unit.pk not in self._taken:
            own = Output.objects.filter(unit=unit).exclude(state=OutputState.WITHDRAWN)
            self._taken[unit.pk] = set(own.values_list("kind", "name", "school"))
            self._locked[unit.pk] = list(locked_periods(unit.pk))
        if task is not None and task.pk not in self._involved:
            self._involved[task.pk] = _involved(task)


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
    _check(output, facts, {facts.task.pk: _involved(facts.task)} if facts.task else {})
    refuse_locked(output.unit_id, (output.day, facts.day), by=by)
    _fill(output, facts)
    output.full_clean()
    try:
        with transaction.atomic():
            output.save()
    except IntegrityError as error:  # somebody else has entered the same at this very moment
        raise ValidationError({"name": [TAKEN_NOW]}) from error


def _fill(output: Output, facts: OutputFacts) -> None:
    for name in ("kind", "task", "school", "day", "shows_people"):
        setattr(output, name, getattr(facts, name))
    for name in ("name", "subject", "people", "link"):
        setattr(output, name, getattr(facts, name).strip())
    output.data, _wrong = checked(own_fields(facts.kind.fields), facts.data)


def _check(output: Output, facts: OutputFacts, involved: Mapping[int, set[int]]) -> None:
    """What the model cannot say by itself: days to come, the kind's own columns, school and task that do not fit.

    ``involved`` holds, by task, the units that own it or take part.
    """
    _kept, wrong = checked(own_fields(facts.kind.fields), facts.data)
    if facts.day > timezone.localdate():
        wrong["day"] = "形成日期不能晚于今天。"
    if facts.school is not None and facts.school.kind != UnitKind.SCHOOL:
        wrong["school"] = f"“{facts.school}”不是学校，请重新填写。"
    if facts.task is not None and (problem := _task_problem(output.unit, facts.task, involved[facts.task.pk])):
        wrong["task"] = problem
    if wrong:
        raise ValidationError({name: [sentence] for name, sentence in wrong.items()})


def _task_problem(unit: Unit, task: Task, involved: set[int]) -> str:
    if task.state in WITHOUT_OUTPUTS:
        return f"任务“{task}”{task.get_state_display()}，还不能从中报送成果。"
    if unit.pk not in involved:
        return f"{unit}没有参与任务“{task}”，请重新选择。"
    return ""


def _involved(task: Task) -> set[int]:
    """Ids of the units of which outputs may come from ``task``."""
    return {task.unit_id, *task.partners.values_list("pk", flat=True), *task.schools.values_list("pk", flat=True)}
