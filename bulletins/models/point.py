"""What the office wants changed, paragraph by paragraph, when it returns a report."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class ReturnPoint(models.Model):
    """One point of a return (退回要点), anchored to a paragraph of the unit's text by the words it then had.

    ``round`` counts the office's returns of this report; ``paragraph`` (from 0) is the place of ``quote`` in the
    text as returned. The unit ticks it: changed, or left with a word why.
    """

    class Answer(models.TextChoices):
        NONE = "", "未答复"
        DONE = "done", "已改"
        KEPT = "kept", "未改，已说明"

    submission = models.ForeignKey("bulletins.Submission", models.CASCADE, related_name="points")
    round = models.PositiveSmallIntegerField("第几次退回")
    paragraph = models.PositiveSmallIntegerField("段落")
    quote = models.TextField("原文")
    wish = models.CharField("修改意见", max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(db_default=Now())
    answer = models.CharField("答复", max_length=10, choices=Answer, blank=True, default=Answer.NONE)
    reply = models.CharField("说明", max_length=500, blank=True, default="")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "退回要点"
        verbose_name_plural = "退回要点"
        ordering = ["-round", "paragraph", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "round", "paragraph"], name="point_once_a_paragraph")
        ]

    def __str__(self) -> str:
        return self.wish
