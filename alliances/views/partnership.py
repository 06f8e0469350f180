"""结对合作: which university works with which county."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from alliances.queries.partnership import partnerships_on


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The pairs of today. They are public knowledge, so everybody who is signed in may read them."""
    return render(request, "alliances/partnerships.html", {"partnerships": partnerships_on()})
