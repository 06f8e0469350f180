"""Points for reports (积分): rules as data, in versions that begin on a day."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from portal.accounts.roles import UnitKind


class PointScheme(models.Model):
    """One version of the rules: in force for reports sent in on ``since`` or later, until the next begins.

    No source gives values, so none are shipped: without a scheme the ledger shows no points.
    """

    since = models.DateField("自", unique=True, error_messages={"unique": "这一天已有一套计分规则。"})
    note = models.CharField("依据", max_length=200, blank=True, default="")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "计分规则"
        verbose_name_plural = "计分规则"
        ordering = ["-since"]

    def __str__(self) -> str:
        return f"{self.since}起"


class PointRule(models.Model):
    """What an act is worth, for a section and a kind of unit where these are given, else for all."""

    class Act(models.TextChoices):
        SUBMITTED = "submitted", "报送"
        ADOPTED = "adopted", "采用"
        PRINTED = "printed", "编发"

    scheme = models.ForeignKey(PointScheme, models.CASCADE, related_name="rules")
    act = models.CharField("事项", max_length=12, choices=Act)
    section = models.ForeignKey(
        "bulletins.Section", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="栏目"
    )
    unit_kind = models.CharField("单位类别", max_length=20, choices=UnitKind, blank=True, default="")
    points = models.DecimalField("分值", max_digits=5, decimal_places=1)

    class Meta:
        verbose_name = "分值"
        verbose_name_plural = "分值"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "act", "section", "unit_kind"],
                nulls_distinct=False,
                name="point_rule_once",
                violation_error_message="同一事项、栏目和单位类别只能有一个分值。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_act_display()} {self.points}"
