"""工作清单: the list, an item's page, and what is done with it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alliances.forms.work_item import FinishForm, WorkItemFilterForm, WorkItemForm
from alliances.models import Partnership, WorkItem
from alliances.queries.meeting import meetings_for
from alliances.queries.partnership import partnerships_for
from alliances.queries.work_item import listed_work_items, work_items_for
from alliances.services import work_item as services
from alliances.sheets.work_item import COLUMNS, cells
from portal.accounts.models import User
from portal.accounts.requests import PAGE_SIZE, demand, person
from portal.answers import attempt
from portal.audit.models import history
from portal.exchange.workbook import as_download, write
from portal.notices.services import mark_seen
from portal.workflow import available

SAID = {"start": "已开始办理。", "cancel": "已取消，责任单位会收到消息。", "reopen": "已恢复办理。"}


@require_safe
def work_items(request: HttpRequest) -> HttpResponse:
    """All items that the person may see, late ones on top; filters stay in the address."""
    form = WorkItemFilterForm(request.GET)
    rows = listed_work_items(person(request), **form.narrowing())
    context = {"form": form, "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))}
    return render(request, "alliances/work_items.html", context)


@require_safe
def work_items_export(request: HttpRequest) -> HttpResponse:
    """The same list for Excel."""
    rows = listed_work_items(person(request), **WorkItemFilterForm(request.GET).narrowing())
    return as_download(write("工作清单", COLUMNS, cells(rows)), f"工作清单{timezone.localdate():%Y%m%d}.xlsx")


@require_safe
def work_item(request: HttpRequest, pk: int) -> HttpResponse:
    """One item: who does it until when, what can be done now, its evidence."""
    user, found = _visible(request, pk)
    mark_seen(about=found, by=user)
    return _page(request, user, found)


@require_http_methods(["GET", "HEAD", "POST"])
def work_item_new(request: HttpRequest, pk: int) -> HttpResponse:
    """A new item on the list of a pair."""
    pair = get_object_or_404(partnerships_for(person(request)), pk=pk)
    user = demand(request, "alliances.add_work_items", obj=pair)
    initial = {"commitment": request.GET.get("commitment"), "title": request.GET.get("title", "")}
    form = WorkItemForm(request.POST if request.method == "POST" else None, pair=pair, initial=initial)
    if request.method == "POST" and form.is_valid():
        made = form.call(services.add_work_item, by=user, partnership=pair, **form.cleaned_data)
        if made is not None:
            messages.success(request, f"已列入清单，由{made.owner.label}办理。")
            return redirect("partnership", pair.pk)
    return _form_page(request, form, pair, None)


@require_http_methods(["GET", "HEAD", "POST"])
def work_item_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct an open item."""
    user, found = _visible(request, pk)
    if not user.has_perm("alliances.manage_work_item", found):
        raise PermissionDenied
    if not found.is_open:
        messages.info(request, f"这项工作{found.get_state_display()}，不能再改。")
        return redirect("work-item", pk)
    initial = {name: getattr(found, name) for name in ("title", "owner", "owner_post", "due", "detail")}
    data = request.POST if request.method == "POST" else None
    form = WorkItemForm(data, pair=found.partnership, item=found, initial=initial)
    if request.method == "POST" and form.is_valid():
        changed = form.call(services.change_work_item, item=found, by=user, **form.cleaned_data)
        if changed is not None:
            messages.success(request, "修改已保存。")
            return redirect("work-item", pk)
    return _form_page(request, form, found.partnership, found)


@require_POST
def work_item_finish(request: HttpRequest, pk: int) -> HttpResponse:
    """完成, with what came of it."""
    user, found = _visible(request, pk)
    demand(request, "alliances.do_work_item", obj=found)
    form = FinishForm(request.POST)
    if form.is_valid() and form.call(services.finish_work_item, item=found, by=user, **form.cleaned_data) is not None:
        messages.success(request, "已完成，谢谢。")
        return redirect("work-item", pk)
    found.refresh_from_db()
    return _page(request, user, found, status=422, finish_form=form)


@require_POST
def work_item_act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One step of the table; a reason that is refused is still there."""
    user, found = _visible(request, pk)
    if name not in SAID:
        raise Http404
    reason = request.POST.get("reason", "")
    given = {} if name == "start" else {"reason": reason}
    if attempt(request, services.ACTS[name], found, by=user, said=SAID[name], **given):
        return redirect("work-item", pk)
    found.refresh_from_db()
    return _page(request, user, found, status=409, typed_reason=reason, typed_for=name)


def _visible(request: HttpRequest, pk: int) -> tuple[User, WorkItem]:
    user = person(request)
    return user, get_object_or_404(work_items_for(user), pk=pk)


def _page(request: HttpRequest, user: User, found: WorkItem, *, status: int = 200, **extra: Any) -> HttpResponse:
    context = {
        "item": found,
        "steps": available(found, user),
        "may_change": found.is_open and user.has_perm("alliances.manage_work_item", found),
        "may_finish": found.is_open and user.has_perm("alliances.do_work_item", found),
        "finish_form": FinishForm(),
        "meeting": meetings_for(user).filter(decisions__work_item=found).first(),
        "changes": history(found),
    }
    return render(request, "alliances/work_item.html", context | extra, status=status)


def _form_page(
    request: HttpRequest, form: WorkItemForm, pair: Partnership | None, item: WorkItem | None
) -> HttpResponse:
    context = {"form": form, "pair": pair, "item": item}
    status = 422 if request.method == "POST" else 200
    return render(request, "alliances/work_item_form.html", context, status=status)
