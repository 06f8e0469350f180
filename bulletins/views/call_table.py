"""A call that has been sent: who answered, what was done with it, and what can still be done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from bulletins.forms.call import ExtendForm, TableFilterForm, TargetsForm
from bulletins.models import Call
from bulletins.queries.call import listed_calls
from bulletins.queries.call_table import (
    Standing,
    TargetLine,
    changes_of,
    counts_of,
    lines_of,
    narrowed,
    reminders_of,
)
from bulletins.services import call as services
from bulletins.services.reminding import remind_of_call
from bulletins.states import CallState
from bulletins.views.call import draft_page, office_call
from bulletins.views.reminded import tell_reminded
from portal.accounts.models import User
from portal.accounts.requests import PAGE_SIZE, person
from portal.answers import attempt
from portal.audit.models import Entry
from portal.exchange.workbook import Column, as_download, write
from portal.workflow import available

SAID = {"close": "已结束，不再等各单位应稿。", "cancel": "已取消，未应稿的单位会收到消息。", "reopen": "已继续征集。"}
#: How a standing is shaded; its words say it all.
SHADES = {
    Standing.ANSWERED: "green",
    Standing.LATE: "orange",
    Standing.NO_REPORT: "secondary",
    Standing.SILENT: "blue",
    Standing.OVERDUE: "red",
    Standing.INACTIVE: "secondary",
}
COLUMNS = (
    Column("单位", 30),
    Column("类别", 14),
    Column("上级单位", 22),
    Column("应稿情况", 14),
    Column("应稿时间", 20),
    Column("稿件", 46),
    Column("无稿的原因", 30),
    Column("通知了谁", 18),
    Column("现任信息员", 18),
)


@require_safe
def call(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft with its list of units, or what came of a call."""
    found = get_object_or_404(listed_calls(person(request)), pk=pk)
    return draft_page(request, found) if found.state == CallState.DRAFT else _page(request, found)


@require_POST
def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Close, cancel or go on. What was typed as a reason is still there where it is refused."""
    user, found = office_call(request, pk)
    if name not in SAID:
        raise Http404
    given = {} if name == "reopen" else {"reason": request.POST.get("reason", "")}
    if attempt(request, services.ACTS[name], found, by=user, said=SAID[name], **given):
        return redirect("call", pk)
    found.refresh_from_db()
    return _page(request, found, status=409, typed_reason=given.get("reason", ""), typed_for=name)


@require_POST
def extend(request: HttpRequest, pk: int) -> HttpResponse:
    """延长截止日期."""
    user, found = office_call(request, pk)
    form = ExtendForm(request.POST)
    if form.is_valid() and form.call(services.extend_call, call=found, by=user, **form.cleaned_data) is not None:
        messages.success(request, "截止日期已延长，未应稿的单位会收到消息。")
        return redirect("call", pk)
    found.refresh_from_db()
    return _page(request, found, status=422, extend_form=form)


@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """增加单位 to an open call."""
    user, found = office_call(request, pk)
    form = TargetsForm(request.POST)
    if form.is_valid():
        added = form.call(services.add_call_targets, call=found, by=user, units=form.units())
        if added is not None:
            messages.success(request, f"已增加{len(added)}个单位，并通知了它们。")
            return redirect("call", pk)
    found.refresh_from_db()
    return _page(request, found, status=422, targets_form=form)


@require_POST
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    """温馨提示 to those who have not answered; says who got it, and who was left out and why."""
    user, found = office_call(request, pk)
    tell_reminded(request, remind_of_call, found, by=user)
    return redirect("call", pk)


@require_safe
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The table as narrowed on the page, for Excel."""
    user = person(request)
    found = get_object_or_404(listed_calls(user).exclude(state=CallState.DRAFT), pk=pk)
    rows = narrowed(found, **TableFilterForm(request.GET).narrowing())
    data = write(f"{found.topic}应稿情况"[:30], COLUMNS, _cells(found, lines_of(found, rows, user)))
    return as_download(data, f"{found.topic}应稿情况{timezone.localdate():%Y%m%d}.xlsx")


def _page(request: HttpRequest, found: Call, *, status: int = 200, **extra: Any) -> HttpResponse:
    user: User = person(request)
    form = TableFilterForm(request.GET)
    page = Paginator(narrowed(found, **form.narrowing()), PAGE_SIZE).get_page(request.GET.get("page"))
    counts = counts_of(found)
    context = {
        "call": found,
        "form": form,
        "page": page,
        "lines": [(line, SHADES[line.standing]) for line in lines_of(found, page.object_list, user)],
        "counts": [(standing, count, SHADES[standing]) for standing, count in counts.items()],
        "asked": sum(counts.values()),
        "is_open": found.state == CallState.SENT,
        "waiting": counts.get(Standing.SILENT, 0) + counts.get(Standing.OVERDUE, 0),
        "may_manage": user.has_perm("bulletins.manage_calls"),
        "steps": available(found, user),
        "extend_form": ExtendForm(),
        "targets_form": TargetsForm(),
        "reminders": reminders_of(found),
        "changes": [(entry, _deadline_of(entry)) for entry in changes_of(found)],
    }
    return render(request, "calls/call.html", context | extra, status=status)


def _deadline_of(entry: Entry) -> date | None:
    """The day to which an act moved the deadline."""
    day = entry.data.get("deadline")
    return date.fromisoformat(day) if day else None


def _cells(found: Call, lines: list[TargetLine]) -> Iterator[list[object]]:
    for line in lines:
        target, unit = line.target, line.target.unit
        answered = timezone.localtime(target.answered_at).strftime("%Y-%m-%d %H:%M") if target.answered_at else ""
        yield [
            unit.name,
            unit.get_kind_display(),
            unit.parent.name if unit.parent else "",
            line.standing.label,
            answered,
            "\n".join(str(report) for report in line.reports),
            target.no_report_reason,
            "、".join(target.told) or "无信息员",
            "、".join(user.name for user in line.officers) or "无信息员",
        ]
