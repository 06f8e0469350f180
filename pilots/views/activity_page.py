"""One activity: its page, entering and correcting it, and what the other side says of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pilots.forms.activity import ActivityForm, activity_initial, blank_initial
from pilots.linking import linkables
from pilots.models import Activity, ActivityLink
from pilots.queries.activity_link import choices_for, links_of
from pilots.queries.activity_list import activities_for, credited_units, for_page
from pilots.queries.activity_match import proposals_for
from pilots.queries.activity_toward import counts_toward
from pilots.queries.order import needs_met_by
from pilots.services import activity as services
from pilots.services import activity_answer, activity_link
from pilots.services.activity_row import row_of
from pilots.services.locks import ACTIVITY_LOCKED, locked_to
from pilots.states.activity import COUNTED, KEPT, SHUT_BY_LOCK, ActivityState
from portal.accounts.forms.base import split_list
from portal.accounts.models import Unit, User
from portal.accounts.queries.unit import the_office, units
from portal.accounts.requests import demand, person, posted_number
from portal.accounts.roles import UNIT_ROLES
from portal.answers import attempt
from portal.audit.models import history
from portal.registry import actions_for
from portal.text.named import named
from portal.workflow import Transition, available

#: Services behind the buttons: with a reason, and without.
_WITH_REASON = {"object": activity_answer.object_to_activity, "withdraw": services.withdraw_activity}
_PLAIN = {"confirm": activity_answer.confirm_activity, "settle": activity_answer.settle_activity}
_SAID = {
    "confirm": "已确认属实。",
    "object": "异议已提出，对方会收到。",
    "settle": "异议已了结，活动照常计数。",
    "withdraw": "已撤销登记，这项活动不再计数。",
}


@require_safe
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    """One activity in one screen: its facts, the other side's word, and all that it counts toward."""
    user = person(request)
    return _page(request, user, _found(user, pk))


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """登记活动: a few fields; a report that tells of it later finds it recorded."""
    user = demand(request, "pilots.record_activity")
    form = ActivityForm(request.POST if request.method == "POST" else None, own=_own(user), initial=blank_initial())
    if request.method == "POST" and form.is_valid():
        made = form.call(services.record_activity, facts=form.facts, unit=form.cleaned_data["unit"], by=user)
        if made is not None:
            messages.success(request, "活动已登记，从现在起计入相关的指标和任务。")
            _tell_unknown(request, made.other_partners)
            return redirect("activity", made.pk)
    return _form_page(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the facts right; the partners see them again."""
    user = person(request)
    found = _found(user, pk)
    demand(request, "pilots.edit_activity", obj=found)
    if found.state not in KEPT:
        messages.info(request, f"活动现在是“{found.get_state_display()}”，不能在这里修改。")
        return redirect("activity", pk)
    if _locked(user, [found]):
        messages.info(request, ACTIVITY_LOCKED)
        return redirect("activity", pk)
    form = ActivityForm(
        request.POST if request.method == "POST" else None, own=[found.unit], initial=activity_initial(found)
    )
    if request.method == "POST" and form.is_valid():
        unknown = found.other_partners
        saved = form.call(services.change_activity, activity=found, facts=form.facts, by=user)
        if saved is not None:
            messages.success(request, "修改已保存。")
            if form.facts.other_partners != unknown:
                _tell_unknown(request, form.facts.other_partners)
            return redirect("activity", pk)
    return _form_page(request, form, found)


@require_POST
def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """A step of the workflow. A reason that was refused stays in its field."""
    user = person(request)
    found = _found(user, pk)
    if name in _WITH_REASON:
        reason = request.POST.get("reason", "")
        service = _WITH_REASON[name]
        done = attempt(request, lambda: service(found, by=user, reason=reason), said=_SAID[name])
        if not done:
            return _page(request, user, _found(user, pk), typed={name: reason}, status=422)
    elif name in _PLAIN:
        attempt(request, _PLAIN[name], found, by=user, said=_SAID[name])
    else:
        raise Http404
    return redirect("activity", pk)


@require_POST
def match(request: HttpRequest, pk: int) -> HttpResponse:
    """Both records tell of one event; by either side."""
    user = person(request)
    found = _found(user, pk)
    demand(request, "pilots.match_activity", obj=found)
    other = get_object_or_404(proposals_for(found), pk=posted_number(request, "with"))
    if attempt(request, activity_answer.match_activities, found, other, by=user, said="已认定为同一活动，只计一次。"):
        found.refresh_from_db()
    return redirect("activity", found.joined_into_id or found.pk)


@require_POST
def part(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo that; ``pk`` is the record that counts, the form names the one joined into it."""
    user = person(request)
    found = _found(user, pk)
    demand(request, "pilots.part_activity", obj=found)
    joined = found if found.joined_into_id else get_object_or_404(found.joined, pk=posted_number(request, "joined"))
    attempt(request, activity_answer.part_activities, joined, by=user, said="已撤销认定，两条记录分别计数。")
    return redirect("activity", pk)


@require_POST
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what the activity is evidence of: ``target`` is the noun and its number (``pilots.task:12``)."""
    user = person(request)
    found = _found(user, pk)
    demand(request, "pilots.link_activity", obj=found)
    name, _, number = request.POST.get("target", "").partition(":")
    noun = next((one for one in linkables() if one.name == name), None)
    if noun is None or not number.isdecimal():
        messages.error(request, "请先选择要关联的内容。")
        return redirect("activity", pk)
    target = get_object_or_404(noun.visible(user), pk=int(number[:18]))
    attempt(request, activity_link.link_activity, found, target, by=user, said="已关联。")
    return redirect("activity", pk)


@require_POST
def unlink(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a link away."""
    user = person(request)
    found = _found(user, pk)
    demand(request, "pilots.link_activity", obj=found)
    gone = get_object_or_404(ActivityLink, activity=found, pk=posted_number(request, "link"))
    attempt(request, activity_link.unlink_activity, gone, by=user, said="已取消关联。")
    return redirect("activity", pk)


def _tell_unknown(request: HttpRequest, names: str) -> None:
    """Nobody is asked and no unit is credited for a name that is not known: whoever mistyped it must hear that."""
    if names:
        shown = named(split_list(names), 10)
        sentence = f"没有认出：{shown}（只作文字记录，不计入）。如果是本省的单位，请修改为全称。"
        messages.warning(request, sentence)


def _found(user: User, pk: int) -> Activity:
    return get_object_or_404(for_page(activities_for(user)), pk=pk)


def _own(user: User) -> list[Unit]:
    own = user.units_as(*UNIT_ROLES)
    office = the_office()
    return [*own, office] if office not in own and user.has_perm("pilots.record_activity", office) else own


def _page(
    request: HttpRequest, user: User, found: Activity, *, typed: dict[str, str] | None = None, status: int = 200
) -> HttpResponse:
    may_link = found.state in COUNTED and user.has_perm("pilots.link_activity", found)
    typed = typed or {}
    joined = list(found.joined.all())
    opened = _opened(user, [*(one.pk for one in joined), found.joined_into_id])
    locked = _locked(user, [found, *joined, found.joined_into])
    is_locked = found.pk in locked
    context: dict[str, Any] = {
        "activity": found,
        "row": row_of(found),
        "other_records": [(one, row_of(one), one.pk in opened) for one in joined],
        "opens_joined": found.joined_into_id in opened,
        "locked": ACTIVITY_LOCKED if is_locked and found.state in KEPT else "",
        "proposals": [] if is_locked else _proposals(user, found),
        "may_part": bool(found.joined_into_id or joined)
        and not locked
        and user.has_perm("pilots.part_activity", found),
        "buttons": [(one, typed.get(one.name)) for one in _steps(user, found, is_locked)],
        "may_edit": found.state in KEPT and not is_locked and user.has_perm("pilots.edit_activity", found),
        "units": credited_units(found),
        "quotas": counts_toward(found, user),
        "links": links_of(found, user),
        "needs": needs_met_by(found, user),
        "may_link": may_link,
        "choices": choices_for(user, found) if may_link else [],
        "actions": actions_for("activity", user, found),
        "objection": _objection(found),
        "history": history(found)[:20],
    }
    return render(request, "activities/activity.html", context, status=status)


def _locked(user: User, rows: Sequence[Activity | None]) -> set[int]:
    """Which of the records lie in a period that is locked to ``user``."""
    pks = [row.pk for row in rows if row is not None]
    return set(Activity.objects.filter(locked_to(user), pk__in=pks).values_list("pk", flat=True))


def _steps(user: User, found: Activity, is_locked: bool) -> list[Transition]:
    return [one for one in available(found, user) if not (is_locked and one.name in SHUT_BY_LOCK)]


def _opened(user: User, others: Sequence[int | None]) -> set[int]:
    """Which of the other side's records ``user`` may open: who only shares in the event reads them here."""
    wanted = [pk for pk in others if pk is not None]
    return set(activities_for(user).filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()


def _proposals(user: User, found: Activity) -> list[tuple[Activity, Any]]:
    if found.state not in COUNTED or not user.has_perm("pilots.match_activity", found):
        return []
    return [
        (one, row_of(one))
        for one in proposals_for(found).exclude(locked_to(user)).prefetch_related("batches", "head_counts")[:10]
    ]


def _objection(found: Activity) -> str:
    """Why a partner objects, while it is not settled; without its stop, since the page's sentence has one."""
    if found.state != ActivityState.OBJECTED:
        return ""
    said = history(found).filter(to_state=ActivityState.OBJECTED).first()
    return said.reason.rstrip("。．.") if said else ""


def _form_page(request: HttpRequest, form: ActivityForm, found: Activity | None) -> HttpResponse:
    names = units().values_list("name", flat=True)
    context = {"form": form, "activity": found, "unit_names": names}
    return render(request, "activities/form.html", context, status=422 if request.method == "POST" else 200)
