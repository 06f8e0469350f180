"""The figures that a unit reports: part of its sheet, reviewed with it; what is not filled in is told."""

from __future__ import annotations

from decimal import Decimal

from django.urls import reverse

from pilots.models import ReportedValue
from pilots.pace import plain
from pilots.prefill import Figure, Line, Section, register
from pilots.queries.grid import asked
from pilots.queries.reported import entered_within
from pilots.queries.reporting_matrix import values_within
from portal.accounts.models import Unit
from portal.accounts.queries.unit_tree import UnitTree
from portal.periods import Period


def rows(unit: Unit, period: Period) -> list[Line]:
    return [
        Line(f"value:{one.pk}", f"{one.indicator}：{_said(one)}", url=reverse("value", args=[one.pk]))
        for one in values_within(unit, period)
    ]


def figures(unit: Unit, period: Period) -> list[Figure]:
    return [
        Figure(f"indicator:{one.indicator_id}", one.indicator.name, _fine(one.figure), one.indicator.unit)
        for one in values_within(unit, period)
        if one.figure is not None
    ]


def missing(unit: Unit, period: Period) -> list[str]:
    tree = UnitTree()
    have = {(one.indicator_id, one.key) for one in values_within(unit, period) if one.is_complete}
    return [
        f"{stretch.label}的“{indicator}”还没有填报。"
        for stretch in entered_within(period)
        for indicator in asked([unit.pk], stretch, tree=tree).get(unit.pk, ())
        if (indicator.pk, stretch.key) not in have
    ]


def _said(one: ReportedValue) -> str:
    unit, reason = one.indicator.unit, f"。说明：{one.reason}" if one.reason else ""
    if not one.is_complete:
        return f"还没有填完{reason}"
    if not one.indicator.is_ratio:
        return f"{_text(one.number)}{unit}{reason}"
    share = "无法计算（分母为0）" if one.figure is None else f"{plain(one.figure)}{unit}"
    return f"{share}（{_text(one.number)}／{_text(one.below)}）{reason}"


def _text(number: Decimal | None) -> str:
    return "" if number is None else plain(number)


def _fine(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.01"))


register(Section("values", "填报数据", 55, rows, figures, missing=missing))
