"""Points and figures of assessments for people, and how an item is scored, in words."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django import template

from pilots.formula import spelled
from pilots.models.scheme import ItemFields
from pilots.scoring import number

register = template.Library()


@register.filter
def points(value: Decimal | None) -> str:
    """``12.5`` without zeros at the end; a dash for none."""
    return number(value)


@register.filter
def how_scored(item: ItemFields, names: Mapping[str, str] | None = None) -> str:
    """The rule of an item in words, its formula shown with what its codes are called (``formula_names``)."""
    match item.way:
        case ItemFields.Way.SELF:
            return "学校自评，县级复核"
        case ItemFields.Way.REVIEW:
            return "几位专家分别评分，取平均"
        case ItemFields.Way.SURVEY:
            return f"平均{number(item.full_at)}分得满分，{number(item.zero_at)}分不得分，中间按比例"
    unit = item.indicator.unit if item.indicator else ""
    what = item.indicator.name if item.indicator else spelled(item.formula, names or {})
    grows = "比对比时段增长" if item.is_value_added else "达到"
    return f"{what}，{grows}{number(item.full_at)}{unit}得满分，{number(item.zero_at)}{unit}不得分，中间按比例"
