"""Boards for programs: the same figures, to the same people, as the pages."""

from __future__ import annotations

from django.http import Http404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import api_view
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.models import User
from portal.home.boards.facts import to_json
from portal.home.boards.subjects import BoardSubject, board_for, first_board
from portal.home.services.board import shown_board
from portal.periods import parse_period, term_of
from portal.rest import asking

PERIOD = OpenApiParameter("period", str, description="时段，如 2026-2027-1、2026-2027、2026；不写为本学期")
#: Sections, tables and figures as data; every figure with label, number, unit, url and meaning.
ANSWER = {200: OpenApiTypes.OBJECT}


@extend_schema(
    summary="统计一览：本人首先看到的一页",
    tags=["统计一览"],
    parameters=[PERIOD],
    responses=ANSWER,
    operation_id="own_board_retrieve",
)
@api_view(["GET"])
def own_board(request: Request) -> Response:
    """The board that opens first: that of all for who reads all, else of one's own unit."""
    return _answer(request, first_board(_reader(request)))


@extend_schema(summary="统计一览：一个单位或共同体", tags=["统计一览"], parameters=[PERIOD], responses=ANSWER)
@api_view(["GET"])
def board(request: Request, kind: str, pk: int) -> Response:
    """``kind`` is ``unit`` or ``community``."""
    return _answer(request, board_for(_reader(request), kind, pk))


def _reader(request: Request) -> User:
    user = asking(request)
    if not user.has_perm("home.view_boards"):
        raise PermissionDenied
    return user


def _answer(request: Request, subject: BoardSubject | None) -> Response:
    if subject is None:
        raise Http404
    period = parse_period(request.query_params.get("period", "")) or term_of(timezone.localdate())
    shown = shown_board(subject, period)
    return Response({**to_json(shown.board), "computed_at": shown.computed_at.isoformat()})
