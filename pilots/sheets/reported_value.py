"""A reported figure in a row of a table (数据台账)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pilots.models import ReportedValue
from portal.exchange.workbook import Column
from portal.periods import parse_period
from portal.text.official import official_date

COLUMNS = (
    Column("指标", 40),
    Column("单位", 26),
    Column("时段", 26),
    Column("数值", 12),
    Column("计量单位", 10),
    Column("分子", 12),
    Column("分母", 12),
    Column("说明", 40),
    Column("填报日期", 18),
)


def cells(rows: Iterable[ReportedValue]) -> Iterator[tuple[object, ...]]:
    """The rows of ``COLUMNS``."""
    return (_row(value) for value in rows)


def _row(value: ReportedValue) -> tuple[object, ...]:
    period, figure = parse_period(value.key), value.figure
    return (
        value.indicator.name,
        value.unit.name,
        period.label if period else value.key,
        "" if figure is None else round(figure, 2),
        value.indicator.unit,
        value.number if value.indicator.is_ratio else "",
        value.below if value.indicator.is_ratio else "",
        value.reason,
        official_date(value.at),
    )
