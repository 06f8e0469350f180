"""报送层级: the table of which levels collect, for the administrator."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from portal.accounts.requests import demand, whole_number
from portal.reviews.models import CollectingLevel
from portal.reviews.services.levels import set_collecting


@require_http_methods(["GET", "HEAD", "POST"])
def levels(request: HttpRequest) -> HttpResponse:
    """One tick a level; what is under way keeps its way."""
    user = demand(request, "reviews.manage_levels")
    if request.method == "POST":
        ticked = {number for pk in request.POST.getlist("level") if (number := whole_number(pk)) is not None}
        set_collecting(ticked, by=user)
        messages.success(request, "已保存。已经报送的稿件仍按原来的层级办理。")
        return redirect("collecting-levels")
    return render(request, "reviews/levels.html", {"levels": CollectingLevel.objects.all()})
