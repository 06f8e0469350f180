"""城乡共同体: the list, the page of one, and founding one."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from pilots.forms.community import CommunityFilter, FoundForm
from pilots.models import Community, Membership
from pilots.queries.community import (
    communities_for,
    labels_of,
    lead_and_members,
    listed_communities,
    possible_areas,
    schools_offered,
    with_schools,
)
from pilots.queries.community_record import people_sent
from pilots.queries.community_term import current_schools, quotas_of, term_of_community
from pilots.services.community import found_community
from pilots.sheets.community import COLUMNS, cells
from portal.accounts.models import User
from portal.accounts.requests import PAGE_SIZE, demand, person
from portal.audit.models import history
from portal.exchange.workbook import as_download, write
from portal.periods import Period, parse_period, periods_between, term_of
from portal.text.official import official_date

LAST_ACTS = 10


@require_safe
def communities(request: HttpRequest) -> HttpResponse:
    """The list; filters stay in the address."""
    user = demand(request, "pilots.view_communities")
    form, rows = _narrowed(request, user)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    shown = list(page)
    labels = labels_of(shown)
    context = {
        "form": form,
        "page": page,
        "lines": [(one, labels[one.pk], *lead_and_members(one)) for one in shown],
        "narrowed": bool(form.narrowing()),
        "may_found": user.has_perm("pilots.found_community"),
        "today": timezone.localdate(),
    }
    return render(request, "communities/list.html", context)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The same list as an Excel table."""
    _form, rows = _narrowed(request, demand(request, "pilots.view_communities"))
    table = list(cells(list(rows)))
    note = f"截至{official_date(timezone.localdate())}，共{len(table)}个"
    return as_download(write("共同体一览", COLUMNS, table, note=note), "共同体一览.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Founding a community."""
    user = demand(request, "pilots.found_community")
    form = FoundForm(request.POST if request.method == "POST" else None, user=user)
    if request.method == "POST" and form.is_valid():
        made = form.call(found_community, by=user, **form.cleaned_data)
        if made is not None:
            messages.success(request, f"已建立“{made}”。接下来可以登记领导小组和规划。")
            return redirect("community", made.pk)
    context = {"form": form, "schools": schools_offered(possible_areas(user))}
    return render(request, "communities/new.html", context, status=422 if form.is_bound else 200)


@require_safe
def community(request: HttpRequest, pk: int) -> HttpResponse:
    """One community in one screen: who is in it, its plan, and its term duty by duty."""
    user = person(request)
    found = find_community(user, pk)
    today = timezone.localdate()
    term = asked_term(request)
    schools = current_schools(found)
    shown = term_of_community(found, term, schools)
    held = Membership.Role
    context = {
        "community": found,
        "label": labels_of([found])[found.pk],
        "lead": next((row.school for row in found.schools_now if row.role == held.LEAD), None),  # type: ignore[attr-defined]
        "members": [row for row in found.schools_now if row.role == held.MEMBER],  # type: ignore[attr-defined]
        "term": term,
        "terms": _terms(found, term),
        "shown": shown,
        "quotas": quotas_of(found, term, today),
        "people": people_sent(record for duty in shown.duties for record in duty.records),
        "has_ended": found.during.upper is not None and found.during.upper <= today,
        "may_change": user.has_perm("pilots.change_community", found),
        "may_write": user.has_perm("pilots.write_for_community", found),
        "may_record": user.has_perm("pilots.write_in_community", found),
        "own_schools": own_schools(user, found),
        "entries": history(found)[:LAST_ACTS],
    }
    return render(request, "communities/community.html", context)


def find_community(user: User, pk: int) -> Community:
    """One that ``user`` may see, with its schools of today. Raises Http404."""
    return get_object_or_404(with_schools(communities_for(user)), pk=pk)


def writable_community(request: HttpRequest, pk: int, permission: str) -> tuple[User, Community]:
    """One that the person may see (else 404) and write in this way (else 403)."""
    user = person(request)
    found = find_community(user, pk)
    if not user.has_perm(permission, found):
        raise PermissionDenied
    return user, found


def asked_term(request: HttpRequest) -> Period:
    """The term in the address, else the one that runs."""
    asked = parse_period(request.GET.get("term", ""))
    return term_of(asked.start) if asked else term_of(timezone.localdate())


def own_schools(user: User, found: Community) -> list[int]:
    """Schools of the community in which the person works."""
    own = {post.unit_id for post in user.posts_today}
    return [school.pk for school in current_schools(found) if school.pk in own]


def _narrowed(request: HttpRequest, user: User) -> tuple[CommunityFilter, QuerySet[Community]]:
    form = CommunityFilter(request.GET or None)
    return form, listed_communities(user, **form.narrowing())


def _terms(found: Community, term: Period) -> list[Period]:
    """Terms from its beginning to today, the latest first."""
    today = timezone.localdate()
    last = min(today, found.during.upper or today)
    terms = dict(periods_between(found.during.lower, last))["学期"]
    return terms if term in terms else [term, *terms]
