"""操作记录: for the auditor and the security officer, on a page and as a table to take along."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from portal.accounts.requests import PAGE_SIZE, demand
from portal.audit.forms.filter import AuditFilter
from portal.audit.models import Entry
from portal.audit.queries.entries import entries_for, filter_entries
from portal.exchange.workbook import Column, as_download, write

#: Rows of one exported table; a longer period is taken along in parts.
EXPORT_ROWS = 20_000
COLUMNS = (
    Column("时间", 20),
    Column("操作人", 14),
    Column("操作", 16),
    Column("对象类别", 12),
    Column("对象", 44),
    Column("理由", 40),
)


@require_GET
def entries(request: HttpRequest) -> HttpResponse:
    """The list, the latest first."""
    form, rows = _wanted(request)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "audit/entries.html", {"form": form, "page": page, "limit": EXPORT_ROWS})


@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """The same rows as on the page, as an Excel table."""
    _form, rows = _wanted(request)
    data = write("操作记录", COLUMNS, (_line(entry) for entry in rows[:EXPORT_ROWS].iterator(chunk_size=1000)))
    return as_download(data, f"操作记录{timezone.localdate():%Y%m%d}.xlsx")


def _wanted(request: HttpRequest) -> tuple[AuditFilter, QuerySet[Entry]]:
    user = demand(request, "audit.view")
    form = AuditFilter(request.GET)
    form.is_valid()
    return form, filter_entries(entries_for(user), **form.cleaned_data)


def _line(entry: Entry) -> Iterable[object]:
    model = entry.content_type.model_class() if entry.content_type else None
    kind = str(model._meta.verbose_name) if model else ""
    at = timezone.localtime(entry.at).strftime("%Y-%m-%d %H:%M:%S")
    return (at, entry.by_name, entry.label, kind, entry.object_name, entry.reason)
