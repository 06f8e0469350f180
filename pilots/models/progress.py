"""学期确认单: what a unit confirms of a period, and its way over the desks that review it."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone

from pilots.states.progress import DoubtState, ProgressState

#: The words that a unit adds, by field, as they are called on the sheet.
WORDS = {"outcomes": "成效", "difficulties": "困难", "next_steps": "下步打算"}


class ProgressReport(models.Model):
    """One unit's report on one period (DOMAIN.md, "Report once, use thrice").

    While it is with its unit the sheet shows what the portal knows at the moment; what was submitted is frozen in a
    :class:`ProgressVersion`. ``route`` are the desks fixed at submission (queries.progress_route.Desk as JSON), ``at``
    the unit whose desk it lies on. ``hands`` are the people who had it in hand since it was submitted, or had it
    done for them (代办): nobody reviews what he submitted or has passed before. ``above`` are the units that see it:
    those it stood under in the period and those on its way. ``turn`` counts the steps, so that a click on an old page
    is noticed; ``version`` the edits.
    """

    period = models.ForeignKey("pilots.ReportingPeriod", models.PROTECT, related_name="reports", verbose_name="填报期")
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="progress_reports", verbose_name="单位")
    during = DateRangeField(editable=False)
    state = models.CharField("状态", max_length=20, choices=ProgressState, default=ProgressState.DRAFT)
    outcomes = models.TextField("成效", blank=True, default="")
    difficulties = models.TextField("困难", blank=True, default="")
    next_steps = models.TextField("下步打算", blank=True, default="")
    version = models.PositiveIntegerField(default=0)
    turn = models.PositiveIntegerField(default=0)
    route = models.JSONField(default=list)
    at = models.ForeignKey("accounts.Unit", models.PROTECT, null=True, related_name="+", verbose_name="审核单位")
    hands = ArrayField(models.BigIntegerField(), default=list)
    above = ArrayField(models.BigIntegerField(), default=list)
    has_lone_desk = models.BooleanField("一人审核", default=False)
    findings = models.JSONField(default=list)
    is_clean = models.BooleanField("无异常", default=False)
    reason = models.TextField("退回的理由", blank=True, default="")
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField("提交时间", null=True)
    first_submitted_at = models.DateTimeField("首次提交时间", null=True)
    confirmed_at = models.DateTimeField("确认时间", null=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = "学期确认单"
        verbose_name_plural = "学期确认单"
        ordering = ["-during", "unit__official_order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["period", "unit"], name="progress_report_once"),
            ExclusionConstraint(
                name="progress_reports_apart",
                expressions=[("unit", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                violation_error_message="该单位在这段时间已有一份确认单，不能重叠。",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "at"]),
            GinIndex(fields=["above"], name="progress_report_above"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.period}"

    def punctuality(self, today: date) -> str:
        """按时 · 逾期 · 未提交, by when it was submitted first; a return takes nothing of being in time."""
        if self.first_submitted_at is None:
            return "逾期未提交" if today > self.period.due else "未提交"
        return "按时" if timezone.localdate(self.first_submitted_at) <= self.period.due else "逾期"


class ProgressVersion(models.Model):
    """What was submitted, as it was read on that day: sections with their lines and figures, and the words."""

    report = models.ForeignKey(ProgressReport, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField("第几次提交")
    content = models.JSONField()
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField("提交时间")

    class Meta:
        verbose_name = "提交的内容"
        verbose_name_plural = "提交的内容"
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="progress_version_once")]

    def __str__(self) -> str:
        return f"{self.report} 第{self.number}次提交"


class ProgressComment(models.Model):
    """A word of a reviewing desk or of the unit that moves nothing."""

    report = models.ForeignKey(ProgressReport, models.CASCADE, related_name="comments")
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField("意见")
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = "意见"
        verbose_name_plural = "意见"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.text[:40]


class ProgressDoubt(models.Model):
    """不准确: a line of the sheet that its unit holds to be wrong, what is right, and what its owner says to that."""

    report = models.ForeignKey(ProgressReport, models.CASCADE, related_name="doubts")
    state = models.CharField("状态", max_length=12, choices=DoubtState, default=DoubtState.OPEN)
    key = models.CharField(max_length=60)
    line = models.TextField("原有记录")
    right = models.TextField("应为")
    owner = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name="由谁核对")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now(), editable=False)
    answer = models.TextField("核对说明", blank=True, default="")
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "有出入的记录"
        verbose_name_plural = "有出入的记录"
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "key"], condition=models.Q(state=DoubtState.OPEN), name="line_doubted_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.line}"[:80]
