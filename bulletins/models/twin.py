"""Two reports that seem to tell the same."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class Twin(models.Model):
    """A pair of reports flagged as 疑似重复; ``second`` came in after ``first``.

    ``likeness`` is the share (0–100) of the shorter text that stands in the other. An editor who says that
    they are two things is kept with name and time, and the pair is not flagged again.
    """

    class Reason(models.TextChoices):
        EVENT = "event", "同一天、同一批单位的活动"
        TEXT = "text", "文字大部分相同"

    first = models.ForeignKey("bulletins.Submission", models.CASCADE, related_name="twins_after")
    second = models.ForeignKey("bulletins.Submission", models.CASCADE, related_name="twins_before")
    reason = models.CharField(max_length=10, choices=Reason)
    likeness = models.PositiveSmallIntegerField()
    found_at = models.DateTimeField(db_default=Now())
    dismissed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    dismissed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "疑似重复"
        verbose_name_plural = "疑似重复"
        ordering = ["-likeness", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="twin_once"),
            models.CheckConstraint(condition=~models.Q(first=models.F("second")), name="twin_of_another"),
        ]

    def __str__(self) -> str:
        return f"{self.first} ~ {self.second}"
