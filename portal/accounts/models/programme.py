"""The root of everything."""

from __future__ import annotations

from django.db import models


class Programme(models.Model):
    """A programme (行动): one row now, more later. ``name`` is what stands on the masthead."""

    name = models.CharField("名称", max_length=100, unique=True)
    short_name = models.CharField("简称", max_length=30)
    office_name = models.CharField("办公室名称", max_length=100)

    class Meta:
        verbose_name = "行动"
        verbose_name_plural = "行动"

    def __str__(self) -> str:
        return self.name
