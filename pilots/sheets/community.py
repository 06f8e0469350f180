"""A community in a row of a table: the list's, and the ledger's (共同体台账)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from pilots.models import Community
from pilots.queries.community import labels_of, lead_and_members
from portal.exchange.workbook import Column
from portal.text.official import official_date

COLUMNS = (
    Column("名称", 36),
    Column("本地叫法", 18),
    Column("类型", 14),
    Column("地区", 18),
    Column("牵头校", 26),
    Column("成员校", 50),
    Column("成员校数", 10),
    Column("建立日期", 16),
    Column("结束日期", 16),
)


def cells(rows: list[Community]) -> Iterator[tuple[object, ...]]:
    """The rows of ``COLUMNS``, of communities ``with_schools``."""
    labels = labels_of(rows)
    for one in rows:
        lead, members = lead_and_members(one)
        end = one.during.upper
        yield (
            one.name,
            labels[one.pk],
            one.kind.name,
            one.area.name,
            lead.name if lead else "",
            "、".join(school.name for school in members),
            len(members),
            official_date(one.during.lower),
            official_date(end - timedelta(days=1)) if end else "",
        )
