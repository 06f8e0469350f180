"""Pages of the editorial desk."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from django.shortcuts import render


def issue_act(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return render(request, "base.html")


def issue_sign(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return render(request, "base.html")


def issue_print(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return render(request, "base.html")


def issue_publish(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return render(request, "base.html")


def issue_final(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return render(request, "base.html")


def issue_pdf(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return render(request, "base.html")
