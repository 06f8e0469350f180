"""专家团队: list, page, writing one down, and its visits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pilots.forms.expert_team import ExpertFormSet, TeamFilterForm, TeamForm, VisitForm, experts_of
from pilots.models import ExpertTeam
from pilots.queries.expert_team import expert_teams_for, listed_expert_teams, visits_of
from pilots.services.expert_team import add_visit, drop_visit, save_expert_team
from portal.accounts.models import User
from portal.accounts.requests import PAGE_SIZE, demand, person
from portal.answers import attempt
from portal.exchange.workbook import Column, as_download, write

COLUMNS = (
    Column("团队", 30),
    Column("批次", 26),
    Column("聘期开始", 14),
    Column("聘期结束", 14),
    Column("专家单位", 26),
    Column("职务或职称", 26),
    Column("专长", 20),
    Column("团队活动次数", 12),
)


@require_safe
def teams(request: HttpRequest) -> HttpResponse:
    """Teams of today, narrowed."""
    user = person(request)
    form = TeamFilterForm(request.GET)
    narrowing = form.narrowing()
    context = {
        "form": form,
        "page": Paginator(listed_expert_teams(user, **narrowing), PAGE_SIZE).get_page(request.GET.get("page")),
        "narrowed": bool(narrowing),
        "may_manage": user.has_perm("pilots.manage_expert_teams"),
    }
    return render(request, "teams/list.html", context)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The same list for Excel, a line for each expert."""
    rows = listed_expert_teams(person(request), **TeamFilterForm(request.GET).narrowing())
    data = write("专家团队", COLUMNS, _cells(rows.prefetch_related("members__unit")))
    return as_download(data, f"专家团队{timezone.localdate():%Y%m%d}.xlsx")


@require_safe
def team(request: HttpRequest, pk: int) -> HttpResponse:
    """One team, its experts and its visits."""
    user, found = _visible(request, pk)
    return _page(request, user, found)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """组建专家团队."""
    return _save(request, demand(request, "pilots.manage_expert_teams"), None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change members or term."""
    user, found = _visible(request, pk)
    if not user.has_perm("pilots.manage_expert_teams", found):
        raise PermissionDenied
    return _save(request, user, found)


@require_POST
def visit(request: HttpRequest, pk: int) -> HttpResponse:
    """列入 an activity as a visit."""
    user, found = _visible(request, pk)
    if not user.has_perm("pilots.add_expert_visit", found):
        raise PermissionDenied
    form = VisitForm(request.POST, team=found)
    if form.is_valid() and form.call(add_visit, team=found, by=user, **form.cleaned_data) is not None:
        messages.success(request, "已列入专家活动。")
        return redirect("team", pk)
    return _page(request, user, found, status=422, visit_form=form)


@require_POST
def visit_drop(request: HttpRequest, pk: int, activity: int) -> HttpResponse:
    """移出 an activity that was none."""
    user, found = _visible(request, pk)
    row = get_object_or_404(visits_of(found), pk=activity)
    attempt(request, drop_visit, found, row, by=user, said="已移出。")
    return redirect("team", pk)


def _visible(request: HttpRequest, pk: int) -> tuple[User, ExpertTeam]:
    user = person(request)
    return user, get_object_or_404(expert_teams_for(user).prefetch_related("members__unit"), pk=pk)


def _page(
    request: HttpRequest, user: User, found: ExpertTeam, *, status: int = 200, visit_form: VisitForm | None = None
) -> HttpResponse:
    may_add = user.has_perm("pilots.add_expert_visit", found)
    context = {
        "team": found,
        "visits": Paginator(visits_of(found), PAGE_SIZE).get_page(request.GET.get("page")),
        "form": visit_form or (VisitForm(team=found) if may_add else None),
        "may_manage": user.has_perm("pilots.manage_expert_teams", found),
        "may_add": may_add,
    }
    return render(request, "teams/team.html", context, status=status)


def _save(request: HttpRequest, user: User, found: ExpertTeam | None) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    form = TeamForm(posted, initial=_initial(found))
    members = found.members.all() if found else ()
    rows = [{"unit": row.unit.name, "post": row.post, "field": row.field} for row in members]
    experts = ExpertFormSet(posted, prefix="experts", initial=rows)
    if posted is not None and all([form.is_valid(), experts.is_valid()]):
        saved = form.call(save_expert_team, team=found, by=user, experts=experts_of(experts), **form.cleaned_data)
        if saved is not None:
            messages.success(request, "专家团队已保存。")
            return redirect("team", saved.pk)
    context = {"form": form, "experts": experts, "team": found}
    return render(request, "teams/form.html", context, status=200 if posted is None else 422)


def _initial(found: ExpertTeam | None) -> dict[str, Any]:
    if found is None:
        return {}
    return {
        "name": found.name,
        "batch": found.batch,
        "since": found.during.lower,
        "until": found.during.upper - timedelta(days=1) if found.during.upper else None,
        "note": found.note,
    }


def _cells(rows: Any) -> Iterator[list[object]]:
    for row in rows:
        last = row.during.upper - timedelta(days=1) if row.during.upper else None
        for member in row.members.all():
            yield [
                row.name,
                row.batch.name if row.batch else "",
                row.during.lower.isoformat() if row.during.lower else "",
                last.isoformat() if last else "",
                member.unit.name,
                member.post,
                member.field,
                row.visited,
            ]
