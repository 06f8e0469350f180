"""What an indicator's figure of an area is made of: all that it is judged by there, whether a target is set or not."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from pilots.models import Indicator
from pilots.queries.standing import area_overviews
from pilots.queries.standing_seen import standings_for
from portal.accounts.forms.counted import CountedForm
from portal.accounts.models import Unit
from portal.accounts.queries.unit import the_office
from portal.accounts.requests import PAGE_SIZE, demand
from portal.measures import level_called
from portal.periods import school_year_of, standing_day


@require_safe
def indicator_figures(request: HttpRequest, pk: int) -> HttpResponse:
    """``?counted=`` a period ``&within=`` a unit: each thing there with its figure, as far as the reader may see it.

    Without them everywhere, now.
    """
    user = demand(request, "pilots.view_targets")
    found = get_object_or_404(Indicator, pk=pk)
    today = timezone.localdate()
    within, period = CountedForm(request.GET).figure() or (the_office().pk, school_year_of(today))
    area, day = get_object_or_404(Unit, pk=within), standing_day(period, today)
    [shown] = area_overviews(found, [area.pk], period, day)
    seen = standings_for(user, [shown])[shown.target.pk]
    level = level_called(found.level)
    context = {
        "indicator": found,
        "area": area,
        "overview": shown,
        "is_part": len(seen) < len(shown.standings),
        "page": Paginator(seen, PAGE_SIZE).get_page(request.GET.get("page")),
        "level": level.label if level else "",
        "day": day,
    }
    return render(request, "indicators/figures.html", context)
