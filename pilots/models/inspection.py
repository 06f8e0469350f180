"""督导、检查: a visit by the office or a prefecture, what was found in each unit, and what has to be put right.

S0 names 检查 and 督导 among the mechanisms of the programme.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone

from pilots.states.inspection import CorrectionState, InspectionState


class ChecklistTemplate(models.Model):
    """A checklist to start from: data. An inspection copies its lines, so a later change touches no inspection."""

    name = models.CharField(
        "名称", max_length=60, unique=True, error_messages={"unique": "已有同名的检查清单，请换一个名称。"}
    )
    is_active = models.BooleanField("在用", default=True)

    class Meta:
        verbose_name = "检查清单"
        verbose_name_plural = "检查清单"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ChecklistLine(models.Model):
    """One thing to look at, and how."""

    template = models.ForeignKey(ChecklistTemplate, models.CASCADE, related_name="lines")
    name = models.CharField("检查内容", max_length=100)
    how = models.CharField("检查方式", max_length=300, blank=True, default="")
    order = models.PositiveSmallIntegerField("排列顺序")

    class Meta:
        verbose_name = "检查内容"
        verbose_name_plural = "检查内容"
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["template", "order"], name="checklist_order_once")]

    def __str__(self) -> str:
        return self.name


class Inspection(models.Model):
    """One visit to several units; both days are included. ``inspectors`` are posts and names as text."""

    name = models.CharField("名称", max_length=100)
    led_by = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="inspections", verbose_name="检查单位")
    state = models.CharField("状态", max_length=12, choices=InspectionState, default=InspectionState.PREPARING)
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期")
    inspectors = models.CharField("检查人员", max_length=300, blank=True, default="")
    note = models.TextField("检查要求", blank=True, default="")
    summary = models.TextField("总体情况", blank=True, default="")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    reported_at = models.DateTimeField("反馈时间", null=True, editable=False)

    class Meta:
        verbose_name = "督导检查"
        verbose_name_plural = "督导检查"
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="inspection_ends_after_start",
                violation_error_message="结束日期早于开始日期，请核对。",
            )
        ]

    def __str__(self) -> str:
        return self.name


class InspectionItem(models.Model):
    """One line of an inspection's own checklist, copied from a template or written for it."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="items")
    name = models.CharField("检查内容", max_length=100)
    how = models.CharField("检查方式", max_length=300, blank=True, default="")
    order = models.PositiveSmallIntegerField("排列顺序")

    class Meta:
        verbose_name = "检查内容"
        verbose_name_plural = "检查内容"
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["inspection", "order"], name="inspection_item_order_once")]

    def __str__(self) -> str:
        return self.name


class InspectedUnit(models.Model):
    """One school or county that is visited, and what is said of it as a whole."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="inspected")
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name="受检单位")
    visited_on = models.DateField("检查日期", null=True, blank=True)
    remark = models.TextField("总体评价", blank=True, default="")

    class Meta:
        verbose_name = "受检单位"
        verbose_name_plural = "受检单位"
        ordering = ["unit__official_order", "unit__name", "pk"]
        constraints = [models.UniqueConstraint(fields=["inspection", "unit"], name="unit_inspected_once")]

    def __str__(self) -> str:
        return f"{self.unit}（{self.inspection}）"


class Finding(models.Model):
    """What was found in a unit about one line of the checklist."""

    class Result(models.TextChoices):
        MET = "met", "符合"
        PARTLY = "partly", "基本符合"
        UNMET = "unmet", "不符合"
        NOT_SEEN = "not_seen", "未检查"

    inspected = models.ForeignKey(InspectedUnit, models.CASCADE, related_name="findings")
    item = models.ForeignKey(InspectionItem, models.CASCADE, related_name="+")
    result = models.CharField("结果", max_length=10, choices=Result)
    remark = models.CharField("说明", max_length=500, blank=True, default="")

    class Meta:
        verbose_name = "检查结果"
        verbose_name_plural = "检查结果"
        ordering = ["item__order"]
        constraints = [models.UniqueConstraint(fields=["inspected", "item"], name="item_found_once")]

    def __str__(self) -> str:
        return f"{self.item}：{self.get_result_display()}"


class Correction(models.Model):
    """Something a unit has to put right by ``due``; ``remark`` is what the inspectors last said of its answer."""

    inspected = models.ForeignKey(InspectedUnit, models.CASCADE, related_name="corrections")
    state = models.CharField("状态", max_length=12, choices=CorrectionState, default=CorrectionState.OPEN)
    what = models.TextField("整改事项")
    due = models.DateField("整改期限")
    answer = models.TextField("整改情况", blank=True, default="")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField("报告时间", null=True, editable=False)
    remark = models.TextField("核对意见", blank=True, default="")
    closed_at = models.DateTimeField("销号时间", null=True, editable=False)

    class Meta:
        verbose_name = "整改事项"
        verbose_name_plural = "整改事项"
        ordering = ["due", "pk"]
        indexes = [models.Index(fields=["state", "due"])]

    def __str__(self) -> str:
        return self.what.replace("\n", " ")[:60]

    @property
    def days_late(self) -> int:
        """By how many days it is late today; what was answered is late only if it was answered late."""
        until = timezone.localdate()
        if self.state != CorrectionState.OPEN and self.answered_at:
            until = timezone.localtime(self.answered_at).date()
        elif self.state == CorrectionState.CLOSED and self.closed_at:
            until = timezone.localtime(self.closed_at).date()
        return max(0, (until - self.due).days)
