"""需求: the list, the order form, and the page on which an order is taken, settled and answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alliances.forms.need import NeedFilterForm, NeedForm, PlanForm
from alliances.models import Need
from alliances.queries.need import listed_needs, needs_for
from alliances.services import need as services
from alliances.sheets.need import COLUMNS, cells
from alliances.states.need import NeedState
from portal.accounts.models import User
from portal.accounts.requests import PAGE_SIZE, demand, person
from portal.answers import attempt
from portal.audit.models import history
from portal.exchange.workbook import as_download, write
from portal.notices.services import mark_seen
from portal.workflow import available

#: Acts that take a reason or nothing: the service, and what is said when it is done.
ACTS: dict[str, tuple[Callable[..., Need], str]] = {
    "open": (services.open_need, "已向联盟各高校开放。"),
    "give_back": (services.give_back_need, "已退回，需求重新等待认领。"),
    "refuse": (services.refuse_need, "已答复未能满足，提出单位会收到消息。"),
    "withdraw": (services.withdraw_need, "需求已撤回。"),
}
#: Acts that settle who comes and when.
PLANS = ("claim", "arrange", "rearrange")


@require_safe
def needs(request: HttpRequest) -> HttpResponse:
    """All needs that the person may see; filters stay in the address."""
    user = person(request)
    form = NeedFilterForm(request.GET)
    narrowing = form.narrowing()
    context = {
        "form": form,
        "page": Paginator(listed_needs(user, **narrowing), PAGE_SIZE).get_page(request.GET.get("page")),
        "narrowed": bool(narrowing),
        "may_add": user.has_perm("alliances.add_need"),
        "may_keep_kinds": user.has_perm("alliances.manage_need_kinds"),
    }
    return render(request, "needs/list.html", context)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The same list for Excel."""
    rows = listed_needs(person(request), **NeedFilterForm(request.GET).narrowing())
    return as_download(write("需求清单", COLUMNS, cells(rows)), f"需求清单{timezone.localdate():%Y%m%d}.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """提出需求."""
    user = demand(request, "alliances.add_need")
    form = NeedForm(request.POST if request.method == "POST" else None, user=user)
    if request.method == "POST" and form.is_valid():
        made = form.call(
            services.propose_need,
            unit=form.asking_unit(),
            wanted=form.wanted(),
            by=user,
            partnership=form.cleaned_data.get("partnership"),
        )
        if made is not None:
            messages.success(request, "需求已提出，由谁认领、什么时间来，会在这里显示，也会发消息给您。")
            return redirect("need", made.pk)
    return _form_page(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct an order that nobody has taken yet."""
    user, found = _visible(request, pk)
    if not user.has_perm("alliances.change_need", found):
        raise PermissionDenied
    if found.state != NeedState.PROPOSED:
        messages.info(request, f"这项需求{found.get_state_display()}，内容不能再改。")
        return redirect("need", pk)
    names = ("kind", "what", "subject", "stage", "wanted_by", "urgency", "details")
    initial = {name: getattr(found, name) for name in names}
    form = NeedForm(request.POST if request.method == "POST" else None, user=user, need=found, initial=initial)
    changed = request.method == "POST" and form.is_valid()
    if changed and form.call(services.change_need, need=found, wanted=form.wanted(), by=user) is not None:
        messages.success(request, "修改已保存。")
        return redirect("need", pk)
    return _form_page(request, form, found)


@require_safe
def need(request: HttpRequest, pk: int) -> HttpResponse:
    """One need: who has taken it, when they come, and what can be done now."""
    user, found = _visible(request, pk)
    mark_seen(about=found, by=user)
    return _page(request, user, found)


@require_POST
def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One step; what was typed is still there where it is refused."""
    user, found = _visible(request, pk)
    if name in PLANS:
        return _plan(request, user, found, name)
    if name not in ACTS:
        raise Http404
    service, said = ACTS[name]
    reason = request.POST.get("reason", "")
    given = {} if name == "open" else {"reason": reason}
    if attempt(request, service, found, by=user, said=said, **given):
        return redirect("need", pk)
    found.refresh_from_db()
    return _page(request, user, found, status=409, typed={"name": name, "reason": reason})


def _plan(request: HttpRequest, user: User, found: Need, name: str) -> HttpResponse:
    form = PlanForm(request.POST, claimed_by=user if name == "claim" else None)
    service = services.claim_need if name == "claim" else services.arrange_need
    if form.is_valid() and form.call(service, need=found, by=user, **form.plan()) is not None:
        messages.success(request, "已认领，对方会收到消息。" if name == "claim" else "安排已保存，对方会收到消息。")
        return redirect("need", pk=found.pk)
    found = get_object_or_404(needs_for(user), pk=found.pk)
    return _page(request, user, found, status=422, plan=form)


def _visible(request: HttpRequest, pk: int) -> tuple[User, Need]:
    user = person(request)
    return user, get_object_or_404(needs_for(user), pk=pk)


def _page(
    request: HttpRequest,
    user: User,
    found: Need,
    *,
    status: int = 200,
    plan: PlanForm | None = None,
    typed: dict[str, str] | None = None,
) -> HttpResponse:
    steps = available(found, user)
    planning = next((step for step in steps if step.name in PLANS), None)
    if planning and plan is None:
        names = ("visitors", "planned_on", "arrangement")
        initial = {name: getattr(found, name) for name in names}
        plan = PlanForm(initial=initial, claimed_by=user if planning.name == "claim" else None)
    context = {
        "need": found,
        "activities": _activities(found, user),
        "planning": planning,
        "plan": plan,
        "finish": next((step for step in steps if step.name == "finish"), None),
        "steps": [step for step in steps if step.name in ACTS],
        "typed": typed,
        "may_edit": found.state == NeedState.PROPOSED and user.has_perm("alliances.change_need", found),
        "changes": history(found),
    }
    return render(request, "needs/need.html", context, status=status)


def _activities(found: Need, user: User) -> list[tuple[Any, bool]]:
    """What the need became, and whether the page of each is his to open."""
    links = found.activity_links.select_related("activity__kind", "activity__unit")
    return [(link.activity, user.has_perm("pilots.read_activity", link.activity)) for link in links]


def _form_page(request: HttpRequest, form: NeedForm, found: Need | None) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    return render(request, "needs/form.html", {"form": form, "need": found}, status=status)
