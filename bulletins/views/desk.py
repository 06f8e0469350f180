"""Pages of the editorial desk."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from django.shortcuts import render


def desk(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return render(request, "base.html")


def desk_submission(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return render(request, "base.html")


def desk_act(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return render(request, "base.html")
