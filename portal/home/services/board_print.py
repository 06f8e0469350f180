"""A board printed by a worker, as it stood on the page: the web loads no printing machinery."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from portal.accounts.models import User
from portal.home.boards.facts import Board, Map, from_json, to_json
from portal.jobs.models import Job
from portal.jobs.services import JobFailed, enqueue, finishing, forget_if_lost, report
from portal.text.digest import digest_of

BOARD_PDF = "board-pdf"
#: A sheet is there to be opened at once; another is a click away.
KEPT = timedelta(days=1)


def order_board_pdf(board: Board, shown_map: Map | None, computed_at: datetime, *, by: User) -> Job:
    """Have a worker print what ``by`` looks at; the same figures asked for again are the same job."""
    payload = {
        "board": to_json(board),
        "map": to_json(shown_map) if shown_map else None,
        "computed_at": computed_at.isoformat(),
    }
    key = f"{BOARD_PDF}:{by.pk}:{digest_of(payload)}"
    forget_if_lost(key, file_of)
    return enqueue(kind=BOARD_PDF, key=key, payload=payload, by=by)


def own_board_pdf(pk: str, by: User) -> Job | None:
    """A sheet that ``by`` has asked for himself: nobody opens another's."""
    return Job.objects.filter(kind=BOARD_PDF, pk=int(pk), created_by=by).first() if pk.isdecimal() else None


def file_of(job: Job) -> str:
    """Where it lies in the storage once it is made."""
    return f"boards/{job.pk}.pdf"


def print_board_pdf(job: Job) -> None:
    """Do a job: print, store once, and forget what was printed the day before."""
    from portal.home.boards.printed import print_board
    from portal.printing.fonts import FontsMissing, find_fonts

    report(job, 20, "正在排版")
    content = job.payload
    shown_map = from_json(Map, content["map"]) if content["map"] else None
    moment = timezone.localtime(datetime.fromisoformat(content["computed_at"]))
    try:
        sheets = print_board(from_json(Board, content["board"]), shown_map, moment, find_fonts(settings.FONT_DIR))
    except FontsMissing as error:
        raise JobFailed("系统里没有找到中文字体，请联系管理员安装后再试。") from error
    if not default_storage.exists(file_of(job)):
        default_storage.save(file_of(job), ContentFile(sheets.pdf))
    with finishing(job):
        _forget_old()


def _forget_old() -> None:
    for old in Job.objects.filter(kind=BOARD_PDF, finished_at__lt=timezone.now() - KEPT):
        default_storage.delete(file_of(old))
        old.delete()
