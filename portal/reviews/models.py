"""Which levels collect what the units under them report. Data: areas differ (DOMAIN.md, Reviews)."""

from __future__ import annotations

from django.db import models

from portal.accounts.roles import UnitKind


class CollectingLevel(models.Model):
    """Whether a unit of ``parent_kind`` collects the reports of units of ``unit_kind`` right under it.

    What is not in the table is not collected: such a report goes past that level.
    """

    unit_kind = models.CharField("下级单位", max_length=20, choices=UnitKind)
    parent_kind = models.CharField("上级单位", max_length=20, choices=UnitKind)
    collects = models.BooleanField("由上级汇总转报", default=True)

    class Meta:
        verbose_name = "报送层级"
        verbose_name_plural = "报送层级"
        ordering = ["unit_kind", "parent_kind"]
        constraints = [models.UniqueConstraint(fields=["unit_kind", "parent_kind"], name="collecting_level_once")]

    def __str__(self) -> str:
        return f"{self.get_unit_kind_display()} → {self.get_parent_kind_display()}"
