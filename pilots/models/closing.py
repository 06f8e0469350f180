"""封存: the figures of a period as they stood, with a hash, for good."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models.functions import Now

from portal.periods import Period


class FiguresClosing(models.Model):
    """All figures of one period, frozen. A correction is a new ``version`` with a ``reason``; none is ever changed.

    ``digest`` is the SHA-256 of the figures in their order (services.closing says of what exactly). Triggers refuse
    UPDATE and DELETE, of the figures as well.
    """

    key = models.CharField(max_length=30)
    label = models.CharField("期间", max_length=60)
    during = DateRangeField("起止")
    version = models.PositiveSmallIntegerField("版本", default=1)
    reason = models.CharField("更正的理由", max_length=300, blank=True, default="")
    digest = models.CharField("校验码", max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="封存人")
    at = models.DateTimeField("封存时间", db_default=Now(), editable=False)

    class Meta:
        verbose_name = "封存"
        verbose_name_plural = "封存"
        ordering = ["-during", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="closing_version_once"),
            models.CheckConstraint(
                condition=models.Q(version=1) | ~models.Q(reason=""),
                name="correction_has_reason",
                violation_error_message="请写明更正的理由。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}第{self.version}版"

    @property
    def span(self) -> Period:
        """The period with its first and last day, both included."""
        return Period(self.key, self.label, self.during.lower, self.during.upper - timedelta(days=1))


class ClosedFigure(models.Model):
    """One figure of a closing: of which indicator (``code``, ``name`` as it was called), for which thing.

    ``above`` is what was counted, ``below`` what it is divided by (of a ratio), ``value`` the figure people read; all
    empty where nothing was reported.
    """

    closing = models.ForeignKey(FiguresClosing, models.PROTECT, related_name="figures")
    code = models.CharField("指标代号", max_length=40)
    name = models.CharField("指标", max_length=80)
    measured_in = models.CharField("计量单位", max_length=10)
    level = models.CharField("考察层级", max_length=30)
    subject = models.BigIntegerField()
    subject_name = models.CharField("考察对象", max_length=100)
    above = models.DecimalField("分子", max_digits=16, decimal_places=2, null=True)
    below = models.DecimalField("分母", max_digits=16, decimal_places=2, null=True)
    value = models.DecimalField("数值", max_digits=16, decimal_places=4, null=True)

    class Meta:
        verbose_name = "封存的数据"
        verbose_name_plural = "封存的数据"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["closing", "code", "subject"], name="closed_figure_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.subject_name}"
