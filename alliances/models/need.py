"""What a school or county needs of a university (辨需求, 订单式): asked for once, taken by one, done or answered."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from alliances.states.need import NeedState


class NeedKind(models.Model):
    """What kind of help is ordered: 课、讲座、诊断、跟岗; the office's data."""

    name = models.CharField("名称", max_length=30, unique=True)
    order = models.PositiveSmallIntegerField("排列顺序")
    is_active = models.BooleanField("在用", default=True)

    class Meta:
        verbose_name = "需求类型"
        verbose_name_plural = "需求类型"
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name


class Need(models.Model):
    """One order of ``unit``.

    It is addressed to the university of ``partnership``; where ``is_open``, to every university of the alliance.
    ``taker`` is the university that has taken it, ``visitors`` says by their posts who comes, ``planned_on`` when;
    ``arrangement`` is what both sides have settled (hour, place). ``reason`` says why it came to nothing.
    """

    class Stage(models.TextChoices):
        KINDERGARTEN = "kindergarten", "学前"
        PRIMARY = "primary", "小学"
        JUNIOR = "junior", "初中"
        SENIOR = "senior", "高中"
        SEVERAL = "several", "多学段"

    class Urgency(models.IntegerChoices):
        NORMAL = 1, "一般"
        SOON = 2, "较急"
        URGENT = 3, "紧急"

    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="needs", verbose_name="提出单位")
    partnership = models.ForeignKey(
        "alliances.Partnership", models.PROTECT, null=True, blank=True, related_name="needs", verbose_name="结对"
    )
    is_open = models.BooleanField("向全联盟开放", default=False)
    state = models.CharField("状态", max_length=12, choices=NeedState, default=NeedState.PROPOSED)
    kind = models.ForeignKey(NeedKind, models.PROTECT, related_name="needs", verbose_name="类型")
    what = models.CharField("需要什么", max_length=100)
    details = models.TextField("具体要求", blank=True, default="")
    subject = models.CharField("学科", max_length=30, blank=True, default="")
    stage = models.CharField("学段", max_length=12, choices=Stage, blank=True, default="")
    wanted_by = models.DateField("希望最迟时间", null=True, blank=True)
    urgency = models.PositiveSmallIntegerField("紧急程度", choices=Urgency, default=Urgency.NORMAL)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField("提出时间", db_default=Now(), editable=False)
    taker = models.ForeignKey(
        "accounts.Unit", models.PROTECT, null=True, blank=True, related_name="needs_taken", verbose_name="认领高校"
    )
    visitors = models.CharField("来访人员", max_length=100, blank=True, default="")
    planned_on = models.DateField("日期", null=True, blank=True)
    arrangement = models.CharField("时间和地点", max_length=200, blank=True, default="")
    reason = models.TextField("原因", blank=True, default="")

    class Meta:
        verbose_name = "需求"
        verbose_name_plural = "需求"
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "wanted_by"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(partnership__isnull=False) | models.Q(is_open=True),
                name="need_is_addressed",
                violation_error_message="请选择向哪个结对高校提出。",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["claimed", "arranged", "done"])
                | models.Q(taker__isnull=False, planned_on__isnull=False) & ~models.Q(visitors=""),
                name="taken_need_says_who_and_when",
                violation_error_message="请写明由谁来、什么时间来。",
            ),
        ]

    def __str__(self) -> str:
        return self.what
