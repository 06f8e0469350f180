"""Meetings (联席会议、协调会): who sits together when, what was decided, and what became of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from alliances.states.meeting import MeetingState


class JointMeeting(models.Model):
    """One meeting of a pair (``partnership``), of a joint body (``body``), or of whomever ``host`` invites.

    ``start``–``end`` are its days, both included; ``begins_at`` the hour of the first day where it is known.
    """

    class Kind(models.TextChoices):
        JOINT = "joint", "联席会议"
        COORDINATION = "coordination", "协调会"
        OTHER = "other", "其他会议"

    kind = models.CharField("类型", max_length=12, choices=Kind, default=Kind.JOINT)
    title = models.CharField("名称", max_length=100)
    state = models.CharField("状态", max_length=12, choices=MeetingState, default=MeetingState.PLANNED)
    host = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="meetings_hosted", verbose_name="召集单位")
    partnership = models.ForeignKey(
        "alliances.Partnership", models.PROTECT, null=True, blank=True, related_name="meetings", verbose_name="结对"
    )
    body = models.ForeignKey(
        "alliances.JointBody", models.PROTECT, null=True, blank=True, related_name="meetings", verbose_name="联合机构"
    )
    start = models.DateField("日期")
    end = models.DateField("结束日期")
    begins_at = models.TimeField("开始时间", null=True, blank=True)
    place = models.CharField("地点", max_length=200, blank=True, default="")
    minutes = models.TextField("纪要", blank=True, default="")
    minutes_sent_at = models.DateTimeField("纪要发出时间", null=True, editable=False)
    reason = models.TextField("取消的理由", blank=True, default="")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "会议"
        verbose_name_plural = "会议"
        ordering = ["-start", "-pk"]
        indexes = [models.Index(fields=["start"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end__gte=models.F("start")),
                name="meeting_ends_after_start",
                violation_error_message="结束日期早于开始日期，请核对。",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="minutes_sent")
                | ~models.Q(minutes="") & models.Q(minutes_sent_at__isnull=False),
                name="sent_minutes_are_written",
                violation_error_message="请先写好纪要，再发出。",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Invitation(models.Model):
    """A unit that is invited, and whether it came; ``people`` says by their posts who came for it."""

    class Attendance(models.TextChoices):
        UNKNOWN = "", "未登记"
        PRESENT = "present", "出席"
        EXCUSED = "excused", "请假"
        ABSENT = "absent", "缺席"

    meeting = models.ForeignKey(JointMeeting, models.CASCADE, related_name="invitations")
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name="单位")
    attendance = models.CharField("出席情况", max_length=8, choices=Attendance, blank=True, default="")
    people = models.CharField("出席人员", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = "参会单位"
        verbose_name_plural = "参会单位"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "unit"], name="unit_invited_once")]

    def __str__(self) -> str:
        return f"{self.meeting}：{self.unit}"

    @property
    def came(self) -> bool:
        return self.attendance == self.Attendance.PRESENT


class AgendaItem(models.Model):
    """One point of the agenda; ``speaker`` is a unit or post as text."""

    meeting = models.ForeignKey(JointMeeting, models.CASCADE, related_name="agenda")
    order = models.PositiveSmallIntegerField(default=0)
    text = models.CharField("议题", max_length=200)
    speaker = models.CharField("发言单位或人员", max_length=100, blank=True, default="")

    class Meta:
        verbose_name = "议题"
        verbose_name_plural = "议题"
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.text


class Decision(models.Model):
    """What was decided (议定事项): a unit does it, by a post of its own where that is said, until ``due``.

    ``work_item`` is the item of the work list that it became.
    """

    meeting = models.ForeignKey(JointMeeting, models.CASCADE, related_name="decisions")
    order = models.PositiveSmallIntegerField(default=0)
    text = models.CharField("议定事项", max_length=200)
    owner = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name="责任单位")
    owner_post = models.CharField("责任岗位", max_length=60, blank=True, default="")
    due = models.DateField("完成期限", null=True, blank=True)
    work_item = models.OneToOneField(
        "alliances.WorkItem", models.PROTECT, null=True, blank=True, related_name="decision", verbose_name="工作事项"
    )

    class Meta:
        verbose_name = "议定事项"
        verbose_name_plural = "议定事项"
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.text


class CalendarFeed(models.Model):
    """A person's own address under which a phone reads the meetings; only the token's hash is kept."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_feed")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField("开通时间", auto_now=True)

    class Meta:
        verbose_name = "日历订阅"
        verbose_name_plural = "日历订阅"

    def __str__(self) -> str:
        return f"{self.user}的日历订阅"
