"""What people decided while checking: findings let pass, passages that must stay as they are."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class OnOneText(models.Model):
    """Belongs to a report or to an entry. What was said of a report holds for every entry made from it."""

    submission = models.ForeignKey("bulletins.Submission", models.CASCADE, null=True, related_name="%(class)ss")
    entry = models.ForeignKey("bulletins.Entry", models.CASCADE, null=True, related_name="%(class)ss")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(submission__isnull=False, entry__isnull=True)
                | models.Q(submission__isnull=True, entry__isnull=False),
                name="%(class)s_on_one_text",
            )
        ]


class Waiver(OnOneText):
    """A finding that somebody let pass (忽略). ``passage`` is the finding with the words around it.

    It is known by rule and passage, not by place, so it outlives edits elsewhere in the text.
    """

    rule = models.CharField(max_length=30)
    passage = models.CharField(max_length=200)

    class Meta(OnOneText.Meta):
        verbose_name = "忽略的校对提示"
        verbose_name_plural = "忽略的校对提示"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.rule} {self.passage}"


class PassageLock(OnOneText):
    """A passage that a save may not change (原文锁定), until somebody releases it, which is kept too."""

    passage = models.TextField("锁定的文字")
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField(null=True)

    class Meta(OnOneText.Meta):
        verbose_name = "锁定的原文"
        verbose_name_plural = "锁定的原文"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.passage[:20]
