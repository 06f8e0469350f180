"""What a community did in a time: the rows behind its figures, wherever they stand."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from pilots.forms.activity import CommunityActivityFilter
from pilots.measured.community import rows as rows_of
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
