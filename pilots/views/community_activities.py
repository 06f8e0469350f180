"""What a community did in a time: the rows behind its figures, wherever they stand."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from pilots.forms.activity import CommunityActivityFilter, CommunityPeriodFilter
from pilots.measured.community import rows as rows_of
from pilots.measured.exchange import rows_lead_teachers, rows_sent
from pilots.queries.activity_list import activities_for, for_list
from pilots.services.activity_row import row_of
from pilots.views.community import find_community
from portal.accounts.requests import PAGE_SIZE, person
from portal.periods import term_of


@require_safe
def activities(request: HttpRequest, pk: int) -> HttpResponse:
    """The activities of one community, the latest first; those open that the reader may open."""
    user = person(request)
    found = find_community(user, pk)
    form = CommunityActivityFilter(request.GET, since=found.during.lower)
    period = form.chosen_period or term_of(timezone.localdate())
    rows = rows_of(found.pk, period, kinds=form.narrowing().get("kinds", ()))
    page = Paginator(for_list(rows), PAGE_SIZE).get_page(request.GET.get("page"))
    opened = activities_for(user).filter(pk__in=[one.pk for one in page]).values_list("pk", flat=True)
    context = {
        "community": found,
        "form": form,
        "period": period,
        "page": page,
        "lines": [(one, row_of(one)) for one in page],
        "opened": set(opened),
        "sessions": rows.aggregate(sum=Sum("sessions"))["sum"] or 0,
        "today": timezone.localdate(),
    }
    return render(request, "communities/activities.html", context)


@require_safe
def sent(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom the lead sent to its members, and how many teachers it has: both sides of a ratio (S2 三（二）)."""
    found = find_community(person(request), pk)
    form = CommunityPeriodFilter(request.GET, since=found.during.lower)
    period = form.chosen_period or term_of(timezone.localdate())
    rows = rows_sent(found.pk, period)
    context = {
        "community": found,
        "form": form,
        "period": period,
        "page": Paginator(rows.select_related("kind", "giver", "taker"), PAGE_SIZE).get_page(request.GET.get("page")),
        "people": rows.aggregate(sum=Sum("number"))["sum"] or 0,
        "profile": rows_lead_teachers(found.pk, period).select_related("school").first(),
        "today": timezone.localdate(),
    }
    return render(request, "communities/sent.html", context)
