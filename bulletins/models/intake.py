"""Words on their way into a report: what a Word file or a paste held, and what was changed in them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class Intake(models.Model):
    """The last reading brought into a report, kept until its writer has looked through the changes.

    ``reading`` is a ``bulletins.reading.ReadDocument`` as JSON, ``refused`` the keys of its changes that the
    writer did not want. Until the words are placed ``start`` is None; then they stand in place of
    ``before_text[start:end]``. ``before_*`` is what stood in the report, to be brought back once; ``after_*``
    what the reading made of it, to tell whether somebody has typed since.
    """

    class Source(models.TextChoices):
        WORD = "word", "Word 文件"
        TEXT = "text", "正文"

    submission = models.OneToOneField("bulletins.Submission", models.CASCADE, related_name="intake")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    source = models.CharField(max_length=10, choices=Source)
    name = models.CharField("文件名", max_length=150, blank=True, default="")
    reading = models.JSONField()
    refused = models.JSONField(default=list)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    before_title = models.CharField(max_length=200, blank=True, default="")
    before_text = models.TextField(blank=True, default="")
    after_title = models.CharField(max_length=200, blank=True, default="")
    after_text = models.TextField(blank=True, default="")
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = "读入"
        verbose_name_plural = "读入"

    def __str__(self) -> str:
        return self.name or self.get_source_display()

    @property
    def is_placed(self) -> bool:
        return self.start is not None
