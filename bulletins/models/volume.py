"""A bound volume (合订本): the final files of a range of issues as one PDF."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class Volume(models.Model):
    """One bound volume of the issues dated ``since``–``until``, both days included.

    ``key`` names exactly which final files it binds: ordered twice it is one volume. The file's fields
    are empty until the worker has made it.
    """

    periodical = models.ForeignKey("bulletins.Periodical", models.PROTECT, related_name="volumes")
    title = models.CharField("名称", max_length=60)
    since = models.DateField("起")
    until = models.DateField("止")
    issues = models.ManyToManyField("bulletins.Issue", related_name="volumes")
    key = models.CharField(max_length=64, unique=True, editable=False)
    job = models.OneToOneField("jobs.Job", models.PROTECT, null=True, related_name="volume")
    file = models.CharField(max_length=200, blank=True, default="")
    sha256 = models.CharField(max_length=64, blank=True, default="")
    size = models.PositiveIntegerField(default=0)
    pages = models.PositiveIntegerField(default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "合订本"
        verbose_name_plural = "合订本"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__gte=models.F("since")),
                name="volume_range_in_order",
                violation_error_message="截止日期早于开始日期，请核对。",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def file_name(self) -> str:
        """What the file is called when it is saved."""
        return f"{self.title}.pdf"
