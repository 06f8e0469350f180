"""统计一览: the leaders' page, and a page of the same kind for every unit and community one may look at."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from portal.accounts.models import User
from portal.accounts.requests import demand, person
from portal.exchange.workbook import as_download
from portal.home.boards.compared import compare
from portal.home.boards.facts import Board, Map, from_json
from portal.home.boards.sheet import board_sheet, table_sheet
from portal.home.boards.subjects import BoardSubject, board_for, first_board, pages_of_boards
from portal.home.forms import BoardForm
from portal.home.services.board import ShownBoard, shown_board, shown_map
from portal.home.services.board_print import file_of, order_board_pdf, own_board_pdf
from portal.jobs.progress import job_progress

PDF_NAME = "统计一览.pdf"


@dataclass(frozen=True, slots=True)
class Asked:
    """What one request asks for: whose board, and the filters of the address."""

    user: User
    subject: BoardSubject
    form: BoardForm
    shown: ShownBoard

    @property
    def board(self) -> Board:
        return self.shown.board

    @property
    def map(self) -> Map | None:
        """What is kept is the same for everybody; names lead only to boards that this reader may open."""
        found = shown_map(self.subject, self.form.chosen_period(), self.form.chosen_figure())
        return found.leading_to(pages_of_boards(self.user)) if found and not self.subject.is_office else found


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
def board_print(request: HttpRequest, kind: str = "", pk: int = 0) -> HttpResponseBase:
    """The page as PDF. Asking has a worker print it; ``?job=`` says how far that is, and opens it once it is there."""
    asked, user = _asked(request, kind, pk), person(request)
    job = own_board_pdf(request.GET.get("job", ""), user)
    is_part = request.headers.get("HX-Request") == "true"
    if job is None:
        job = order_board_pdf(asked.board, asked.map, asked.shown.computed_at, by=user)
    elif not is_part and default_storage.exists(file_of(job)):
        return FileResponse(default_storage.open(file_of(job)), content_type="application/pdf", filename=PDF_NAME)
    query = request.GET.copy()
    query.pop("job", None)
    asked_before = f"?{query.urlencode()}"
    query["job"] = str(job.pk)
    context = {
        "board": from_json(Board, job.payload["board"]),
        "progress": job_progress(job),
        "again": f"{request.path}?{query.urlencode()}",
        "retry": f"{request.path}{asked_before}",
        "back": f"{asked.subject.url}{asked_before}",
    }
    return render(request, "boards/_print_part.html" if is_part else "boards/print.html", context)


def _asked(request: HttpRequest, kind: str, pk: int) -> Asked:
    user = demand(request, "home.view_boards")
    subject = _subject(user, kind, pk)
    form = BoardForm(request.GET, subject=subject, user=user)
    return Asked(user, subject, form, shown_board(subject, form.chosen_period()))


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
