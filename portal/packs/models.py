"""年终材料: what a unit has to show for a year, put into one file by a worker."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from portal.periods import Period, parse_period


class Pack(models.Model):
    """One file with everything of ``unit`` in ``period``, as far as who asked may see it.

    ``period`` is the key of a school year or year in portal.periods. Its state is its job's. The file's fields are
    empty until the worker has made it; ``files`` counts what is in it, ``lost`` what should be and could not be read.
    It is kept for ``PACK_KEEP_DAYS``.
    """

    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="packs", verbose_name="单位")
    period = models.CharField("年度", max_length=9)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="由谁制作")
    asked_at = models.DateTimeField("开始时间", db_default=Now(), editable=False)
    job = models.OneToOneField("jobs.Job", models.PROTECT, null=True, related_name="pack")
    file = models.CharField(max_length=200, blank=True, default="")
    size = models.PositiveBigIntegerField("大小", default=0)
    sha256 = models.CharField("校验码", max_length=64, blank=True, default="")
    files = models.PositiveIntegerField("文件数", default=0)
    lost = models.PositiveIntegerField("未能读取的文件数", default=0)
    made_at = models.DateTimeField("制作完成时间", null=True)

    class Meta:
        verbose_name = "年终材料"
        verbose_name_plural = "年终材料"
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["unit", "period"])]

    def __str__(self) -> str:
        return f"{self.unit}{self.span.label}年终材料"

    @property
    def span(self) -> Period:
        """The year; only keys that can be read are ever stored."""
        period = parse_period(self.period)
        if period is None:
            raise ValueError(f"no period: {self.period}")
        return period

    @property
    def file_name(self) -> str:
        """What the file is called when it is saved."""
        return f"{self}.zip"

    @property
    def kept_until(self) -> datetime:
        """When it is deleted."""
        return self.asked_at + timedelta(days=settings.PACK_KEEP_DAYS)
