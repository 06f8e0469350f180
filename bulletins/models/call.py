"""What the office asks units to write about (约稿), and which units it asks."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from bulletins.states import CallState


class Call(models.Model):
    """One request for reports. A draft may be unfinished; ``deadline`` is the last day that is in time.

    A call of kind ``points`` (报送要点) goes to all reporting units once a month: whatever a unit sends in while it is
    open answers it, also without naming it. A call of kind ``case`` asks for cases in a ``frame`` instead of reports.
    ``reason`` says why it was closed or cancelled.
    """

    class Kind(models.TextChoices):
        TOPIC = "topic", "约稿"
        POINTS = "points", "报送要点"
        CASE = "case", "案例征集"

    kind = models.CharField("种类", max_length=10, choices=Kind, default=Kind.TOPIC)
    frame = models.ForeignKey(
        "bulletins.CaseFrame", models.PROTECT, null=True, blank=True, related_name="calls", verbose_name="案例框架"
    )
    state = models.CharField("状态", max_length=12, choices=CallState, default=CallState.DRAFT)
    topic = models.CharField("主题", max_length=100)
    wanted = models.TextField("要求", blank=True, default="")
    deadline = models.DateField("截止日期", null=True)
    reason = models.TextField("结束或取消的理由", blank=True, default="")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    updated_at = models.DateTimeField("更新时间", auto_now=True)
    sent_at = models.DateTimeField("发出时间", null=True)

    class Meta:
        verbose_name = "约稿"
        verbose_name_plural = "约稿"
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "deadline"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="draft") | models.Q(deadline__isnull=False, sent_at__isnull=False),
                name="call_sent_with_deadline",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="case", frame__isnull=False) | ~models.Q(kind="case") & models.Q(frame=None),
                name="call_for_cases_has_frame",
            ),
        ]

    def __str__(self) -> str:
        return self.topic or "（未填主题）"


class CallTarget(models.Model):
    """One unit that is asked. ``told`` names those whom the message went to: nobody, where it has no officer.

    ``answered_at`` is when its first report that still counts left the unit; a withdrawn one counts no longer, one
    that the office returned does. ``no_report_at`` is when the unit said 本次无稿, ``no_report_reason`` why.
    """

    call = models.ForeignKey(Call, models.CASCADE, related_name="targets")
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name="单位")
    added_at = models.DateTimeField(db_default=Now(), editable=False)
    told = models.JSONField("通知了谁", default=list)
    answered_at = models.DateTimeField("应稿时间", null=True)
    no_report_at = models.DateTimeField(null=True)
    no_report_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    no_report_reason = models.CharField("无稿的原因", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = "约稿对象"
        verbose_name_plural = "约稿对象"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["call", "unit"], name="unit_asked_once")]
        indexes = [models.Index(fields=["unit"], name="call_open_for_unit", condition=models.Q(answered_at=None))]

    def __str__(self) -> str:
        return f"{self.call}：{self.unit}"
