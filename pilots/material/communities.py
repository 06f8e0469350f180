"""共同体与交流台账."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.db.models import Q, QuerySet

from pilots.models import Community, CommunityRecord
from pilots.queries.community import listed_communities, with_schools
from pilots.queries.community_record import records_for
from pilots.sheets import community
from portal.exchange.official import Sheet
from portal.exchange.workbook import Column
from portal.material import Scope, add_ledger
from portal.text.official import official_date

RECORD_COLUMNS = (
    Column("共同体", 30),
    Column("共同体任务", 20),
    Column("类型", 16),
    Column("派出（提供）学校", 24),
    Column("接收学校", 24),
    Column("岗位或内容", 30),
    Column("姓名", 12),
    Column("学科", 10),
    Column("数量", 10),
    Column("开始日期", 16),
    Column("结束日期", 16),
)


def communities(scope: Scope) -> QuerySet[Community]:
    """Communities of the unit or of schools under it that there were in the year, with the schools of its last day."""
    rows = listed_communities(scope.user, area=scope.unit.pk).filter(during__overlap=scope.days)
    return with_schools(rows.prefetch_related(None), scope.day).order_by("area__official_order", "name", "pk")


def records(scope: Scope) -> QuerySet[CommunityRecord]:
    """What was done in them beside activities: people sent, pairs, things shared."""
    rows = records_for(scope.user).filter(community__in=communities(scope).order_by().values("pk"))
    days = Q(start__lte=scope.period.end) & (Q(end__gte=scope.period.start) | Q(end__isnull=True))
    return rows.filter(days).order_by("community", "start", "pk")


def _ledger(scope: Scope) -> Sequence[Sheet]:
    return (
        Sheet("共同体台账", community.COLUMNS, community.cells(list(communities(scope)))),
        Sheet("交流台账", RECORD_COLUMNS, _cells(records(scope))),
    )


def _cells(rows: Iterable[CommunityRecord]) -> Iterator[list[object]]:
    for row in rows:
        yield [
            row.community.name,
            row.kind.duty.name,
            row.kind.name,
            row.giver.name,
            row.taker.name if row.taker else "各成员校",
            row.what,
            row.person,
            row.subject,
            f"{row.number}{row.kind.measure}",
            official_date(row.start),
            official_date(row.end) if row.end else "仍在继续",
        ]


add_ledger(
    "communities",
    "共同体与交流台账",
    40,
    count=lambda scope: communities(scope).count() + records(scope).count(),
    sheets=_ledger,
)
