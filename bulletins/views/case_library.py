"""案例库: the public cases, for anybody, signed in or not; and the files of a case."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from alliances.models import Need
from bulletins.layout.case import case_docx
from bulletins.models import Case
from bulletins.queries.case import printings_of, public_areas, public_cases, public_topics
from bulletins.services.case import facts_above
from bulletins.services.case_file import content_of_case, file_name, file_of_case, has_file, pdf_progress
from bulletins.states.case import IN_LIBRARY
from bulletins.views.case import visible_case
from portal.accounts.requests import PAGE_SIZE, whole_number
from portal.files.downloads import word_file
from portal.text.structure import blocks
from portal.text.wanted import read_query


@login_not_required
@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """Public cases, the latest first, narrowed by topic, stage, area and words; simplified and traditional alike."""
    wanted = read_query(request.GET.get("q", ""))
    topics, areas = public_topics(), list(public_areas())
    topic = request.GET.get("topic", "")
    stage = request.GET.get("stage", "")
    area = whole_number(request.GET.get("area", ""))
    chosen: dict[str, Any] = {
        "topic": topic if topic in topics else "",
        "stage": stage if stage in Need.Stage.values else "",
        "area": area if area in [one.pk for one in areas] else None,
    }
    rows = public_cases(**chosen, wanted=wanted if wanted.text else None)
    context = {
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "q": wanted.text,
        "topics": topics,
        "stages": Need.Stage.choices,
        "areas": areas,
        "chosen": chosen,
        "narrowed": bool(wanted.text or any(chosen.values())),
    }
    return render(request, "cases/library.html", context)


@login_not_required
@require_safe
def public_case(request: HttpRequest, pk: int) -> HttpResponse:
    """One case to read and to print. While its PDF is being made the page asks again for that part alone."""
    found = _public(pk)
    if found is None:
        return render(request, "cases/not_public.html", status=404)
    part = {
        "progress": pdf_progress(found, by=None),
        "here": reverse("public-case", args=[pk]),
        "file": reverse("public-case-pdf", args=[pk]),
        "size": " btn-sm",
    }
    if request.headers.get("HX-Request") == "true":
        return render(request, "cases/_pdf.html", part)
    context = part | {
        "case": found,
        "facts": facts_above(found),
        "blocks": blocks(found.text),
        "printings": printings_of(found, public=True),
    }
    return render(request, "cases/public.html", context)


@login_not_required
@require_safe
def public_pdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = _public(pk)
    if found is None or not has_file(found):
        return render(request, "cases/not_public.html", status=404)
    response = _pdf(found)
    # It may be kept for a while: a case that is taken off the public pages is gone everywhere within the hour.
    patch_cache_control(response, public=True, max_age=3600)
    return response


@login_not_required
@require_safe
def public_word(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = _public(pk)
    if found is None:
        return render(request, "cases/not_public.html", status=404)
    return word_file(case_docx(content_of_case(found)), file_name(found, "docx"))


@require_safe
def pdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The PDF of a case in the library, for who may read it in the portal; 404 until it is made."""
    found = visible_case(request, pk)[1]
    if found.state not in IN_LIBRARY or not has_file(found):
        raise Http404
    return _pdf(found)


@require_safe
def word(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A case in any state as a .docx to work on."""
    found = visible_case(request, pk)[1]
    return word_file(case_docx(content_of_case(found)), file_name(found, "docx"))


def _pdf(case: Case) -> FileResponse:
    file = default_storage.open(file_of_case(case))
    return FileResponse(file, content_type="application/pdf", filename=file_name(case, "pdf"))


def _public(pk: int) -> Case | None:
    return public_cases().filter(pk=pk).first()
