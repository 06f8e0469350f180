"""统计一览: the leaders' page, and a page of the same kind for every unit and community one may look at."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from portal.accounts.models import User
from portal.accounts.requests import demand
from portal.exchange.workbook import as_download
from portal.home.boards.compared import compare
from portal.home.boards.facts import Board, Map
from portal.home.boards.sheet import board_sheet, table_sheet
from portal.home.boards.subjects import BoardSubject, board_for, first_board
from portal.home.forms import BoardForm
from portal.home.services.board import ShownBoard, shown_board, shown_map
from portal.home.services.board_print import board_pdf


@dataclass(frozen=True, slots=True)
class Asked:
    """What one request asks for: whose board, and the filters of the address."""

    subject: BoardSubject
    form: BoardForm
    shown: ShownBoard

    @property
    def board(self) -> Board:
        return self.shown.board

    @property
    def map(self) -> Map | None:
        return shown_map(self.subject, self.form.chosen_period(), self.form.chosen_figure())


@require_GET
def board(request: HttpRequest, kind: str = "", pk: int = 0) -> HttpResponse:
    """The page; ``?screen=1`` shows it large and without navigation, for a projector."""
    asked = _asked(request, kind, pk)
    context = {
        "asked": asked,
        "board": asked.board,
        "map": asked.map,
        "query": request.GET.urlencode(),
        **_beside(asked),
    }
    return render(request, "boards/screen.html" if request.GET.get("screen") else "boards/board.html", context)


@require_GET
def board_export(request: HttpRequest, kind: str = "", pk: int = 0) -> HttpResponse:
    """All figures as Excel, or with ``?table=`` what one chart draws."""
    found = _asked(request, kind, pk).board
    table = next((one for one in found.tables if one.key == request.GET.get("table")), None)
    title = f"{found.name}{found.period_label}{table.title if table else '统计一览'}"
    return as_download(table_sheet(found, table) if table else board_sheet(found), f"{title}.xlsx")


@require_GET
def board_print(request: HttpRequest, kind: str = "", pk: int = 0) -> HttpResponse:
    """The same page as PDF, drawn on the server."""
    asked = _asked(request, kind, pk)
    response = HttpResponse(board_pdf(asked.board, asked.map, asked.shown.computed_at), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="board.pdf"'
    return response


def _asked(request: HttpRequest, kind: str, pk: int) -> Asked:
    user = demand(request, "home.view_boards")
    subject = _subject(user, kind, pk)
    form = BoardForm(request.GET, subject=subject, user=user)
    return Asked(subject, form, shown_board(subject, form.chosen_period()))


def _subject(user: User, kind: str, pk: int) -> BoardSubject:
    found = board_for(user, kind, pk) if kind else first_board(user)
    if found is None:
        raise Http404
    return found


def _beside(asked: Asked) -> dict[str, object]:
    """The other period's board, or another unit's, with the differences."""
    period, subject = asked.form.other_period(), asked.form.chosen_beside()
    if period is None and subject is None:
        return {}
    other = shown_board(subject or asked.subject, period or asked.form.chosen_period()).board
    return {"other": other, "compared": compare(asked.board, other)}
