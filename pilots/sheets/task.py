"""A task in a row of a table: the list's, and the ledger's (任务台账)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from pilots.progress import Progress
from pilots.queries.task import progress_of
from portal.exchange.workbook import Column
from portal.text.official import official_date

COLUMNS = (
    Column("批次", 24),
    Column("任务名称", 36),
    Column("负责单位", 24),
    Column("所属地区", 16),
    Column("状态", 10),
    Column("进度", 10),
    Column("说明", 50),
    Column("开始日期", 16),
    Column("完成期限", 16),
    Column("目标", 12),
    Column("已确认成果", 12),
    Column("下一节点", 40),
)


def cells(rows: Iterable[Any], today: date) -> Iterator[list[object]]:
    """The rows of ``COLUMNS``, of tasks ``with_progress`` as they stand ``today``."""
    return (_row(task, progress_of(task, today)) for task in rows)


def _row(task: Any, progress: Progress | None) -> list[object]:
    goal = f"{task.goal}{task.goal_word}" if task.goal else ""
    step = progress.next_step if progress else None
    return [
        task.batch.name,
        task.title,
        task.unit.name,
        task.unit.parent.name if task.unit.parent else "",
        task.get_state_display(),
        progress.standing.label if progress else "",
        "".join(progress.why) if progress else "",
        official_date(task.start),
        official_date(task.due),
        goal,
        task.reached,
        f"{step.what}（{official_date(step.due)}）" if step else "",
    ]
