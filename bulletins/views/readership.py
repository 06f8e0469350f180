"""发送: an issue's recipients, sending, reminding; and the list that every issue starts from."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bulletins.forms.readership import AddReaderForm, ReaderFilter
from bulletins.models import Delivery, Issue, ReadershipLine
from bulletins.queries.issue import the_periodical
from bulletins.queries.readership import (
    Recipient,
    default_lines,
    deliveries_of,
    figures_of,
    filter_deliveries,
    recipients,
)
from bulletins.services import readership as services
from bulletins.views.issue_page import visible_issue
from bulletins.views.reminded import tell_reminded
from portal.accounts.models import User
from portal.accounts.requests import PAGE_SIZE, demand
from portal.answers import attempt
from portal.exchange.workbook import Column, as_download, write

COLUMNS = (
    Column("收件单位或领导", 34),
    Column("类别", 14),
    Column("上级单位", 20),
    Column("人员", 24),
    Column("发送时间", 20),
    Column("邮件", 12),
    Column("首次阅读", 20),
    Column("阅读人", 12),
    Column("签收时间", 20),
    Column("签收人", 12),
    Column("备注", 30),
)


@require_http_methods(["GET", "POST"])
def readership(request: HttpRequest, pk: int) -> HttpResponse:
    """Who receives an issue and how far each is; posting adds recipients."""
    user, issue = _watched(request, pk)
    form = AddReaderForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        _must(user, "bulletins.send_issue", issue)
        if form.is_valid() and attempt(
            request, services.add_reader, issue, by=user, said="已加入本期发送范围。", **form.cleaned_data
        ):
            return redirect("issue-readership", pk)
    filters, rows = _wanted(request, issue)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "issue": issue,
        "form": form,
        "filters": filters,
        "page": page,
        "rows": recipients(issue, page.object_list),
        "figures": figures_of(issue),
        "may_send": user.has_perm("bulletins.send_issue", issue),
    }
    return render(request, "readership/issue.html", context, status=422 if request.method == "POST" else 200)


@require_GET
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The same rows as on the page, as an Excel table."""
    _, issue = _watched(request, pk)
    _, rows = _wanted(request, issue)
    data = write(f"{issue}发送签收情况", COLUMNS, (_line(row) for row in recipients(issue, rows)))
    return as_download(data, f"{issue}发送签收情况.xlsx")


@require_POST
def fill(request: HttpRequest, pk: int) -> HttpResponse:
    """按默认范围填入."""
    user, issue = _watched(request, pk)
    attempt(request, services.fill_readership, issue, by=user, said="已按默认范围填入，可以增减后再发送。")
    return redirect("issue-readership", pk)


@require_POST
def remove(request: HttpRequest, pk: int, delivery: int) -> HttpResponse:
    """Take a recipient off the list before it is sent."""
    user, issue = _watched(request, pk)
    _must(user, "bulletins.send_issue", issue)
    row = get_object_or_404(Delivery.objects.select_related("issue", "unit", "leader"), pk=delivery, issue=issue)
    attempt(request, services.remove_reader, row, by=user, said=f"已把{row.unit or row.leader}移出本期发送范围。")
    return redirect("issue-readership", pk)


@require_POST
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """发送."""
    user, issue = _watched(request, pk)
    attempt(request, services.send_issue, issue, by=user, said="已发送。收件单位和领导现在可以在系统中阅读本期。")
    return redirect("issue-readership", pk)


@require_POST
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    """温馨提示 to units that have not confirmed; says who got it, and who was left out and why."""
    user, issue = _watched(request, pk)
    tell_reminded(request, services.remind_readers, issue, by=user)
    return redirect("issue-readership", pk)


@require_http_methods(["GET", "POST"])
def default(request: HttpRequest) -> HttpResponse:
    """The list that every issue starts from; posting adds to it."""
    user = demand(request, "bulletins.view_readership")
    periodical = the_periodical()
    form = AddReaderForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        _must(user, "bulletins.edit_readership")
        if form.is_valid() and attempt(
            request, services.add_default_reader, periodical, by=user, said="已加入默认发送范围。", **form.cleaned_data
        ):
            return redirect("readership")
    context = {
        "periodical": periodical,
        "lines": default_lines(periodical),
        "form": form,
        "may_edit": user.has_perm("bulletins.edit_readership"),
    }
    return render(request, "readership/default.html", context, status=422 if request.method == "POST" else 200)


@require_POST
def default_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a line off the list that every issue starts from."""
    user = demand(request, "bulletins.edit_readership")
    line = get_object_or_404(ReadershipLine.objects.select_related("periodical", "unit", "leader"), pk=pk)
    attempt(request, services.remove_default_reader, line, by=user, said=f"已把“{line}”移出默认发送范围。")
    return redirect("readership")


def _watched(request: HttpRequest, pk: int) -> tuple[User, Issue]:
    """An issue for who may see who received it: 404 for who does not see it, 403 for leaders."""
    user, issue = visible_issue(request, pk)
    _must(user, "bulletins.view_readership")
    return user, issue


def _must(user: User, permission: str, issue: Issue | None = None) -> None:
    if not user.has_perm(permission, issue):
        raise PermissionDenied


def _wanted(request: HttpRequest, issue: Issue) -> tuple[ReaderFilter, QuerySet[Delivery]]:
    filters = ReaderFilter(request.GET)
    wanted = filters.cleaned_data if filters.is_valid() else {}
    return filters, filter_deliveries(deliveries_of(issue), **wanted)


def _line(row: Recipient) -> tuple[Any, ...]:
    delivery = row.delivery
    unit, receipt = delivery.unit, getattr(delivery, "receipt", None)
    return (
        unit.name if unit else str(delivery.leader),
        unit.get_kind_display() if unit else "领导（呈阅）",
        unit.parent.label if unit and unit.parent else "",
        "、".join(str(person) for person in row.people),
        _moment(delivery.sent_at),
        row.mail,
        _moment(delivery.read_at),
        str(delivery.read_by or ""),
        _moment(receipt.at) if receipt else "",
        str(receipt.by) if receipt else "",
        receipt.remark if receipt else "",
    )


def _moment(value: Any) -> str:
    return timezone.localtime(value).strftime("%Y-%m-%d %H:%M") if value else ""
