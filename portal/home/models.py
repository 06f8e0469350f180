"""Figures as they were worked out, so that the page people decide by opens at once."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now


class FactsMark(models.Model):
    """How often facts have changed that figures are made of: one row, moved on after each change.

    A snapshot that was begun at an earlier number may be out of date.
    """

    number = models.PositiveBigIntegerField("变动次数", default=0)
    changed_at = models.DateTimeField("最近变动", db_default=Now())

    class Meta:
        verbose_name = "数字变动"
        verbose_name_plural = "数字变动"

    def __str__(self) -> str:
        return str(self.number)


class Snapshot(models.Model):
    """One board, or one of its maps, as worked out at ``mark`` for ``day``; computing it afresh gives the same.

    ``subject`` is ``unit:5`` or ``community:7``, ``period`` a key of portal.periods, ``figure`` what a map shows (the
    board itself has none). ``opened_at`` is when somebody looked at it last: what is looked at is kept up to date.
    """

    subject = models.CharField("对象", max_length=40)
    period = models.CharField("时段", max_length=40)
    figure = models.CharField("地图数字", max_length=80, blank=True, default="")
    content = models.JSONField("内容")
    mark = models.PositiveBigIntegerField("变动次数")
    day = models.DateField("截至日期")
    computed_at = models.DateTimeField("计算时间")
    opened_at = models.DateTimeField("最近查看", null=True)

    class Meta:
        verbose_name = "统计快照"
        verbose_name_plural = "统计快照"
        constraints = [models.UniqueConstraint(fields=["subject", "period", "figure"], name="snapshot_once")]

    def __str__(self) -> str:
        return f"{self.subject} {self.period} {self.figure}".strip()
