"""专家团队: teams of experts by batch (五个一批), and the visits they made.

They live in pilots and not in alliances because a batch does, and because a visit is an activity.
"""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models


class ExpertTeam(models.Model):
    """A team for one of the five batches, or for all (``batch`` empty), for the term ``during``."""

    name = models.CharField("名称", max_length=100)
    batch = models.ForeignKey(
        "pilots.Batch", models.PROTECT, null=True, blank=True, related_name="expert_teams", verbose_name="批次"
    )
    during = DateRangeField("聘期")
    note = models.TextField("说明", blank=True, default="")
    visits = models.ManyToManyField("pilots.Activity", blank=True, related_name="expert_teams", verbose_name="活动")

    class Meta:
        verbose_name = "专家团队"
        verbose_name_plural = "专家团队"
        ordering = ["batch__order", "name", "pk"]
        constraints = [
            ExclusionConstraint(
                name="team_name_once_at_a_time",
                expressions=[("name", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                violation_error_message="这段时间已有同名的专家团队。",
            )
        ]

    def __str__(self) -> str:
        return self.name


class ExpertMember(models.Model):
    """One expert, named by unit and post: no personal records are kept."""

    team = models.ForeignKey(ExpertTeam, models.CASCADE, related_name="members")
    order = models.PositiveSmallIntegerField(default=0)
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name="单位")
    post = models.CharField("职务或职称", max_length=60)
    field = models.CharField("专长", max_length=60, blank=True, default="")

    class Meta:
        verbose_name = "专家"
        verbose_name_plural = "专家"
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return f"{self.unit}{self.post}"
