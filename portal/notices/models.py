"""What people are told, and how each wants to be told by e-mail."""

from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.functions import Now


class MailChoice(models.TextChoices):
    """How a person wants messages by e-mail; in the portal they stand always."""

    AT_ONCE = "at_once", "随时发送"
    DAILY = "daily", "每天汇总一封"
    NEVER = "never", "不发邮件"


class MailState(models.TextChoices):
    """Where the e-mail of one notice is. A delayed notice is settled when its time has come."""

    WAITING = "waiting", "未到发送时间"
    AT_ONCE = "at_once", "待发送"
    DAILY = "daily", "待每日汇总"
    SENT = "sent", "已发送"
    FAILED = "failed", "未能送达"
    NONE = "none", "不发邮件"


class Notice(models.Model):
    """One message to one person. ``occasion`` names the event, so that nobody is told of it twice.

    It is neither shown nor mailed before ``ready_at``; ``why`` says why this person gets it. The words are
    plain text and stay as they were written, whatever becomes of the object.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    occasion = models.CharField(max_length=150)
    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.BigIntegerField()
    subject = models.CharField("标题", max_length=200)
    body = models.TextField("内容", blank=True, default="")
    url = models.CharField(max_length=300)
    why = models.CharField("收到原因", max_length=200)
    created_at = models.DateTimeField(db_default=Now())
    ready_at = models.DateTimeField("时间")
    read_at = models.DateTimeField("阅读时间", null=True)
    mail = models.CharField("邮件", max_length=10, choices=MailState, default=MailState.NONE)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "消息"
        verbose_name_plural = "消息"
        ordering = ["-ready_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "occasion"], name="told_once")]
        indexes = [
            models.Index(fields=["user", "-ready_at"]),
            models.Index(fields=["content_type", "object_id"]),
            models.Index(fields=["user", "ready_at"], name="notice_unread", condition=models.Q(read_at__isnull=True)),
            models.Index(
                fields=["mail", "ready_at"],
                name="notice_to_mail",
                condition=models.Q(mail__in=["waiting", "at_once", "daily"]),
            ),
        ]

    def __str__(self) -> str:
        return self.subject


class NoticePreference(models.Model):
    """A person's own choice; without a row the default holds: at once, to the address of the account."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notice_preference")
    mail = models.CharField("邮件提醒", max_length=10, choices=MailChoice, default=MailChoice.AT_ONCE)
    weekly = models.BooleanField("每周待办汇总", default=True)

    class Meta:
        verbose_name = "消息设置"
        verbose_name_plural = "消息设置"

    def __str__(self) -> str:
        return f"{self.user} {self.get_mail_display()}"
