"""试点县 and 试点学校: who is a pilot, from–to. Registered by a round of selection, or entered by the office."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models.functions import Now


class Pilot(models.Model):
    """What both have in common. ``during`` is half-open; withdrawing ends it, with ``withdrawn_reason``.

    ``candidate`` is the candidacy that it came of; None where the office entered it for the past, on the paper
    named in ``basis``.
    """

    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="%(class)s_terms", verbose_name="单位")
    during = DateRangeField("试点时间")
    candidate = models.OneToOneField(
        "pilots.Candidate", models.PROTECT, null=True, blank=True, related_name="%(class)s"
    )
    basis = models.CharField("依据", max_length=200, blank=True, default="")
    withdrawn_reason = models.TextField("退出理由", blank=True, default="")
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    registered_at = models.DateTimeField("登记时间", db_default=Now(), editable=False)

    class Meta:
        abstract = True
        ordering = ["unit__official_order", "unit__name", "-during"]
        constraints = [
            ExclusionConstraint(
                name="%(class)s_once_at_a_time",
                expressions=[("unit", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                violation_error_message="这个单位在这段时间已经是试点。",
            )
        ]

    def __str__(self) -> str:
        return str(self.unit)


class PilotCounty(Pilot):
    """A county that takes part as a pilot (S0: 选定一批……县（市、区）)."""

    class Meta(Pilot.Meta):
        verbose_name = "试点县（市、区）"
        verbose_name_plural = "试点县（市、区）"


class PilotSchool(Pilot):
    """A school that its county chose and the office registered (S0: 首批协同提质试点学校)."""

    class Meta(Pilot.Meta):
        verbose_name = "试点学校"
        verbose_name_plural = "试点学校"
