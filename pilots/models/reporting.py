"""When and over which desks units report their progress: data, with the defaults of DOMAIN.md (Reviews)."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone

from portal.accounts.roles import UnitKind
from portal.periods import Period


class ReportingCadence(models.Model):
    """How often is reported, and with which days: all count from the last day of the period.

    ``opens_before`` days earlier the office usually opens it, ``due_after`` days later the sheet is due, and
    ``locks_after`` days later the facts of the period can no longer change. A figure is odd where it is off last
    period's by ``odd_percent`` per cent or more and by ``odd_least`` at the least.
    """

    class Span(models.TextChoices):
        TERM = "term", "每学期"
        HALF_YEAR = "half_year", "每半年"
        SCHOOL_YEAR = "school_year", "每学年"

    span = models.CharField("周期", max_length=12, choices=Span, unique=True)
    opens_before = models.PositiveSmallIntegerField("期末前几天开放填报", default=45)
    due_after = models.PositiveSmallIntegerField("期末后几天截止", default=10)
    locks_after = models.PositiveSmallIntegerField("期末后几天锁定", default=30)
    reminds_before = models.PositiveSmallIntegerField("截止前几天提醒", default=3)
    odd_percent = models.PositiveSmallIntegerField("与上期相差百分之几算异常", default=50)
    odd_least = models.PositiveSmallIntegerField("至少相差多少才算异常", default=5)

    class Meta:
        verbose_name = "填报周期"
        verbose_name_plural = "填报周期"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.get_span_display()


class ReportingRule(models.Model):
    """Whether units of a kind report, how often, and which levels above them review before the province does."""

    unit_kind = models.CharField("单位类别", max_length=20, choices=UnitKind, unique=True)
    reports = models.BooleanField("填报", default=True)
    cadence = models.ForeignKey(ReportingCadence, models.PROTECT, related_name="rules", verbose_name="周期")
    reviewed_by = ArrayField(
        models.CharField(max_length=20, choices=UnitKind), default=list, blank=True, verbose_name="省级之前的审核层级"
    )

    class Meta:
        verbose_name = "填报规则"
        verbose_name_plural = "填报规则"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_unit_kind_display()}{self.cadence}"


class ReportingPeriod(models.Model):
    """One stretch of time that is reported on. ``key`` is a period's key in portal.periods.

    ``due`` and ``locks_on`` are days: in time is who submits on ``due`` at the latest; from the day after
    ``locks_on`` on nothing of the period can change.
    """

    cadence = models.ForeignKey(ReportingCadence, models.PROTECT, related_name="periods", verbose_name="周期")
    key = models.CharField(max_length=30)
    label = models.CharField("名称", max_length=60)
    during = DateRangeField("期间")
    due = models.DateField("截止日期")
    locks_on = models.DateField("锁定日期")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField("开放时间", db_default=Now(), editable=False)

    class Meta:
        verbose_name = "填报期"
        verbose_name_plural = "填报期"
        ordering = ["-during", "pk"]
        constraints = [
            ExclusionConstraint(
                name="reporting_periods_apart",
                expressions=[("cadence", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                violation_error_message="同一周期的填报期不能重叠，请核对起止日期。",
            ),
            models.CheckConstraint(
                condition=models.Q(locks_on__gte=models.F("due")),
                name="period_locks_after_due",
                violation_error_message="锁定日期早于截止日期，请核对。",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def span(self) -> Period:
        """The period with its first and last day, both included."""
        return Period(self.key, self.label, self.during.lower, self.during.upper - timedelta(days=1))


class ReportingException(models.Model):
    """Somebody named may still change and report what is locked, until a day, for a reason that is kept."""

    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="exceptions", verbose_name="填报期")
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name="单位")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="给谁")
    reason = models.CharField("理由", max_length=300)
    until = models.DateField("到哪天为止")
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="由谁同意")
    granted_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = "例外"
        verbose_name_plural = "例外"
        ordering = ["-granted_at", "-pk"]
        indexes = [models.Index(fields=["unit", "until"])]

    def __str__(self) -> str:
        return f"{self.unit} {self.user}"

    @property
    def is_over(self) -> bool:
        return self.until < timezone.localdate()
