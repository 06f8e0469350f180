"""The two ends of the programming interface: where it begins, and what is not there."""

from __future__ import annotations

from django.http import Http404
from django.urls import reverse
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response


@api_view(["GET"])
def root(request: Request) -> Response:
    """The resources with their addresses."""
    return Response({"submissions": reverse("api-submissions"), "issues": reverse("api-issues")})


@api_view(["GET", "POST", "PUT", "PATCH", "DELETE"])
def unknown(request: Request, rest: str) -> Response:
    """Programs read JSON, also where there is nothing."""
    raise Http404
