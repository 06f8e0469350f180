"""A meeting in a row of a table: the list's, and the ledger's (会议台账)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from alliances.models import JointMeeting
from portal.exchange.workbook import Column

COLUMNS = (
    Column("日期", 14),
    Column("结束日期", 14),
    Column("类型", 12),
    Column("名称", 40),
    Column("召集单位", 24),
    Column("地点", 24),
    Column("状态", 12),
    Column("参会单位", 40),
    Column("出席", 40),
    Column("议定事项", 60),
)


def cells(rows: Iterable[JointMeeting]) -> Iterator[list[object]]:
    """The rows of ``COLUMNS``, of meetings ``with_papers``."""
    for row in rows:
        invitations = row.invitations.all()
        came = (f"{one.unit.name}（{one.people}）" if one.people else one.unit.name for one in invitations if one.came)
        yield [
            row.start.isoformat(),
            row.end.isoformat(),
            row.get_kind_display(),
            row.title,
            row.host.name,
            row.place,
            row.get_state_display(),
            "、".join(one.unit.name for one in invitations),
            "、".join(came),
            "\n".join(f"{one.text}（{one.owner.name}）" for one in row.decisions.all()),
        ]
