"""请单位核稿: the office's edited text goes back to the unit for a yes or corrections."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class Confirmation(models.Model):
    """One question to one unit. ``lead`` and ``text`` are the words as sent, whatever is edited afterwards.

    Asked about an entry of an issue, the words are the entry's and each report it was made of is asked for its unit.
    Asking again closes the open question and opens the next ``round``.
    """

    class Answer(models.TextChoices):
        NONE = "", "等待答复"
        AGREED = "agreed", "同意"
        CORRECTED = "corrected", "提出修改意见"
        CLOSED = "closed", "不必再答"

    submission = models.ForeignKey("bulletins.Submission", models.CASCADE, related_name="confirmations")
    entry = models.ForeignKey("bulletins.Entry", models.SET_NULL, null=True, related_name="confirmations")
    is_about_entry = models.BooleanField(default=False)
    round = models.PositiveSmallIntegerField("第几次")
    lead = models.CharField("导语", max_length=200, blank=True, default="")
    text = models.TextField("正文", blank=True, default="")
    note = models.CharField("请核对什么", max_length=500, blank=True, default="")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(db_default=Now())
    answer = models.CharField("答复", max_length=10, choices=Answer, blank=True, default=Answer.NONE)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answer_lead = models.CharField(max_length=200, blank=True, default="")
    answer_text = models.TextField(blank=True, default="")
    remarks = models.CharField("说明", max_length=1000, blank=True, default="")
    taken_over_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    taken_over_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "单位核稿"
        verbose_name_plural = "单位核稿"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["submission"], condition=models.Q(answer=""), name="one_open_confirmation"),
            models.UniqueConstraint(fields=["submission", "round"], name="confirmation_round_once"),
        ]

    def __str__(self) -> str:
        return f"{self.submission}（第{self.round}次核稿）"
