"""年终材料: whose and which year, what would be in it, how far it is, and the file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from portal.accounts.requests import PAGE_SIZE, demand, person
from portal.answers import tell
from portal.files.downloads import resumable
from portal.jobs.progress import job_progress
from portal.material import Scope
from portal.packs.forms import PackForm
from portal.packs.inventory import inventory
from portal.packs.models import Pack
from portal.packs.queries import open_packs, packs_for
from portal.packs.services.ordering import order_pack
from portal.periods import standing_day
from portal.refusals import Refused


@require_http_methods(["GET", "HEAD", "POST"])
def packs(request: HttpRequest) -> HttpResponse:
    """The form with what would be in it, and below it what was made before; POST has one made."""
    user = demand(request, "packs.make_pack")
    form = PackForm(request.POST if request.method == "POST" else request.GET, user=user)
    unit, period = form.chosen_unit(), form.chosen_period()
    if request.method == "POST" and form.is_valid():
        try:
            pack = order_pack(unit=unit, period=period, by=user)
        except Refused as error:
            tell(request, error)
        else:
            messages.success(request, f"正在制作{pack}，完成后可以在下面下载。")
            asked: dict[str, str | int] = {"unit": unit.pk, "period": period.key}
            return redirect(f"{reverse('packs')}?{urlencode(asked)}")
    scope = Scope(user, unit, period, standing_day(period, timezone.localdate()))
    page = Paginator(packs_for(user), PAGE_SIZE).get_page(request.GET.get("page"))
    counted = inventory(scope)
    context = {
        "form": form,
        "unit": unit,
        "period": period,
        "day": scope.day,
        "parts": counted,
        "is_empty": not any(one.count for one in counted),
        "is_going": open_packs(unit, period).filter(asked_by=user).exists(),
        "page": page,
        "rows": [_row(pack) for pack in page],
    }
    return render(request, "packs/packs.html", context, status=422 if request.method == "POST" else 200)


@require_GET
def pack_row(request: HttpRequest, pk: int) -> HttpResponse:
    """The fragment that asks for itself while a worker is at it."""
    pack = get_object_or_404(packs_for(person(request)), pk=pk)
    return render(request, "packs/row.html", {"row": _row(pack)})


@require_safe
def pack_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file, from wherever a broken download stopped; 404 until it is there."""
    pack = get_object_or_404(packs_for(person(request)), pk=pk)
    if not pack.file or not default_storage.exists(pack.file):
        raise Http404
    return resumable(request, pack.file, name=pack.file_name, media_type="application/zip", digest=pack.sha256)


def _row(pack: Pack) -> dict[str, Any]:
    return {"pack": pack, "progress": job_progress(pack.job)}
