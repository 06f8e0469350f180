"""From what was recorded to a report in one click."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from bulletins.services.from_activities import report_from_activities
from portal.accounts.requests import demand, whole_numbers
from portal.answers import tell
from portal.refusals import Refused


@require_POST
def from_activities(request: HttpRequest) -> HttpResponse:
    """Begin a report that tells of the activities ticked; it opens for writing on."""
    user = demand(request, "bulletins.add_submission")
    try:
        submission = report_from_activities(whole_numbers(request.POST.getlist("pk")), by=user)
    except Refused as refusal:
        tell(request, refusal)
        return redirect("activities")
    return redirect("submission-edit", submission.pk)
