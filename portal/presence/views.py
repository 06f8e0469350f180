"""Where open pages report."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from portal.accounts.requests import person
from portal.presence.services import heartbeat, place_on


@login_not_required
@require_POST
def present(request: HttpRequest) -> HttpResponse:
    """A heartbeat; answers with who else is there.

    After the session has run out it answers nothing instead of leading to sign-in: words being typed would be lost.
    """
    if not request.user.is_authenticated:
        return HttpResponse(status=204)
    user = person(request)
    place = place_on(request.POST.get("ticket", ""), user)
    if not place:
        return HttpResponse(status=204)
    return HttpResponse(render_to_string("presence/names.html", {"names": heartbeat(place, by=user)}))
