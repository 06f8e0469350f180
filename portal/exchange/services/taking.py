"""The dry run of an uploaded table and its import: what a worker does."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.files.storage import default_storage
from django.utils import timezone

from portal.exchange.models import UploadedTable
from portal.exchange.plan import FIRST, Fate, Plan, run
from portal.exchange.registry import NOUNS
from portal.exchange.workbook import Row, Unreadable, read
from portal.jobs.models import Job
from portal.jobs.reporting import Report, reporting
from portal.jobs.services import JobFailed, finishing

#: In the order in which a person wants to read them; rows that change nothing are only counted.
TOLD = (Fate.WRONG, Fate.CHANGED, Fate.NEW)


def run_check(job: Job) -> None:
    """Do a job: say of every row what would become of it; keep nothing but that."""
    table = _table(job)
    try:
        with reporting(job) as report:
            plan = run(NOUNS[table.noun], _rows(table, report), by=table.by, report=report)
    except Unreadable as refusal:
        table.refusal = str(refusal)
        with finishing(job):
            table.save(update_fields=["refusal"])
        return
    with finishing(job):
        _keep(table, plan)


def run_import(job: Job) -> None:
    """Do a job: exactly what the dry run announced, or nothing and what would become of the rows now.

    The rows, the record and the end of the job are one transaction: a worker that dies, or is taken for dead,
    leaves nothing behind, and the next one begins anew.
    """
    table = _table(job)

    def seal(plan: Plan) -> None:
        with finishing(job):
            table.imported_at = timezone.now()
            table.opened = plan.opened
            table.seed = plan.seed if plan.opened else ""
            _keep(table, plan)

    with reporting(job) as report:
        rows = _rows(table, report)
        plan = run(NOUNS[table.noun], rows, by=table.by, expected=job.payload["digest"], report=report, seal=seal)
    if not plan.done:
        with finishing(job):
            table.tries += 1
            _keep(table, plan)


def _table(job: Job) -> UploadedTable:
    """Whose post has ended meanwhile, his table is not taken in."""
    table = UploadedTable.objects.select_related("by").get(pk=job.payload["table"])
    if not table.by.has_perm(NOUNS[table.noun].take):
        raise JobFailed("您现在的岗位不能导入这类表格，表中内容没有导入。")
    return table


def _rows(table: UploadedTable, report: Report) -> Sequence[Row]:
    report(1, "正在读取表格")
    with default_storage.open(table.file) as file:
        rows = read(file.read(), NOUNS[table.noun].columns)
    report(FIRST, f"共{len(rows)}行，正在核对")
    return rows


def _keep(table: UploadedTable, plan: Plan) -> None:
    told = [outcome for outcome in plan.outcomes if outcome.fate in TOLD]
    told.sort(key=lambda outcome: (TOLD.index(outcome.fate), outcome.number))
    table.counts, table.outcomes = plan.counts, [outcome.to_json() for outcome in told]
    table.digest = plan.digest
    table.save(update_fields=["counts", "outcomes", "digest", "tries", "imported_at", "opened", "seed"])
