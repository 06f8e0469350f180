"""Tables that people uploaded, with what became of them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from portal.jobs.models import Job


class UploadedTable(models.Model):
    """A table, what a dry run said of its rows, and whether it was taken in.

    ``noun`` is a key of ``portal.exchange.registry``. ``outcomes`` holds the rows as ``Outcome.to_json`` writes them,
    but for those that change nothing; ``counts`` the number of rows by fate. ``digest`` names what was announced:
    only this is taken in. ``tries`` counts the imports that found another world than the dry run and kept nothing.
    """

    noun = models.CharField("表格", max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="上传人")
    file = models.CharField(max_length=200)
    file_name = models.CharField("文件名", max_length=255)
    uploaded_at = models.DateTimeField("上传时间", db_default=Now())
    check_job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    import_job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    refusal = models.TextField("不能读取的原因", blank=True, default="")
    counts = models.JSONField(default=dict)
    outcomes = models.JSONField(default=list)
    digest = models.CharField(max_length=64, blank=True, default="")
    tries = models.PositiveSmallIntegerField(default=0)
    imported_at = models.DateTimeField("导入时间", null=True)
    #: Accounts that the table opened, as user name and name, and what their first passwords follow from.
    opened = models.JSONField(default=list)
    seed = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        verbose_name = "上传的表格"
        verbose_name_plural = "上传的表格"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["by", "noun", "-id"], name="uploaded_table_own")]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_checked(self) -> bool:
        """A dry run has said what would become of every row."""
        return bool(self.digest)

    @property
    def is_clean(self) -> bool:
        return self.is_checked and not self.counts["wrong"]

    @property
    def changes_anything(self) -> bool:
        return self.is_checked and self.counts["same"] < sum(self.counts.values())

    @property
    def can_be_taken_in(self) -> bool:
        return self.imported_at is None and self.is_clean and self.changes_anything
