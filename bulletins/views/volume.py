"""合订本: the volumes there are, how far the others are, and a form for another."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from bulletins.forms.volume import VolumeForm
from bulletins.models import Volume
from bulletins.queries.issue import the_periodical
from bulletins.queries.volume import volumes_for
from bulletins.services.volume import order_volume
from portal.accounts.requests import PAGE_SIZE, demand, person
from portal.answers import tell
from portal.jobs.progress import job_progress
from portal.refusals import Refused


@require_http_methods(["GET", "POST"])
def volumes(request: HttpRequest) -> HttpResponse:
    """The list, the latest first; POST orders one."""
    user = demand(request, "bulletins.view_issues")
    form = VolumeForm(request.POST or None)
    if request.method == "POST":
        demand(request, "bulletins.bind_volume")
        if form.is_valid():
            since, until = form.span
            try:
                volume = order_volume(periodical=the_periodical(), since=since, until=until, by=user)
            except Refused as error:
                tell(request, error)
            else:
                said = "这册合订本已经做好，可以直接下载。" if volume.file else "正在制作合订本，完成后可以下载。"
                messages.success(request, said)
                return redirect("volumes")
    page = Paginator(volumes_for(user), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": [_row(volume) for volume in page],
        "may_bind": user.has_perm("bulletins.bind_volume"),
    }
    return render(request, "issues/volumes.html", context, status=422 if request.method == "POST" else 200)


@require_GET
def volume_row(request: HttpRequest, pk: int) -> HttpResponse:
    """The fragment that asks for itself while a worker is at it."""
    volume = get_object_or_404(volumes_for(person(request)), pk=pk)
    return render(request, "issues/volume_row.html", {"row": _row(volume)})


@require_GET
def volume_pdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file; 404 until it is there."""
    volume = get_object_or_404(volumes_for(person(request)), pk=pk)
    if not volume.file or not default_storage.exists(volume.file):
        raise Http404
    response = FileResponse(default_storage.open(volume.file), as_attachment=True, filename=volume.file_name)
    response["Cache-Control"] = "private, no-cache"
    return response


def _row(volume: Volume) -> dict[str, Any]:
    return {"volume": volume, "progress": job_progress(volume.job)}
