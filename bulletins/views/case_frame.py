"""Frames of cases: the office changes what a case consists of, and by what it is scored."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from bulletins.forms.case_frame import CriterionForm, FrameForm, PartForm, criteria_from, frame_initial, parts_from
from bulletins.models import CaseFrame
from bulletins.services.case_frame import save_frame
from pilots.forms.rows import filled, typed_rows
from portal.accounts.requests import demand


@require_safe
def case_frames(request: HttpRequest) -> HttpResponse:
    """All frames, with how they are made up."""
    demand(request, "bulletins.manage_cases")
    return render(request, "cases/frames.html", {"rows": CaseFrame.objects.all()})


@require_http_methods(["GET", "HEAD", "POST"])
def case_frame_new(request: HttpRequest) -> HttpResponse:
    demand(request, "bulletins.manage_cases")
    return _edit(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def case_frame(request: HttpRequest, pk: int) -> HttpResponse:
    demand(request, "bulletins.manage_cases")
    return _edit(request, get_object_or_404(CaseFrame, pk=pk))


def _edit(request: HttpRequest, frame: CaseFrame | None) -> HttpResponse:
    user = demand(request, "bulletins.manage_cases")
    sent = request.POST if request.method == "POST" else None
    form = FrameForm(sent, initial=frame_initial(frame) if frame else {})
    parts = typed_rows(PartForm, sent, initial=frame.parts if frame else (), prefix="parts")
    criteria = typed_rows(CriterionForm, sent, initial=frame.criteria if frame else (), prefix="criteria")
    if sent is not None and all([form.is_valid(), parts.is_valid(), criteria.is_valid()]):
        given: dict[str, Any] = form.cleaned_data | {
            "parts": parts_from(filled(parts)),
            "criteria": criteria_from(filled(criteria)),
        }
        if form.call(save_frame, frame=frame, by=user, **given) is not None:
            messages.success(request, "框架已保存。已经开始写的案例不变。")
            return redirect("case-frames")
    context = {"form": form, "parts": parts, "criteria": criteria, "frame": frame}
    return render(request, "cases/frame.html", context, status=422 if sent is not None else 200)
