"""成果: the list, the page of one, proposing and deciding; and what anybody may see."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pilots.forms.output import OutputFilterForm, OutputForm, output_initial
from pilots.models import Output, OutputKind
from pilots.outputs import own_fields
from pilots.queries.figures import outputs_behind
from pilots.queries.output import (
    listed_outputs,
    output_kinds,
    outputs_for,
    own_facts,
    public_outputs,
    shown_to_public,
    tasks_for_outputs,
    with_facts,
)
from pilots.queries.task import tasks_for
from pilots.services.output import STEPS, propose_output, save_output
from pilots.sheets.output import COLUMNS, row
from pilots.states.output import OPEN_OUTPUT
from portal.accounts.models import User
from portal.accounts.queries.unit import units
from portal.accounts.requests import PAGE_SIZE, demand, person, whole_number
from portal.accounts.roles import OFFICE_PLANNERS, UNIT_ROLES
from portal.answers import take_step
from portal.audit.models import history
from portal.exchange.workbook import Column, as_download, write
from portal.workflow import available

#: Letters typed into the public search beyond this are of no use.
LONGEST_SEARCH = 100


@require_safe
def outputs(request: HttpRequest) -> HttpResponse:
    """The list, the latest first; filters stay in the address."""
    user = demand(request, "pilots.view_outputs")
    form, rows = _narrowed(request, user)
    context = {
        "form": form,
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "narrowed": bool(form.narrowing()),
        "kinds": output_kinds(),
        "may_add": user.has_perm("pilots.add_output"),
    }
    return render(request, "outputs/list.html", context)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The same list as an Excel table; of one kind with the columns that only this kind has."""
    user = demand(request, "pilots.view_outputs")
    form, found = _narrowed(request, user)
    kind = next((one for one in output_kinds() if one.pk == form.narrowing().get("kind")), None)
    own = own_fields(kind.fields) if kind else []
    columns = (*COLUMNS, *(Column(column.label, 20) for column in own))
    rows = ([*row(output), *(output.data.get(column.name, "") for column in own)] for output in found)
    title = f"五个一批成果（{kind.name}）" if kind else "五个一批成果"
    return as_download(write(title, columns, rows), f"{title}.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, kind: str) -> HttpResponse:
    """报送成果 of a kind, from a task where the address names one."""
    user = demand(request, "pilots.add_output")
    chosen = get_object_or_404(output_kinds(), code=kind)
    sent = request.POST if request.method == "POST" else None
    form = _form(user, chosen, sent, initial={"task": request.GET.get("task", "")})
    if sent is not None and form.is_valid():
        output = form.call(propose_output, facts=form.facts(), unit=form.cleaned_data["unit"], by=user)
        if output is not None:
            messages.success(request, "成果已报送，等待上级确认。")
            return redirect("output", output.pk)
    return _form_page(request, form, chosen, None)


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Which kind of output shall be reported; the batch of the task that it comes of stands first."""
    user = demand(request, "pilots.add_output")
    task = whole_number(request.GET.get("task", ""))
    found = tasks_for(user).filter(pk=task).first() if task is not None else None
    kinds = sorted(output_kinds(), key=lambda kind: found is None or kind.batch_id != found.batch_id)
    return render(request, "outputs/choose.html", {"kinds": kinds, "task": found})


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """What is not confirmed yet can be corrected."""
    user, output = person(request), get_object_or_404(with_facts(outputs_for(person(request))), pk=pk)
    demand(request, "pilots.change_output", obj=output)
    if output.state not in OPEN_OUTPUT:
        messages.info(request, f"成果现在是“{output.get_state_display()}”，不能再改。")
        return redirect("output", pk)
    sent = request.POST if request.method == "POST" else None
    form = _form(user, output.kind, sent, initial=output_initial(output))
    form.fields.pop("unit")
    if sent is not None and form.is_valid():
        saved = form.call(save_output, output=output, facts=form.facts(), by=user)
        if saved is not None:
            messages.success(request, "成果已保存。")
            return redirect("output", pk)
    return _form_page(request, form, output.kind, output)


@require_safe
def output(request: HttpRequest, pk: int) -> HttpResponse:
    """One output: what it is, where it came from, who decides what."""
    return _output_page(request, get_object_or_404(with_facts(outputs_for(person(request))), pk=pk))


@require_POST
def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """A step of the table; a refused one shows the page again with the reason that was typed."""
    user, found = person(request), get_object_or_404(with_facts(outputs_for(person(request))), pk=pk)
    typed = take_step(request, found, name, STEPS, by=user)
    if typed is None:
        return redirect("output", pk)
    again = get_object_or_404(with_facts(outputs_for(user)), pk=pk)
    return _output_page(request, again, status=422, **typed)


@login_not_required
@require_safe
def public(request: HttpRequest) -> HttpResponse:
    """成果展示: what anybody may see, without names of persons that were not chosen to be shown."""
    text = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH]
    chosen = next((one for one in output_kinds() if one.code == request.GET.get("kind", "")), None)
    rows = public_outputs(kind=chosen.code if chosen else "", text=text)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "shown": [shown_to_public(row) for row in page],
        "kinds": output_kinds(),
        "chosen": chosen,
        "q": text,
    }
    return render(request, "outputs/public.html", context)


def _narrowed(request: HttpRequest, user: User) -> tuple[OutputFilterForm, Any]:
    """The list as the address narrows it, also to what one figure is made of."""
    form = OutputFilterForm(request.GET)
    rows = listed_outputs(user, **form.filters())
    if (figure := form.figure()) is not None:
        unit, period = figure
        rows = rows.filter(pk__in=outputs_behind(unit, period, kind=form.narrowing().get("code", "")))
    return form, rows


def _output_page(
    request: HttpRequest, output: Output, *, status: int = 200, typed_for: str = "", typed_reason: str = ""
) -> HttpResponse:
    user = person(request)
    steps = available(output, user)
    context = {
        "output": output,
        "facts": own_facts(output),
        "shown": shown_to_public(output),
        "steps": steps,
        "has_reasons": any(step.reason for step in steps),
        "may_change": output.state in OPEN_OUTPUT and user.has_perm("pilots.change_output", output),
        "sees_task": output.task_id is not None and tasks_for(user).filter(pk=output.task_id).exists(),
        "changes": history(output),
        "typed_for": typed_for,
        "typed_reason": typed_reason,
    }
    return render(request, "outputs/output.html", context, status=status)


def _form(user: User, kind: OutputKind, sent: Any, *, initial: dict[str, Any]) -> OutputForm:
    return OutputForm(
        sent,
        kind=kind,
        tasks=tasks_for_outputs(user),
        own=user.units_as(*UNIT_ROLES),
        plans_for_all=user.holds(*OFFICE_PLANNERS),
        initial=initial,
    )


def _form_page(request: HttpRequest, form: OutputForm, kind: OutputKind, output: Output | None) -> HttpResponse:
    names = list(units().values_list("name", flat=True))
    context = {"form": form, "kind": kind, "output": output, "unit_names": names}
    return render(request, "outputs/form.html", context, status=422 if request.method == "POST" else 200)
