"""Uploaded tables: everybody sees his own. How far one is, in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from portal.accounts.models import User
from portal.exchange.models import UploadedTable
from portal.jobs.progress import Progress, job_progress


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a table stands: ``checking``, ``refused``, ``checked``, ``importing``, ``imported`` or ``failed``.

    ``label`` says it in words. ``progress`` is that of the worker who is at it, or of the last one. ``has_moved``: an
    import found something else than its dry run had announced, so it kept nothing.
    """

    name: str
    label: str
    progress: Progress
    has_moved: bool = False


def tables_of(user: User, noun: str) -> QuerySet[UploadedTable]:
    """Tables of a noun that ``user`` uploaded, the latest first, with the jobs that are at them."""
    return UploadedTable.objects.filter(by=user, noun=noun).select_related("check_job", "import_job")


def standing_of(table: UploadedTable) -> Standing:
    """What a page says of ``table``; reads what :func:`tables_of` has read."""
    if table.imported_at is not None:
        return Standing("imported", "已导入", Progress("done", 100))
    progress = job_progress(table.import_job or table.check_job)
    if progress.state == "failed":
        return Standing("failed", "没有完成", progress)
    if progress.is_open:
        return Standing("importing", "正在导入", progress) if table.import_job else _checking(progress)
    if table.refusal:
        return Standing("refused", "不能读取", progress)
    if not table.is_checked:
        return _checking(Progress("waiting"))
    label = "有误，未导入" if not table.is_clean else "已核对，未导入" if table.changes_anything else "没有变化"
    return Standing("checked", label, progress, has_moved=table.import_job is not None)


def _checking(progress: Progress) -> Standing:
    return Standing("checking", "正在核对", progress)
