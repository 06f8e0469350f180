"""Excel out and in: a template, what there is, and the page on which a table is uploaded."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from portal.accounts.models import User
from portal.accounts.requests import demand
from portal.exchange.queries.upload import standing_of, tables_of
from portal.exchange.registry import NOUNS, Noun
from portal.exchange.services.upload import upload_table
from portal.exchange.workbook import MAX_BYTES, MAX_ROWS, Unreadable, as_download, check_size, write

#: Earlier uploads that the page lists.
LATEST = 10


@require_http_methods(["GET", "POST"])
def take_in(request: HttpRequest, noun: str) -> HttpResponse:
    """The page with template and upload; after an upload, a worker looks at the rows."""
    kind = noun_of(noun)
    by = demand(request, kind.take)
    if request.method == "GET":
        return _page(request, kind, by)
    try:
        data, name = _uploaded(request)
        table = upload_table(data, noun=noun, file_name=name, by=by)
    except Unreadable as error:
        return _page(request, kind, by, status=422, refusal=str(error))
    return redirect("exchange-table", noun, table.pk)


@require_GET
def template(request: HttpRequest, noun: str) -> HttpResponse:
    """An empty table to fill in."""
    kind = noun_of(noun)
    demand(request, kind.take)
    return as_download(write(f"{kind.label}导入表", kind.columns, (), note=kind.note), f"{kind.label}导入模板.xlsx")


@require_GET
def export(request: HttpRequest, noun: str) -> HttpResponse:
    """Everything there is, in the same columns: it can be changed and taken in again."""
    kind = noun_of(noun)
    user = demand(request, kind.see)
    data = write(f"{kind.label}一览表", kind.columns, kind.export(user))
    return as_download(data, f"{kind.label}一览表{timezone.localdate():%Y%m%d}.xlsx")


def noun_of(key: str) -> Noun:
    """The noun of an address; Http404 for none of ours."""
    if key not in NOUNS:
        raise Http404
    return NOUNS[key]


def _uploaded(request: HttpRequest) -> tuple[bytes, str]:
    file = request.FILES.get("file")
    if file is None:
        raise Unreadable("请先选择要上传的文件。")
    check_size(file.size or 0)
    return bytes(file.read()), file.name or "表格.xlsx"


def _page(request: HttpRequest, noun: Noun, by: User, *, status: int = 200, refusal: str = "") -> HttpResponse:
    latest = [(table, standing_of(table)) for table in tables_of(by, noun.key).defer("outcomes")[:LATEST]]
    context = {
        "noun": noun,
        "max_rows": MAX_ROWS,
        "max_mb": MAX_BYTES // 1_000_000,
        "refusal": refusal,
        "latest": latest,
        "may_see": by.has_perm(noun.see),
    }
    return render(request, "exchange/take_in.html", context, status=status)
