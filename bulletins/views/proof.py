"""Pages of the editorial desk."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from django.shortcuts import render


def proof(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return render(request, "base.html")


def progress(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return render(request, "base.html")


def proof_pdf(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return render(request, "base.html")


def proof_picture(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return render(request, "base.html")
