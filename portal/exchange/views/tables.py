"""Excel out and in: a template, a dry run that shows every row, and then all or nothing."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.accounts.requests import demand
from portal.exchange import uploads
from portal.exchange.plan import Fate, Plan, run
from portal.exchange.registry import NOUNS, Noun
from portal.exchange.workbook import MAX_BYTES, MAX_ROWS, Unreadable, as_download, check_size, read, write

#: Rows that a page lists one by one; the wrong ones come first.
SHOWN = 300


@require_http_methods(["GET", "POST"])
def take_in(request: HttpRequest, noun: str) -> HttpResponse:
    """The page with template and upload; after an upload, the dry run."""
    kind = _noun(noun)
    by = demand(request, kind.take)
    if request.method == "GET":
        return _page(request, kind)
    try:
        data = _uploaded(request)
        rows = read(data, kind.columns)
    except Unreadable as error:
        return _page(request, kind, status=422, refusal=str(error))
    plan = run(kind.taker(by), rows, kind.columns, label=kind.label, by=by)
    token = ""
    if plan.is_clean and plan.changes_anything:
        token = uploads.sign(uploads.keep(data, noun=noun, by=by), plan.digest, noun=noun, by=by)
    return _plan_page(request, kind, plan, token)


@never_cache
@require_POST
def apply(request: HttpRequest, noun: str) -> HttpResponse:
    """The second click: exactly what the dry run announced, or nothing and a new dry run."""
    kind = _noun(noun)
    by = demand(request, kind.take)
    try:
        data, name, digest = uploads.fetch(request.POST.get("token", ""), noun=noun, by=by)
    except Unreadable as error:
        return _page(request, kind, status=409, refusal=str(error))
    plan = run(kind.taker(by), read(data, kind.columns), kind.columns, label=kind.label, by=by, expected=digest)
    if plan.done:
        uploads.discard(noun=noun, by=by)
        return _plan_page(request, kind, plan, "")
    again = uploads.sign(name, plan.digest, noun=noun, by=by) if plan.is_clean and plan.changes_anything else ""
    return _plan_page(request, kind, plan, again, status=409, moved=True)


@require_GET
def template(request: HttpRequest, noun: str) -> HttpResponse:
    """An empty table to fill in."""
    kind = _noun(noun)
    demand(request, kind.take)
    return as_download(write(f"{kind.label}导入表", kind.columns, (), note=kind.note), f"{kind.label}导入模板.xlsx")


@require_GET
def export(request: HttpRequest, noun: str) -> HttpResponse:
    """Everything there is, in the same columns: it can be changed and taken in again."""
    kind = _noun(noun)
    user = demand(request, kind.see)
    data = write(f"{kind.label}一览表", kind.columns, kind.export(user))
    return as_download(data, f"{kind.label}一览表{timezone.localdate():%Y%m%d}.xlsx")


def _noun(key: str) -> Noun:
    if key not in NOUNS:
        raise Http404
    return NOUNS[key]


def _uploaded(request: HttpRequest) -> bytes:
    file = request.FILES.get("file")
    if file is None:
        raise Unreadable("请先选择要上传的文件。")
    check_size(file.size or 0)
    return bytes(file.read())


def _page(request: HttpRequest, noun: Noun, *, status: int = 200, **context: Any) -> HttpResponse:
    context |= {"noun": noun, "max_rows": MAX_ROWS, "max_mb": MAX_BYTES // 1_000_000}
    return render(request, "exchange/take_in.html", context, status=status)


def _plan_page(
    request: HttpRequest, noun: Noun, plan: Plan, token: str, *, status: int = 200, moved: bool = False
) -> HttpResponse:
    order = [Fate.WRONG, Fate.CHANGED, Fate.NEW]
    telling = sorted(
        (outcome for outcome in plan.outcomes if outcome.fate in order),
        key=lambda outcome: (order.index(outcome.fate), outcome.number),
    )
    context = {
        "noun": noun,
        "plan": plan,
        "token": token,
        "moved": moved,
        "rows": telling[:SHOWN],
        "more": max(0, len(telling) - SHOWN),
    }
    return render(request, "exchange/plan.html", context, status=status)
