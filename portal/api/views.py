"""The two ends of the programming interface: where it begins, and what is not there."""

from __future__ import annotations

from django.http import Http404
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api.nouns import NOUNS
from portal.rest import asking


@extend_schema(
    summary="目录", tags=["目录"], responses={200: {"type": "object", "additionalProperties": {"type": "string"}}}
)
@api_view(["GET"])
def root(request: Request) -> Response:
    """The resources with their addresses."""
    boards = ("board",) if asking(request).has_perm("home.view_boards") else ()
    names = ("submissions", "issues", *(noun.path for noun in NOUNS), *boards)
    return Response({name: reverse(f"api-{name}") for name in names})


@extend_schema(exclude=True)
@api_view(["GET", "POST", "PUT", "PATCH", "DELETE"])
def unknown(request: Request, rest: str) -> Response:
    """Programs read JSON, also where there is nothing."""
    raise Http404
