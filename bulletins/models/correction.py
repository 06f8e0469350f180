"""更正: what a printed issue got wrong, and the notice in a later one that says so."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class Correction(models.Model):
    """One correction of a printed issue. The printed words stay as they are; the notice is linked both ways.

    ``entry_key`` names the entry in the issue's frozen content, ``called`` is how a list names it. ``notice``
    is the entry in which a later issue prints the correction; empty while no issue is open for it.
    """

    issue = models.ForeignKey("bulletins.Issue", models.PROTECT, related_name="corrections")
    entry_key = models.CharField(max_length=40)
    called = models.CharField(max_length=210)
    wrong = models.CharField("原文", max_length=500)
    right = models.CharField("应为", max_length=500)
    notice = models.OneToOneField(
        "bulletins.Entry", models.SET_NULL, null=True, editable=False, related_name="correction"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = "更正"
        verbose_name_plural = "更正"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.issue}：“{self.wrong}”应为“{self.right}”"
