"""Defined figures, and the values they shall reach."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models.functions import Now

from pilots.pace import silent_word


class Force(models.TextChoices):
    """How binding a target is (DOMAIN.md, glossary)."""

    MUST = "must", "必达"
    STRIVE = "strive", "力争"
    NORMAL = "normal", "一般"
    ENCOURAGED = "encouraged", "鼓励"


class IndicatorSet(models.Model):
    """Indicators that belong together because one document asks for them: 南昌 1+N, 江门 2023—2027, 五个一批."""

    name = models.CharField("名称", max_length=60, unique=True)
    source = models.CharField("依据文件", max_length=200, blank=True, default="")
    order = models.PositiveSmallIntegerField("排列顺序", default=0)
    is_active = models.BooleanField("在用", default=True)

    class Meta:
        verbose_name = "指标组"
        verbose_name_plural = "指标组"
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name


class Indicator(models.Model):
    """A figure as data: what it means, where it comes from, how it is counted, judged and added up.

    ``measure`` with its ``parameters`` (portal.measures) counts it for each thing of ``level``; a ratio divides by
    ``denominator`` and is given in per cent. Without a measure it is reported by units of ``reported_by``, of a ratio
    what is above the line and what below (``above_label``, ``below_label``); ``entered_above``: the area that a unit
    lies in may enter for it. Reached below ``attention_percent`` of what is expected by today is 需关注, below
    ``late_percent`` 滞后. ``usual_value`` and ``usual_until`` are what the clause asks for: a target begins with them.
    """

    class Direction(models.TextChoices):
        AT_LEAST = "at_least", "不少于"
        AT_MOST = "at_most", "不超过"

    class PeriodKind(models.TextChoices):
        TERM = "term", "每学期"
        SCHOOL_YEAR = "school_year", "每学年"
        YEAR = "year", "每年"
        SPAN = "span", "整个期限"

    class AddingUp(models.TextChoices):
        SUM = "sum", "合计"
        RATIO_OF_SUMS = "ratio_of_sums", "分子分母分别合计后相除"
        SHARE_PASSING = "share_passing", "达标的比例"
        MINIMUM = "minimum", "取最低"

    belongs_to = models.ForeignKey(
        IndicatorSet, models.PROTECT, null=True, blank=True, related_name="indicators", verbose_name="指标组"
    )
    code = models.SlugField("代号", max_length=40, unique=True)
    name = models.CharField("名称", max_length=80)
    definition = models.CharField("含义", max_length=300, blank=True, default="")
    clause = models.CharField("依据", max_length=200, blank=True, default="")
    direction = models.CharField("方向", max_length=10, choices=Direction, default=Direction.AT_LEAST)
    unit = models.CharField("计量单位", max_length=10)
    is_ratio = models.BooleanField("比率", default=False)
    period_kind = models.CharField("周期", max_length=12, choices=PeriodKind)
    level = models.CharField("考察层级", max_length=30)
    reported_by = models.CharField("填报层级", max_length=30, blank=True, default="")
    entered_above = models.BooleanField("可由所在地区代填", default=False)
    above_label = models.CharField("分子名称", max_length=40, blank=True, default="")
    below_label = models.CharField("分母名称", max_length=40, blank=True, default="")
    adding_up = models.CharField("汇总方式", max_length=20, choices=AddingUp, default=AddingUp.SUM)
    evidence = models.CharField("佐证要求", max_length=200, blank=True, default="")
    force = models.CharField("通常约束力", max_length=12, choices=Force, default=Force.NORMAL)
    usual_value = models.DecimalField("通常目标值", max_digits=12, decimal_places=2, null=True, blank=True)
    usual_until = models.DateField("通常完成期限", null=True, blank=True)
    measure = models.CharField("计算方法", max_length=40, blank=True, default="")
    parameters = models.JSONField("计算参数", default=dict, blank=True)
    denominator = models.CharField("分母计算方法", max_length=40, blank=True, default="")
    denominator_parameters = models.JSONField("分母计算参数", default=dict, blank=True)
    attention_percent = models.PositiveSmallIntegerField("低于应达进度百分之几为需关注", default=90)
    late_percent = models.PositiveSmallIntegerField("低于应达进度百分之几为滞后", default=60)
    order = models.PositiveSmallIntegerField("排列顺序", default=0)
    is_active = models.BooleanField("在用", default=True)

    class Meta:
        verbose_name = "指标"
        verbose_name_plural = "指标"
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(late_percent__lte=models.F("attention_percent"), attention_percent__lte=100),
                name="indicator_thresholds_in_order",
                violation_error_message="“滞后”的界线须低于“需关注”的界线，且都不超过100。",
            ),
            models.CheckConstraint(
                condition=models.Q(denominator="") | models.Q(is_ratio=True),
                name="denominator_of_ratio_only",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_reported(self) -> bool:
        """Whether units report it, because the portal cannot count it itself."""
        return not self.measure and bool(self.reported_by)

    @property
    def silent_word(self) -> str:
        """What is said of those who have added nothing to it."""
        return silent_word(is_reported=self.is_reported)


class Target(models.Model):
    """The value that an indicator shall reach in ``area``, for each thing of the indicator's level there.

    It holds in every period of the indicator's kind that lies within ``during`` (of a period that lies there in
    part, for that part); where the indicator's period is the whole span, ``during`` is that span and its end the
    deadline. ``among`` narrows to one kind (of communities).
    """

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="targets", verbose_name="指标")
    area = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="targets", verbose_name="适用地区或单位")
    among = models.CharField("适用类型", max_length=30, blank=True, default="")
    value = models.DecimalField("目标值", max_digits=12, decimal_places=2)
    force = models.CharField("约束力", max_length=12, choices=Force)
    during = DateRangeField("适用时间")
    basis = models.CharField("依据", max_length=200, blank=True, default="")
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = "目标"
        verbose_name_plural = "目标"
        ordering = ["indicator__order", "area__official_order", "-during", "pk"]
        constraints = [
            ExclusionConstraint(
                name="one_target_at_a_time",
                expressions=[
                    ("indicator", RangeOperators.EQUAL),
                    ("area", RangeOperators.EQUAL),
                    ("among", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
                violation_error_message="这项指标在该范围、该时间已有目标，请修改原来的目标，或让它先结束。",
            ),
            models.CheckConstraint(
                condition=models.Q(value__gte=0),
                name="target_not_below_zero",
                violation_error_message="目标值不能小于0。",
            ),
            models.CheckConstraint(
                condition=models.Q(during__isempty=False, during__upper_inf=False, during__lower_inf=False),
                name="target_has_deadline",
                violation_error_message="请填写目标的起止日期，结束日期不能早于开始日期。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area}：{self.indicator}"


class TargetMilestone(models.Model):
    """What a target shall have reached by ``day``, on its way to its value."""

    target = models.ForeignKey(Target, models.CASCADE, related_name="milestones")
    day = models.DateField("日期")
    value = models.DecimalField("应达到", max_digits=12, decimal_places=2)

    class Meta:
        verbose_name = "中途节点"
        verbose_name_plural = "中途节点"
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(
                fields=["target", "day"],
                name="target_milestone_once_a_day",
                violation_error_message="同一天只能有一个中途节点。",
            ),
            models.CheckConstraint(
                condition=models.Q(value__gte=0),
                name="target_milestone_not_below_zero",
                violation_error_message="中途节点的数值不能小于0。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target} {self.day}"
