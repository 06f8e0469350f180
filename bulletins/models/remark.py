"""批示: what a leader wrote on an issue, the units it was passed to, and their answers."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from bulletins.states import FollowUpState, RemarkState


class LeaderRemark(models.Model):
    """A leader's remark on an issue or on one of its entries.

    ``leader`` is the account of the leader where there is one; ``leader_name`` is what is shown. ``written_on``
    is the day on the paper. ``recorded_by`` is the leader himself, or who recorded it for him, with the
    scan of the paper among its files. The words stay as they were recorded.
    """

    issue = models.ForeignKey("bulletins.Issue", models.PROTECT, related_name="remarks")
    entry_key = models.CharField(max_length=40, blank=True, default="")
    entry_name = models.CharField("条目", max_length=200, blank=True, default="")
    leader = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="remarks")
    leader_name = models.CharField("批示人", max_length=50)
    text = models.TextField("批示内容")
    written_on = models.DateField("批示日期")
    state = models.CharField("状态", max_length=20, choices=RemarkState, default=RemarkState.RECORDED)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "批示"
        verbose_name_plural = "批示"
        ordering = ["-written_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.leader_name}对{self.issue}的批示"


class FollowUp(models.Model):
    """What one unit has to say to a remark: ``answer`` is its 落实情况反馈."""

    remark = models.ForeignKey(LeaderRemark, models.CASCADE, related_name="follow_ups")
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="follow_ups", verbose_name="单位")
    state = models.CharField("状态", max_length=20, choices=FollowUpState, default=FollowUpState.OPEN)
    request = models.TextField("办理要求", blank=True, default="")
    due = models.DateField("反馈期限", null=True)
    passed_at = models.DateTimeField("转办时间", db_default=Now())
    answer = models.TextField("落实情况", blank=True, default="")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField("反馈时间", null=True)
    reason = models.TextField("请补充的内容", blank=True, default="")

    class Meta:
        verbose_name = "落实情况"
        verbose_name_plural = "落实情况"
        ordering = ["unit__official_order", "unit__name", "pk"]
        constraints = [models.UniqueConstraint(fields=["remark", "unit"], name="remark_passed_once")]

    def __str__(self) -> str:
        return f"{self.unit}：{self.remark}"
