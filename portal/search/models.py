"""The index of what can be found, what of it is out of date, and the searches that people keep.

The index holds words and a day, nothing that decides who may see a thing or that filters ask about: both are asked of
the things themselves, so that neither is ever out of date.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Now


class Audience(models.TextChoices):
    """For whom a row is, where a thing reads differently to the unit and to the office.

    A thing that reads alike to everybody who may see it has one row of ``ALL``; else it has one of ``UNIT`` and one
    of ``OFFICE``, and who searches is given one of the two.
    """

    ALL = "", "所有能看到的人"
    UNIT = "unit", "单位"
    OFFICE = "office", "省协同提质办"


class Findable(models.Model):
    """The words of one thing as one audience reads it.

    ``source`` is the name under which an app registered its kind (``portal.search.registry``), ``object_id`` the
    thing's key. ``text`` is as written, for showing finds; ``folded`` is all that can be found in folded form
    (``portal.text.folding``), ``grams`` the numbers of its characters and pairs. ``day`` orders finds, the latest
    first; what has no day (a unit) stands before all. ``unit`` is whose it is: its name is found as well.
    """

    source = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.ALL, blank=True)
    unit = models.ForeignKey("accounts.Unit", models.CASCADE, null=True, related_name="+")
    day = models.DateField(null=True)
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True, default="")
    folded = models.TextField(blank=True, default="")
    grams = ArrayField(models.IntegerField(), default=list)

    class Meta:
        verbose_name = "可查找的内容"
        verbose_name_plural = "可查找的内容"
        constraints = [
            models.UniqueConstraint(fields=["source", "object_id", "audience"], name="findable_once_for_each_audience")
        ]
        indexes = [
            # Written at once and not gathered first: a search shall never read through a list of late entries.
            GinIndex(fields=["grams"], name="findable_grams", fastupdate=False),
            models.Index(fields=["source", "-day", "-object_id"], name="findable_latest"),
        ]

    def __str__(self) -> str:
        return self.title


class Stale(models.Model):
    """A thing whose rows in the index are out of date; written by triggers in the transaction of the change."""

    source = models.CharField(max_length=20)
    object_id = models.BigIntegerField()

    class Meta:
        verbose_name = "待更新的内容"
        verbose_name_plural = "待更新的内容"

    def __str__(self) -> str:
        return f"{self.source} {self.object_id}"


class FileText(models.Model):
    """What was read from a file, once; empty where the file holds no text or could not be read."""

    attachment = models.OneToOneField("files.Attachment", models.CASCADE, related_name="+")
    text = models.TextField(blank=True, default="")
    read_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "附件文字"
        verbose_name_plural = "附件文字"

    def __str__(self) -> str:
        return str(self.attachment)


class SavedSearch(models.Model):
    """A search that a person keeps under a name; ``query`` is the part of the address after the question mark."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_searches")
    name = models.CharField("名称", max_length=30)
    query = models.CharField(max_length=1500)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "常用查找"
        verbose_name_plural = "常用查找"
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="saved_search_name_once")]

    def __str__(self) -> str:
        return self.name
