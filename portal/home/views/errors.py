"""Pages for what is not there, not allowed or broken: plain sentences that say what to do next."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: it exists and may be known to exist, but this person may not do it."""
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: not there, or not this person's to see; the page does not say which."""
    return render(request, "404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """500: without the request's context, because that may be what is broken."""
    return HttpResponseServerError(render_to_string("500.html"))
