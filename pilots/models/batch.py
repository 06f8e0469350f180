"""五个一批 (赣教基字〔2023〕39号)."""

from __future__ import annotations

from django.db import models


class Batch(models.Model):
    """One of the five. ``words`` are what a text says when it means this batch, separated by blanks."""

    programme = models.ForeignKey("accounts.Programme", models.PROTECT, related_name="batches")
    name = models.CharField("名称", max_length=60)
    short_name = models.CharField("简称", max_length=20)
    words = models.CharField("识别用词", max_length=200, blank=True, default="")
    order = models.PositiveSmallIntegerField("排列顺序")

    class Meta:
        verbose_name = "五个一批"
        verbose_name_plural = "五个一批"
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["programme", "order"], name="batch_order_once")]

    def __str__(self) -> str:
        return self.name
