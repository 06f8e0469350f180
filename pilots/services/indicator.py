"""The office keeps indicators, their sets and the rules for reported figures. What is closed stays as it was."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from pilots.models import Indicator, IndicatorSet, ReportedValue, ValueRule
from pilots.parameters import TAKES
from portal.accounts.models import User
from portal.accounts.roles import UnitKind
from portal.audit.models import record
from portal.measures import level_called, measure_called
from portal.refusals import Refused

#: What cannot change once figures have been reported: they would mean something else.
FIXED = {"is_ratio": "是否比率", "period_kind": "周期", "reported_by": "填报层级", "measure": "计算方法"}
#: What an indicator is judged by stands at least as high as who reports it.
_HEIGHT = {
    UnitKind.SCHOOL.value: 0,
    UnitKind.UNIVERSITY.value: 1,
    UnitKind.PARTNER.value: 1,
    UnitKind.COUNTY.value: 1,
    UnitKind.PREFECTURE.value: 2,
    UnitKind.PROVINCE_OFFICE.value: 3,
}


@transaction.atomic
def save_indicator(indicator: Indicator | None, *, by: User, **fields: Any) -> Indicator:
    """Make an indicator or change one. Raises ValidationError with a sentence per field where it cannot be counted or
    reported that way, or where reported figures would mean something else afterwards."""
    _demand(by)
    is_new = indicator is None
    indicator = indicator or Indicator(code=_new_code())
    before = {} if is_new else _told(indicator)
    for name, value in fields.items():
        setattr(indicator, name, value)
    _check(indicator)
    if not is_new:
        _check_fixed(indicator)
    indicator.full_clean()
    indicator.save()
    act, label = ("create", "新增指标") if is_new else ("update", "修改指标")
    record(indicator, f"pilots.indicator.{act}", label, by=by, before=before, after=_told(indicator))
    return indicator


@transaction.atomic
def save_set(of: IndicatorSet | None, *, by: User, name: str, source: str, order: int, is_active: bool) -> IndicatorSet:
    """Make a set of indicators or change one."""
    _demand(by)
    act, label = ("update", "修改指标组") if of else ("create", "新增指标组")
    of = of or IndicatorSet()
    of.name, of.source, of.order, of.is_active = name.strip(), source.strip(), order, is_active
    of.full_clean()
    of.save()
    record(of, f"pilots.indicatorset.{act}", label, by=by, name=of.name, source=of.source)
    return of


@transaction.atomic
def add_rule(indicator: Indicator, *, by: User, **fields: Any) -> ValueRule:
    """A rule for what is reported of an indicator, from now on."""
    _demand(by)
    if not indicator.is_reported:
        raise Refused("自动计算的指标不需要校验规则。")
    rule = ValueRule(indicator=indicator, **fields)
    if rule.kind == ValueRule.Kind.NOT_MORE and rule.other is None and not indicator.is_ratio:
        raise ValidationError({"other": "请选择不能超过的另一项指标。"})
    if rule.low is not None and rule.high is not None and rule.high < rule.low:
        raise ValidationError({"high": "上限不能小于下限。"})
    rule.full_clean()
    rule.save()
    record(indicator, "pilots.indicator.rule", "增加校验规则", by=by, rule=rule.get_kind_display())
    return rule


@transaction.atomic
def delete_rule(rule: ValueRule, *, by: User) -> None:
    _demand(by)
    record(rule.indicator, "pilots.indicator.rule", "取消校验规则", by=by, rule=rule.get_kind_display())
    rule.delete()


def _demand(by: User) -> None:
    if not by.has_perm("pilots.manage_indicators"):
        raise PermissionDenied


def _check(indicator: Indicator) -> None:
    level = level_called(indicator.level)
    if level is None:
        raise ValidationError({"level": "没有这个考察层级，请重新选择。"})
    if indicator.measure:
        _check_measures(indicator, level.of)
    elif not indicator.reported_by:
        raise ValidationError({"reported_by": "由单位填报的指标，请选择填报层级。"})
    elif _height(indicator.reported_by) > _height(indicator.level):
        raise ValidationError({"level": "考察层级不能低于填报层级。"})
    else:
        indicator.parameters, indicator.denominator, indicator.denominator_parameters = {}, "", {}


def _check_measures(indicator: Indicator, of: str) -> None:
    """Whether both measures count for what the indicator is judged by; parameters that one takes not are dropped."""
    for name, parameters in (("measure", "parameters"), ("denominator", "denominator_parameters")):
        called = getattr(indicator, name)
        measure = measure_called(called)
        if called and (measure is None or measure.of != of):
            raise ValidationError({name: "这种计算方法不能用于所选的考察层级，请重新选择。"})
        given = getattr(indicator, parameters)
        setattr(indicator, parameters, {key: given[key] for key in TAKES.get(called, ()) if given.get(key)})
    if indicator.is_ratio and not indicator.denominator:
        raise ValidationError({"denominator": "比率须选择分母的计算方法。"})
    if indicator.denominator and not indicator.is_ratio:
        raise ValidationError({"denominator": "不是比率的指标没有分母，请选“无”。"})
    indicator.reported_by = ""


def _check_fixed(indicator: Indicator) -> None:
    if not ReportedValue.objects.filter(indicator=indicator).exists():
        return
    stored = Indicator.objects.get(pk=indicator.pk)
    for name, label in FIXED.items():
        if getattr(stored, name) != getattr(indicator, name):
            raise ValidationError({name: f"已有单位填报过，不能再改{label}；请停用这项指标，另建一项。"})


def _height(kind: str) -> int:
    """How high units of a kind stand; other things that are judged stand nowhere in the tree."""
    return _HEIGHT.get(kind, -1)


def _new_code() -> str:
    taken = set(Indicator.objects.filter(code__startswith="own-").values_list("code", flat=True))
    number = len(taken) + 1
    while f"own-{number}" in taken:
        number += 1
    return f"own-{number}"


def _told(indicator: Indicator) -> dict[str, Any]:
    names = ("name", "definition", "clause", "unit", "period_kind", "level", "reported_by", "measure", "parameters")
    told = {name: getattr(indicator, name) for name in (*names, "denominator", "is_ratio", "is_active")}
    usual = indicator.usual_value
    return told | {"usual_value": None if usual is None else str(usual)}
