"""填报期: opening for all units in one act, the matrix of who has reported, the rules behind it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from pilots.forms.progress_report import CadenceForm, DaysForm, OpenForm, RuleForm
from pilots.models import ReportingCadence, ReportingRule
from pilots.queries.reporting import COUNTS, MatrixLine, cadences, matrix_of, periods_for, reporting_rules, with_counts
from pilots.services.locks import is_locked
from pilots.services.reporting import Opened, move_days, open_period, set_cadence, set_rule
from portal.accounts.requests import demand, person
from portal.exchange.workbook import Column, as_download, write

COLUMNS = (Column("地区或类别", 26), *(Column(label, 12) for label in COUNTS.values()), Column("提交率（%）", 12))


@require_http_methods(["GET", "HEAD", "POST"])
def periods(request: HttpRequest) -> HttpResponse:
    """All periods with their counts; the office opens a new one here."""
    user = demand(request, "pilots.manage_reporting")
    form = OpenForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        cadence, span = form.chosen()
        days = {name: form.cleaned_data[name] for name in ("due", "locks_on")}
        opened = form.call(open_period, cadence=cadence, span=span, by=user, **days)
        if opened is not None:
            _tell_opened(request, opened)
            return redirect("reporting-period", opened.period.pk)
    context = {"periods": with_counts(periods_for(user)), "form": form, "today": timezone.localdate()}
    return render(request, "progress/periods.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def period(request: HttpRequest, pk: int) -> HttpResponse:
    """The matrix of one period; the office may move its days."""
    user = person(request)
    found = get_object_or_404(periods_for(user), pk=pk)
    initial = {"due": found.due, "locks_on": found.locks_on}
    form = DaysForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST":
        demand(request, "pilots.manage_reporting")
        if form.is_valid():
            form.call(move_days, period=found, by=user, **form.cleaned_data)
            if form.is_valid():
                messages.success(request, "日期已调整。")
                return redirect("reporting-period", pk)
            found.refresh_from_db()
    context: dict[str, Any] = {
        "period": found,
        "headings": COUNTS.values(),
        "lines": matrix_of(found, user),
        "form": form,
        "is_locked": is_locked(found),
        "may_manage": user.has_perm("pilots.manage_reporting"),
    }
    return render(request, "progress/period.html", context, status=422 if form.errors else 200)


@require_safe
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The matrix for Excel."""
    user = person(request)
    found = get_object_or_404(periods_for(user), pk=pk)
    data = write(f"{found.label}填报情况"[:30], COLUMNS, _cells(matrix_of(found, user)))
    return as_download(data, f"{found.label}填报情况{timezone.localdate():%Y%m%d}.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: HttpRequest) -> HttpResponse:
    """Who reports how often over which levels, and with which days: one form for each line."""
    user = demand(request, "pilots.manage_reporting")
    posted = request.POST if request.method == "POST" else None
    which = request.POST.get("which", "")
    rule_forms, cadence_forms = _rule_forms(posted, which), _cadence_forms(posted, which)
    done = False
    for name, rule, rule_form in rule_forms:
        if name == which and rule_form.is_valid():
            rule_form.call(set_rule, rule=rule, by=user, **rule_form.cleaned_data)
            done = rule_form.is_valid()
    for name, cadence, cadence_form in cadence_forms:
        if name == which and cadence_form.is_valid():
            cadence_form.call(set_cadence, cadence=cadence, by=user, **cadence_form.cleaned_data)
            done = cadence_form.is_valid()
    if done:
        messages.success(request, "已保存。已经提交的确认单仍按提交时的层级审核。")
        return redirect("reporting-rules")
    context = {"rule_forms": rule_forms, "cadence_forms": cadence_forms}
    return render(request, "progress/rules.html", context, status=200 if posted is None else 422)


def _rule_forms(posted: QueryDict | None, which: str) -> list[tuple[str, ReportingRule, RuleForm]]:
    """A form for each kind of unit; only ``which`` was posted."""
    found = []
    for rule in reporting_rules():
        name = f"rule-{rule.pk}"
        initial = {"reports": rule.reports, "cadence": rule.cadence_id, "reviewed_by": rule.reviewed_by}
        found.append((name, rule, RuleForm(posted if which == name else None, initial=initial, prefix=name)))
    return found


def _cadence_forms(posted: QueryDict | None, which: str) -> list[tuple[str, ReportingCadence, CadenceForm]]:
    """A form for each cadence; only ``which`` was posted."""
    found = []
    for cadence in cadences():
        name = f"cadence-{cadence.pk}"
        initial = {field: getattr(cadence, field) for field in CadenceForm.base_fields}
        found.append((name, cadence, CadenceForm(posted if which == name else None, initial=initial, prefix=name)))
    return found


def _tell_opened(request: HttpRequest, opened: Opened) -> None:
    messages.success(request, f"{opened.period.label}：新开放{opened.new}份，已有{opened.already}份。")
    if opened.overlapping:
        names = "、".join(opened.overlapping[:20])
        messages.warning(request, f"{len(opened.overlapping)}个单位在这段时间已有别的确认单，没有再开放：{names}。")


def _cells(lines: list[MatrixLine]) -> Iterator[list[object]]:
    for line in lines:
        yield [line.name.strip(), *line.cells, line.share]
