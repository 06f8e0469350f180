"""An activity in a row of a table: the list's, and the ledger's (活动台账)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pilots.models import Activity
from pilots.services.activity_row import row_of
from portal.exchange.workbook import Column

COLUMNS = (
    Column("登记单位", 24),
    Column("类型", 12),
    Column("日期", 26),
    Column("场次", 8),
    Column("内容", 40),
    Column("地点", 24),
    Column("参与单位", 40),
    Column("人数", 30),
    Column("五个一批", 20),
    Column("状态", 14),
)


def cells(rows: Iterable[Activity]) -> Iterator[tuple[object, ...]]:
    """The rows of ``COLUMNS``, of activities ``for_list``."""
    return (_row(activity) for activity in rows)


def _row(activity: Activity) -> tuple[object, ...]:
    row = row_of(activity)
    return (
        activity.unit.name,
        str(activity.kind or ""),
        row.date,
        activity.sessions,
        activity.about,
        row.place,
        row.partners,
        row.people,
        "、".join(batch.short_name for batch in activity.batches.all()),
        activity.get_state_display(),
    )
