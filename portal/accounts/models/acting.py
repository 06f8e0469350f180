"""Who acts for whom, from–to (代办)."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models.functions import Now


class Acting(models.Model):
    """``agent`` does the work of ``principal`` for a time; who may be conferred what stands in ``roles.conferred``.

    ``given_by`` is the principal himself, for his posts in units, or an admin.
    """

    principal = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="acted_for", verbose_name="委托人"
    )
    agent = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="acts_for", verbose_name="代办人")
    during = DateRangeField("代办时间")
    reason = models.CharField("事由", max_length=200, blank=True, default="")
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = "代办"
        verbose_name_plural = "代办"
        ordering = ["-during", "-pk"]
        constraints = [
            ExclusionConstraint(
                name="acting_once_at_a_time",
                expressions=[
                    ("principal", RangeOperators.EQUAL),
                    ("agent", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
                violation_error_message="此人在这段时间已受托代办。",
            ),
            models.CheckConstraint(
                condition=~models.Q(principal=models.F("agent")),
                name="nobody_acts_for_himself",
                violation_error_message="不能委托自己。",
            ),
            models.CheckConstraint(
                condition=models.Q(during__upper_inf=False, during__lower_inf=False),
                name="acting_for_limited_time",
                violation_error_message="请写明截止日期。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agent}代{self.principal}办理"


class Handover(models.Model):
    """One handing over of a post (交接); ``passed_at`` is when the work itself was passed on, on ``since`` or later."""

    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="handovers")
    role = models.CharField("岗位", max_length=30)
    giver = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="移交人")
    taker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="接任人")
    since = models.DateField("接任日期")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    passed_at = models.DateTimeField("移交时间", null=True)

    class Meta:
        verbose_name = "交接"
        verbose_name_plural = "交接"
        ordering = ["-since", "-pk"]
        indexes = [models.Index(fields=["since"], name="handover_due", condition=models.Q(passed_at=None))]

    def __str__(self) -> str:
        return f"{self.unit}：{self.giver}→{self.taker}"
