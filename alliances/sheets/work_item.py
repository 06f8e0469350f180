"""An item of the work list in a row of a table: the list's, and the ledger's (工作清单台账)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from alliances.models import WorkItem
from portal.exchange.workbook import Column

COLUMNS = (
    Column("结对或会议", 36),
    Column("事项", 50),
    Column("责任单位", 24),
    Column("责任人岗位", 20),
    Column("完成时限", 14),
    Column("状态", 10),
    Column("逾期天数", 10),
    Column("完成日期", 14),
    Column("完成情况", 50),
    Column("来源", 12),
)


def cells(rows: Iterable[WorkItem]) -> Iterator[list[object]]:
    """The rows of ``COLUMNS``."""
    for item in rows:
        yield [
            item.list_name,
            item.title,
            item.owner.name,
            item.owner_post,
            item.due,
            item.get_state_display(),
            item.days_late or "",
            item.done_on,
            item.result,
            item.get_source_display(),
        ]
