"""Figures that units report, the rules they must keep, and what people say about them."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models.functions import Now

from pilots.models.indicator import Indicator
from pilots.pace import figure


class ReportedValue(models.Model):
    """What ``unit`` reports of ``indicator`` for one period.

    ``key`` is the period's key in portal.periods, ``during`` its days. ``number`` is the figure, of a ratio what stands
    above the line and ``below`` what stands under it. Either may still be empty: a cell is saved as soon as it is
    typed. ``reason`` explains an outlier. ``version`` counts the saves; the audit keeps what stood before.
    """

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="values", verbose_name="指标")
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="reported_values", verbose_name="单位")
    key = models.CharField(max_length=30)
    during = DateRangeField("期间")
    number = models.DecimalField("数值", max_digits=14, decimal_places=2, null=True, blank=True)
    below = models.DecimalField("分母", max_digits=14, decimal_places=2, null=True, blank=True)
    reason = models.CharField("说明", max_length=300, blank=True, default="")
    version = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="填报人")
    at = models.DateTimeField("填报时间", auto_now=True)

    class Meta:
        verbose_name = "填报数据"
        verbose_name_plural = "填报数据"
        ordering = ["indicator__order", "unit__official_order", "-during", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "unit", "key"], name="reported_once_a_period"),
            ExclusionConstraint(
                name="reported_periods_apart",
                expressions=[
                    ("indicator", RangeOperators.EQUAL),
                    ("unit", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
                violation_error_message="这个单位在这段时间已经填报过这项指标，时间不能重叠。",
            ),
            models.CheckConstraint(
                condition=(models.Q(number__isnull=True) | models.Q(number__gte=0))
                & (models.Q(below__isnull=True) | models.Q(below__gte=0)),
                name="reported_not_below_zero",
                violation_error_message="数值不能小于0。",
            ),
        ]
        indexes = [models.Index(fields=["unit", "key"])]

    def __str__(self) -> str:
        return f"{self.unit}：{self.indicator}"

    @property
    def is_complete(self) -> bool:
        """Of a ratio both numbers are there."""
        return self.number is not None and (self.below is not None or not self.indicator.is_ratio)

    @property
    def figure(self) -> Decimal | None:
        """What people read; None as well while a number is wanting."""
        if self.number is None or not self.is_complete:
            return None
        return figure(self.number, self.below if self.indicator.is_ratio else None)


class ValueRule(models.Model):
    """What reported figures of ``indicator`` must keep to: data, held by services.value_rule.

    A range (``low``, ``high``) holds the figure itself; ``not_more`` that it is not more than ``other`` (of a ratio
    without ``other``: that what is above the line is not more than what is below); ``change`` that it is off last
    period's by ``percent`` at the most. What breaks it is refused, or wants a reason.
    """

    class Kind(models.TextChoices):
        RANGE = "range", "数值范围"
        NOT_MORE = "not_more", "不大于另一个数"
        CHANGE = "change", "与上期相差"

    class Effect(models.TextChoices):
        REFUSE = "refuse", "不能保存"
        REASON = "reason", "须说明原因"

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="rules", verbose_name="指标")
    kind = models.CharField("校验内容", max_length=10, choices=Kind)
    effect = models.CharField("不符合时", max_length=8, choices=Effect, default=Effect.REASON)
    low = models.DecimalField("不小于", max_digits=14, decimal_places=2, null=True, blank=True)
    high = models.DecimalField("不大于", max_digits=14, decimal_places=2, null=True, blank=True)
    percent = models.PositiveIntegerField("相差百分之几", null=True, blank=True)
    other = models.ForeignKey(
        Indicator, models.CASCADE, null=True, blank=True, related_name="+", verbose_name="另一项指标"
    )

    class Meta:
        verbose_name = "校验规则"
        verbose_name_plural = "校验规则"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind="range") | models.Q(low__isnull=False) | models.Q(high__isnull=False),
                name="range_rule_has_a_bound",
                violation_error_message="请填写范围的下限或上限。",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="change") | models.Q(percent__isnull=False),
                name="change_rule_has_percent",
                violation_error_message="请填写与上期相差百分之几。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}：{self.get_kind_display()}"


class ValueComment(models.Model):
    """A word on a reported value that changes nothing."""

    value = models.ForeignKey(ReportedValue, models.CASCADE, related_name="comments")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.CharField("意见", max_length=500)
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = "数据意见"
        verbose_name_plural = "数据意见"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.text[:40]
