"""成员与历史 of a community: who is and was in it, and the forms that change it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from pilots.forms.community import AddForm, LeadForm, LeaveForm, RenameCommunityForm
from pilots.models import Community, Membership
from pilots.queries.community import membership_history, schools_offered
from pilots.services.community import end_community, rename_community
from pilots.services.membership import add_member, change_lead, end_membership
from pilots.views.community import find_community, writable_community
from portal.accounts.forms.base import PlainForm
from portal.accounts.models import User
from portal.accounts.requests import person, posted_number
from portal.audit.models import history
from portal.periods import parse_period, standing_day


@dataclass(frozen=True, slots=True)
class Change:
    """One way to change a community: its form, its service, and what the page says of it."""

    heading: str
    button: str
    form: type[PlainForm]
    service: Callable[..., object]
    said: str


CHANGES = {
    "add": Change("增加成员校", "增加", AddForm, add_member, "已增加成员校。"),
    "leave": Change("成员校退出", "确定退出", LeaveForm, end_membership, "已登记退出，历史记录保留。"),
    "lead": Change("更换牵头校", "确定更换", LeadForm, change_lead, "牵头校已更换。"),
    "rename": Change("共同体更名", "确定更名", RenameCommunityForm, rename_community, "已更名。"),
    "end": Change("结束共同体", "确定结束", LeaveForm, end_community, "共同体已登记结束，历史记录保留。"),
}


@require_safe
def members(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is in it and who was, from when to when; the forms for whom they are.

    With ``period`` in the address only who was in it when that ended (today while it runs): a figure's rows.
    """
    period = parse_period(request.GET.get("period", ""))
    day = standing_day(period, timezone.localdate()) if period else None
    return _page(request, find_community(person(request), pk), day=day)


@require_POST
def change(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One change; a refused one shows the page again with what was typed."""
    if name not in CHANGES:
        raise Http404
    user, found = writable_community(request, pk, "pilots.change_community")
    wanted = CHANGES[name]
    on = _subject(request, found, name)
    prefix = f"{name}-{on.pk}" if isinstance(on, Membership) else name
    form = wanted.form(request.POST, prefix=prefix)
    if form.is_valid():
        form.call(wanted.service, **_target(on), by=user, **form.cleaned_data)
    if form.is_valid():
        messages.success(request, wanted.said)
        return redirect("community-members", pk)
    return _page(request, find_community(user, pk), typed={prefix: form})


def _subject(request: HttpRequest, found: Community, name: str) -> Community | Membership:
    if name != "leave":
        return found
    return get_object_or_404(found.memberships, pk=posted_number(request, "membership"))


def _target(on: Community | Membership) -> dict[str, Any]:
    return {"membership": on} if isinstance(on, Membership) else {"community": on}


def _page(
    request: HttpRequest, found: Community, typed: dict[str, PlainForm] | None = None, day: date | None = None
) -> HttpResponse:
    user: User = person(request)
    typed = typed or {}
    may_change = day is None and user.has_perm("pilots.change_community", found)
    rows = list(membership_history(found))
    context = {
        "community": found,
        "memberships": [row for row in rows if day in row.during] if day else rows,
        "day": day,
        "may_change": may_change,
        "is_open": found.during.upper is None,
        "forms": _forms(found, rows, typed) if may_change else [],
        "schools": schools_offered([found.area]) if may_change else [],
        "entries": [] if day else history(found)[:30],
    }
    return render(request, "communities/members.html", context, status=422 if typed else 200)


def _forms(found: Community, rows: list[Membership], typed: dict[str, PlainForm]) -> list[dict[str, Any]]:
    """What can be changed now: heading, button, address name, form, and the membership it is about."""
    forms = []
    initial = {"rename": {"name": found.name}}
    for name, wanted in CHANGES.items():
        about = [row for row in rows if row.role == Membership.Role.MEMBER and row.during.upper is None]
        for on in about if name == "leave" else [None]:
            prefix = f"{name}-{on.pk}" if on else name
            form = typed.get(prefix) or wanted.form(prefix=prefix, initial=initial.get(name))
            heading = f"{on.school.label}退出" if on else wanted.heading
            forms.append(
                {"name": name, "heading": heading, "change": wanted, "form": form, "on": on, "open": prefix in typed}
            )
    return forms
