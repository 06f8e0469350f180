"""批示办理: leaders' remarks as the office and the leaders see them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bulletins.content import printed_entries
from bulletins.forms.remark import OwnRemarkForm, PaperRemarkForm, PassForm, RemarkFilter
from bulletins.models import LeaderRemark
from bulletins.queries.remark import listed_remarks, remarks_for, with_answers
from bulletins.services.content import content_of
from bulletins.services.remark import close_remark, pass_remark, write_remark
from bulletins.views.issue_page import visible_issue
from portal.accounts.models import User
from portal.accounts.requests import PAGE_SIZE, demand, person
from portal.answers import attempt
from portal.exchange.workbook import Column, as_download, write
from portal.notices.services import mark_seen
from portal.workflow import available

COLUMNS = (
    Column("批示日期", 14),
    Column("批示人", 16),
    Column("期", 20),
    Column("条目", 36),
    Column("批示内容", 44),
    Column("状态", 10),
    Column("办理单位", 24),
    Column("反馈期限", 14),
    Column("反馈时间", 14),
    Column("落实情况", 60),
)


@require_GET
def remarks(request: HttpRequest) -> HttpResponse:
    """All remarks that the person may see, the latest first."""
    form, rows = _wanted(request)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "remarks/list.html", {"form": form, "page": page})


@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """The same remarks with their units' answers, as an Excel table: one line per unit."""
    _, rows = _wanted(request)
    lines = (line for remark in with_answers(rows) for line in _lines(remark))
    data = write("批示办理情况", COLUMNS, lines)
    return as_download(data, f"批示办理情况{timezone.localdate():%Y%m%d}.xlsx")


@require_http_methods(["GET", "POST"])
def remark_new(request: HttpRequest, issue: int) -> HttpResponse:
    """写批示 by the leader himself, 登记批示 by the office from paper."""
    user, found = visible_issue(request, issue)
    if not user.has_perm("bulletins.write_remark", found):
        raise PermissionDenied
    from_paper = user.has_perm("bulletins.record_remark", found)
    kind = PaperRemarkForm if from_paper else OwnRemarkForm
    entries = [(entry.key, entry.label) for entry in printed_entries(content_of(found))]
    initial = {"entry_key": request.GET.get("entry", ""), "written_on": timezone.localdate()}
    form = kind(request.POST if request.method == "POST" else None, entries=entries, initial=initial)
    if request.method == "POST" and form.is_valid():
        made = form.call(write_remark, issue=found, by=user, **form.cleaned_data)
        if made is not None:
            messages.success(
                request, "已登记，可以添加批示件的扫描件并转办。" if from_paper else "已记录，将转有关单位办理。"
            )
            return redirect("remark", made.pk)
    context = {"form": form, "issue": found, "from_paper": from_paper}
    return render(request, "remarks/new.html", context, status=422 if request.method == "POST" else 200)


@require_GET
def remark(request: HttpRequest, pk: int) -> HttpResponse:
    """One remark with its units' answers."""
    user, found = _visible(request, pk)
    mark_seen(about=found, by=user)
    return render(request, "remarks/remark.html", _page(found, user))


@require_POST
def remark_pass(request: HttpRequest, pk: int) -> HttpResponse:
    """转办; what was typed stays where it is refused."""
    user, found = _visible(request, pk)
    if not user.has_perm("bulletins.pass_remark", found):
        raise PermissionDenied
    form = PassForm(request.POST, remark=found)
    if form.is_valid() and form.call(pass_remark, remark=found, by=user, **form.cleaned_data) is not None:
        messages.success(request, "已转办，有关单位会收到消息。")
        return redirect("remark", pk)
    found.refresh_from_db()
    return render(request, "remarks/remark.html", _page(found, user) | {"form": form}, status=422)


@require_POST
def remark_close(request: HttpRequest, pk: int) -> HttpResponse:
    """办结."""
    user, found = _visible(request, pk)
    attempt(request, close_remark, found, by=user, said="已办结，批示和落实情况一并归档。")
    return redirect("remark", pk)


def _visible(request: HttpRequest, pk: int) -> tuple[User, LeaderRemark]:
    user = person(request)
    return user, get_object_or_404(remarks_for(user), pk=pk)


def _page(found: LeaderRemark, user: User) -> dict[str, Any]:
    answers = list(found.follow_ups.select_related("unit", "answered_by"))
    may_pass = user.has_perm("bulletins.pass_remark", found)
    names = {transition.name for transition in available(found, user)}
    return {
        "remark": found,
        "rows": [(row, may_pass and "ask_again" in {t.name for t in available(row, user)}) for row in answers],
        "form": PassForm(remark=found) if "pass_on" in names else None,
        "can_close": "close" in names,
        "unanswered": sum(1 for row in answers if row.state == "open"),
    }


def _wanted(request: HttpRequest) -> tuple[RemarkFilter, QuerySet[LeaderRemark]]:
    user = demand(request, "bulletins.view_remarks")
    form = RemarkFilter(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    return form, listed_remarks(user, **wanted)


def _lines(found: Any) -> list[tuple[object, ...]]:
    head = (
        found.written_on.isoformat(),
        found.leader_name,
        str(found.issue),
        found.entry_name,
        found.text,
        found.get_state_display(),
    )
    if not found.answers:
        return [(*head, "", "", "", "")]
    return [
        (
            *head,
            row.unit.name,
            row.due.isoformat() if row.due else "",
            timezone.localtime(row.answered_at).date().isoformat() if row.answered_at else "",
            row.answer,
        )
        for row in found.answers
    ]
