"""Comments: inside the office, and between office and unit. Two tables, so that no query can mix them up."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class Comment(models.Model):
    """What both kinds have: words, who, when, and who is mentioned by name."""

    text = models.TextField("内容")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())
    mentions = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")

    class Meta:
        abstract = True
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.text[:30]


class OfficeComment(Comment):
    """内部讨论: about a report, an issue or one of its entries; read in the office alone, never by a unit.

    A comment on an entry belongs to its issue and outlives the entry.
    """

    submission = models.ForeignKey("bulletins.Submission", models.CASCADE, null=True, related_name="+")
    issue = models.ForeignKey("bulletins.Issue", models.CASCADE, null=True, related_name="+")
    entry = models.ForeignKey("bulletins.Entry", models.SET_NULL, null=True, related_name="+")

    class Meta(Comment.Meta):
        verbose_name = "内部讨论"
        verbose_name_plural = "内部讨论"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(submission__isnull=True) ^ models.Q(issue__isnull=True),
                name="comment_about_one_thing",
            )
        ]


class UnitComment(Comment):
    """致单位: what the office writes to the unit about its report, and what the unit answers."""

    submission = models.ForeignKey("bulletins.Submission", models.CASCADE, related_name="+")
    from_unit = models.BooleanField("单位答复", default=False)

    class Meta(Comment.Meta):
        verbose_name = "与单位的往来"
        verbose_name_plural = "与单位的往来"
