"""A need in a row of a table: the list's, and the ledger's (需求台账)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils import timezone

from alliances.models import Need
from portal.exchange.workbook import Column

COLUMNS = (
    Column("提出单位", 26),
    Column("所属地区", 16),
    Column("类型", 12),
    Column("需要什么", 40),
    Column("学科", 10),
    Column("学段", 10),
    Column("紧急程度", 10),
    Column("希望最迟时间", 14),
    Column("状态", 12),
    Column("认领高校", 22),
    Column("来访人员", 30),
    Column("日期", 14),
    Column("时间和地点", 30),
    Column("原因", 30),
    Column("提出时间", 14),
)


def cells(rows: Iterable[Need]) -> Iterator[list[object]]:
    """The rows of ``COLUMNS``."""
    for row in rows:
        yield [
            row.unit.name,
            row.unit.parent.name if row.unit.parent else "",
            row.kind.name,
            row.what,
            row.subject,
            row.get_stage_display(),
            row.get_urgency_display(),
            row.wanted_by.isoformat() if row.wanted_by else "",
            row.get_state_display(),
            row.taker.name if row.taker else "",
            row.visitors,
            row.planned_on.isoformat() if row.planned_on else "",
            row.arrangement,
            row.reason,
            timezone.localtime(row.created_at).date().isoformat(),
        ]
