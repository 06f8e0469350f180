"""A table that was uploaded: how far its dry run or import is, what became of every row, and the second click."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from portal.accounts.models import User
from portal.accounts.requests import PAGE_SIZE, demand
from portal.answers import attempt
from portal.exchange.models import UploadedTable
from portal.exchange.plan import Fate, Outcome
from portal.exchange.queries.upload import standing_of, tables_of
from portal.exchange.registry import Noun
from portal.exchange.services.upload import take_in_table, tell_first_passwords
from portal.exchange.views.tables import noun_of
from portal.exchange.workbook import Column, as_download, write
from portal.refusals import Refused

RESULT = (Column("行", 8), Column("名称", 34), Column("结果", 10), Column("栏目", 16), Column("说明", 60))


@never_cache
@require_GET
def table(request: HttpRequest, noun: str, pk: int) -> HttpResponse:
    """The page; while a worker is at it, its inside asks for itself."""
    kind, _, found = _own(request, noun, pk)
    part = request.headers.get("HX-Request") == "true"
    return _page(request, kind, found, template="exchange/table_part.html" if part else "exchange/table.html")


@require_POST
def apply(request: HttpRequest, noun: str, pk: int) -> HttpResponse:
    """The second click: what the dry run announced shall be done."""
    _, by, found = _own(request, noun, pk)
    attempt(request, take_in_table, found, digest=request.POST.get("digest", ""), by=by)
    return redirect("exchange-table", noun, pk)


@never_cache
@require_POST
def passwords(request: HttpRequest, noun: str, pk: int) -> HttpResponse:
    """First passwords of the accounts that the table opened, once."""
    kind, by, found = _own(request, noun, pk)
    try:
        told = tell_first_passwords(found, by=by)
    except Refused as error:
        return _page(request, kind, found, status=409, refusal=str(error))
    found.refresh_from_db()
    return _page(request, kind, found, passwords=told)


@require_GET
def result(request: HttpRequest, noun: str, pk: int) -> HttpResponse:
    """Every row that is wrong, new or changed, with what is to be said of it, as a table."""
    kind, _, found = _own(request, noun, pk)
    if not found.is_checked:
        raise Http404
    data = write(f"{kind.label}核对结果", RESULT, _lines(found), note=f"核对的文件：{found.file_name}")
    return as_download(data, f"{kind.label}核对结果.xlsx")


@require_GET
def uploaded_file(request: HttpRequest, noun: str, pk: int) -> HttpResponseBase:
    """The file as it was uploaded."""
    _, _, found = _own(request, noun, pk)
    if not default_storage.exists(found.file):
        raise Http404
    response = FileResponse(default_storage.open(found.file), as_attachment=True, filename=found.file_name)
    response["Cache-Control"] = "private, no-cache"
    return response


def _own(request: HttpRequest, noun: str, pk: int) -> tuple[Noun, User, UploadedTable]:
    """403 for who may not take in such tables, 404 for a table of somebody else."""
    kind = noun_of(noun)
    by = demand(request, kind.take)
    return kind, by, get_object_or_404(tables_of(by, noun), pk=pk)


def _page(
    request: HttpRequest,
    noun: Noun,
    found: UploadedTable,
    *,
    template: str = "exchange/table.html",
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    wanted = request.GET.get("fate", "")
    rows = [row for row in found.outcomes if not wanted or row["fate"] == wanted]
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "noun": noun,
        "table": found,
        "standing": standing_of(found),
        "fates": [(fate, found.counts.get(fate.value, 0)) for fate in Fate],
        "wanted": wanted,
        "page": page,
        "rows": [Outcome.from_json(row) for row in page],
    }
    return render(request, template, context | more, status=status)


def _lines(found: UploadedTable) -> Iterator[tuple[object, ...]]:
    """A line for each thing that is to be said; a row of which nothing is to be said has one as well."""
    for row in map(Outcome.from_json, found.outcomes):
        head = (row.number, row.name, str(row.fate.label))
        said = [(one.title, one.sentence) for one in row.problems]
        said += [(one.title, f"{one.old or '（空）'} → {one.new}") for one in row.changes]
        for title, sentence in said or [("", "")]:
            yield (*head, title, sentence)
