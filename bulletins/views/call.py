"""约稿, the office's side: the list, and drafts until they are sent."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bulletins.forms.call import CallFilterForm, CallForm
from bulletins.models import Call
from bulletins.queries.call import in_official_order, listed_calls, reporters_of
from bulletins.services import call as services
from bulletins.services.call_points import draft_points
from bulletins.states import CallState
from portal.accounts.models import User
from portal.accounts.requests import PAGE_SIZE, demand, person, whole_numbers
from portal.answers import attempt, tell
from portal.refusals import Refused

WORDS = ("topic", "frame", "wanted", "deadline")


@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    """All calls, the latest first, each with its counts; filters stay in the address."""
    user = demand(request, "bulletins.view_calls")
    form = CallFilterForm(request.GET)
    narrowing = form.narrowing()
    context = {
        "form": form,
        "page": Paginator(listed_calls(user, **narrowing), PAGE_SIZE).get_page(request.GET.get("page")),
        "narrowed": bool(narrowing),
        "may_manage": user.has_perm("bulletins.manage_calls"),
    }
    return render(request, "calls/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """新建约稿: kept as a draft; the list of units is looked through on the next page, before it is sent."""
    user = demand(request, "bulletins.manage_calls")
    form = CallForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        call = form.call(services.create_call, by=user, units=form.units(), **form.words())
        if call is not None:
            return redirect("call", call.pk)
    return _form_page(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The words of a draft, and more units for its list."""
    user, call = office_call(request, pk)
    if call.state != CallState.DRAFT:
        messages.info(request, f"这份约稿{call.get_state_display()}，不能再改。")
        return redirect("call", pk)
    initial = {name: getattr(call, name) for name in WORDS}
    form = CallForm(request.POST if request.method == "POST" else None, initial=initial, kind=call.kind)
    if request.method == "POST" and form.is_valid():
        saved = form.call(services.save_call, call=call, by=user, units=form.units(), **form.words())
        if saved is not None:
            return redirect("call", pk)
    return _form_page(request, form, call)


@require_POST
def targets(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the ticked units of a draft, and send it where that was asked for."""
    user, call = office_call(request, pk)
    keep = whole_numbers(request.POST.getlist("keep"))
    try:
        gone = services.keep_targets(call, by=user, keep=keep)
    except Refused as refusal:
        tell(request, refusal)
        return redirect("call", pk)
    if request.POST.get("then") == "send":
        attempt(request, services.send_call, call, by=user, said=f"已发给{len(keep)}个单位。")
    else:
        messages.success(request, f"名单已保存，去掉了{gone}个单位。" if gone else "名单没有变化。")
    return redirect("call", pk)


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    user, call = office_call(request, pk)
    done = attempt(request, services.delete_call, call, by=user, said="草稿已删除。")
    return redirect("calls") if done else redirect("call", pk)


@require_POST
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """A new draft with the same words and units."""
    user, call = office_call(request, pk)
    made = services.copy_call(call, by=user)
    messages.success(request, "已复制为新的草稿，请改好主题、要求和截止日期。")
    return redirect("call-edit", made.pk)


@require_POST
def points(request: HttpRequest) -> HttpResponse:
    """报送要点 of the month: last month's words and all reporting units to start from."""
    user = demand(request, "bulletins.manage_calls")
    call = draft_points(by=user)
    messages.info(
        request, "已按上一份报送要点起草，请修改内容，核对单位后发出。" if call.wanted else "请填写本月要点。"
    )
    return redirect("call-edit", call.pk)


def office_call(request: HttpRequest, pk: int) -> tuple[User, Call]:
    """The person and a call as the office sees it; 404 for who does not work at the desk, 403 for who only reads."""
    user = person(request)
    found = get_object_or_404(listed_calls(user), pk=pk)
    demand(request, "bulletins.manage_calls")
    return user, found


def draft_page(request: HttpRequest, call: Call) -> HttpResponse:
    """A draft with its list of units, each with who would be told."""
    rows = list(in_official_order(call.targets.all()))
    people = reporters_of(row.unit_id for row in rows)
    lines = [(row, people.get(row.unit_id, [])) for row in rows]
    context: dict[str, Any] = {
        "call": call,
        "lines": lines,
        "without": sum(not own for _row, own in lines),
        "may_manage": person(request).has_perm("bulletins.manage_calls"),
    }
    return render(request, "calls/draft.html", context)


def _form_page(request: HttpRequest, form: CallForm, call: Call | None) -> HttpResponse:
    context = {"form": form, "call": call, "asked": call.targets.count() if call else 0}
    return render(request, "calls/form.html", context, status=422 if request.method == "POST" else 200)
