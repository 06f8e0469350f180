"""Pages of the editorial desk."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from django.shortcuts import render


def entry_new(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return render(request, "base.html")


def submission_place(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return render(request, "base.html")


def entry(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return render(request, "base.html")


def entry_edit(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return render(request, "base.html")


def entry_move(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return render(request, "base.html")


def entry_shift(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return render(request, "base.html")


def entry_remove(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return render(request, "base.html")
