"""Pages of the editorial desk."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from django.shortcuts import render


def issues(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return render(request, "base.html")


def issue_new(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return render(request, "base.html")


def issue(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return render(request, "base.html")


def issue_facts(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return render(request, "base.html")


def issue_assemble(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return render(request, "base.html")
