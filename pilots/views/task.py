"""任务: the list, the page of one, its plan, and its steps."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pilots.forms.task import DoneForm, StepForms, TaskFilterForm, TaskForm, steps_initial, task_initial, typed_steps
from pilots.models import Milestone, Task
from pilots.queries.activity_link import activities_of
from pilots.queries.activity_list import activities_for, for_list
from pilots.queries.figures import tasks_behind
from pilots.queries.output import with_facts
from pilots.queries.task import listed_tasks, progress_of, tasks_for, with_progress
from pilots.services.task import create_task, save_task
from pilots.services.task_progress import STEPS, complete_milestone, undo_milestone
from pilots.sheets.task import COLUMNS, cells
from pilots.states.output import OutputState
from pilots.states.task import OPEN_TASK, TaskState
from portal.accounts.models import User
from portal.accounts.queries.unit import units
from portal.accounts.requests import PAGE_SIZE, demand, person
from portal.accounts.roles import OFFICE_PLANNERS, UNIT_ROLES
from portal.answers import attempt, take_step
from portal.audit.models import history
from portal.exchange.workbook import as_download, write
from portal.text.official import official_date
from portal.workflow import available

#: The page of a task shows so many of its activities, the latest.
SHOWN_ACTIVITIES = 20


@require_safe
def tasks(request: HttpRequest) -> HttpResponse:
    """The list, the nearest deadline first; filters stay in the address."""
    user = demand(request, "pilots.view_tasks")
    form, rows = _narrowed(request, user)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    context = {
        "form": form,
        "page": page,
        "lines": [(task, progress_of(task, today)) for task in page],
        "narrowed": bool(form.narrowing()),
        "may_add": user.has_perm("pilots.add_task"),
    }
    return render(request, "tasks/list.html", context)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The same list as an Excel table."""
    _form, rows = _narrowed(request, demand(request, "pilots.view_tasks"))
    today = timezone.localdate()
    note = f"截至{official_date(today)}"
    return as_download(write("五个一批任务", COLUMNS, cells(rows, today), note=note), "五个一批任务.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """拟定任务: by the office for anybody, by others for their own units."""
    user = demand(request, "pilots.add_task")
    sent = request.POST if request.method == "POST" else None
    form = TaskForm(sent, initial=_asked(request), **_planner(user))
    steps = StepForms(sent, prefix="step")
    if sent is not None and form.is_valid() and steps.is_valid():
        unit = form.cleaned_data["unit"]
        task = form.call(create_task, plan=form.plan(typed_steps(steps)), unit=unit, by=user)
        if task is not None:
            messages.success(request, "任务已保存为“拟定”。核对无误后，请点“开始实施”。")
            return redirect("task", task.pk)
    return _form_page(request, form, steps, None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan while it is open; what changes is kept in the record."""
    user, task = person(request), get_object_or_404(tasks_for(person(request)), pk=pk)
    demand(request, "pilots.change_task", obj=task)
    if task.state not in OPEN_TASK:
        messages.info(request, f"任务现在是“{task.get_state_display()}”，不能再改。")
        return redirect("task", pk)
    sent = request.POST if request.method == "POST" else None
    form = TaskForm(sent, initial=task_initial(task), **_planner(user))
    form.fields.pop("unit")
    steps = StepForms(sent, prefix="step", initial=steps_initial(task))
    if sent is not None and form.is_valid() and steps.is_valid():
        saved = form.call(save_task, task=task, plan=form.plan(typed_steps(steps)), by=user)
        if saved is not None:
            messages.success(request, "任务已保存。")
            return redirect("task", pk)
    return _form_page(request, form, steps, task)


@require_safe
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """One task in one screen: where it stands, why, what is next, what has come of it."""
    found = get_object_or_404(with_progress(tasks_for(person(request))), pk=pk)
    return _task_page(request, found)


@require_POST
def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """A step of the table; a refused one shows the page again with the reason that was typed."""
    user, found = person(request), get_object_or_404(tasks_for(person(request)), pk=pk)
    typed = take_step(request, found, name, STEPS, by=user)
    if typed is None:
        return redirect("task", pk) if tasks_for(user).filter(pk=pk).exists() else redirect("tasks")
    again = get_object_or_404(with_progress(tasks_for(user)), pk=pk)
    return _task_page(request, again, status=422, typed_for=name, typed_reason=typed.get("typed_reason", ""))


@require_POST
def done(request: HttpRequest, pk: int) -> HttpResponse:
    """完成节点."""
    user, milestone = person(request), _milestone(request, pk)
    form = DoneForm(request.POST)
    if form.is_valid():
        kept = form.call(complete_milestone, milestone=milestone, by=user, **form.cleaned_data)
        if kept is not None:
            messages.success(request, f"节点“{milestone}”已登记完成。")
            return redirect("task", milestone.task_id)
    found = get_object_or_404(with_progress(tasks_for(user)), pk=milestone.task_id)
    return _task_page(request, found, status=422, typed=(milestone.pk, form))


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """改为未完成."""
    milestone = _milestone(request, pk)
    attempt(request, undo_milestone, milestone, by=person(request), said=f"节点“{milestone}”已改为未完成。")
    return redirect("task", milestone.task_id)


def _milestone(request: HttpRequest, pk: int) -> Milestone:
    """A milestone of a task that the person sees; 403 for who may not write on it."""
    found = get_object_or_404(Milestone.objects.filter(task__in=tasks_for(person(request)).order_by()), pk=pk)
    demand(request, "pilots.change_task", obj=found.task)
    return found


def _task_page(
    request: HttpRequest,
    task: Any,
    *,
    status: int = 200,
    typed_for: str = "",
    typed_reason: str = "",
    typed: tuple[int, DoneForm] | None = None,
) -> HttpResponse:
    user, today = person(request), timezone.localdate()
    may_change = user.has_perm("pilots.change_task", task) and task.state in OPEN_TASK
    outputs = with_facts(task.outputs.exclude(state=OutputState.WITHDRAWN))
    keeps = may_change and task.state == TaskState.UNDER_WAY
    steps = available(task, user)
    context = {
        "task": task,
        "progress": progress_of(task, today),
        "milestones": [(step, _done_form(step, typed)) for step in task.milestones.all()],
        "outputs": outputs,
        "activities": for_list(activities_of(task).filter(pk__in=activities_for(user)))[:SHOWN_ACTIVITIES],
        "steps": steps,
        "has_reasons": any(step.reason for step in steps),
        "may_change": may_change,
        "keeps": keeps,
        "may_propose": task.state in (TaskState.UNDER_WAY, TaskState.AWAITING) and user.has_perm("pilots.add_output"),
        "changes": history(task),
        "today": today,
        "typed_for": typed_for,
        "typed_reason": typed_reason,
    }
    return render(request, "tasks/task.html", context, status=status)


def _done_form(step: Milestone, typed: tuple[int, DoneForm] | None) -> DoneForm:
    if typed is not None and typed[0] == step.pk:
        return typed[1]
    return DoneForm(auto_id=f"id_%s_{step.pk}", initial={"evidence": step.evidence})


def _narrowed(request: HttpRequest, user: User) -> tuple[TaskFilterForm, Any]:
    """The list as the address narrows it, also to what one figure is made of."""
    form = TaskFilterForm(request.GET)
    rows = listed_tasks(user, today=timezone.localdate(), **form.filters())
    if (figure := form.figure()) is not None:
        rows = rows.filter(pk__in=tasks_behind(*figure))
    return form, rows


def _planner(user: User) -> dict[str, Any]:
    """What the form must know of who plans."""
    return {"own": user.units_as(*UNIT_ROLES), "plans_for_all": user.holds(*OFFICE_PLANNERS)}


def _asked(request: HttpRequest) -> dict[str, Any]:
    """The batch that the address names, to start from."""
    return {"batch": request.GET.get("batch", "")}


def _form_page(request: HttpRequest, form: TaskForm, steps: Any, task: Task | None) -> HttpResponse:
    context = {"form": form, "steps": steps, "task": task, "unit_names": _unit_names()}
    return render(request, "tasks/form.html", context, status=422 if request.method == "POST" else 200)


def _unit_names() -> list[str]:
    """What the browser offers while a unit is typed."""
    return list(units().values_list("name", flat=True))
