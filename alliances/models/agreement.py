"""The agreement of a pair (签协议): its parties as they signed, its term, and what each promised."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models.functions import Now

from alliances.models.partnership import Partnership
from alliances.states.agreement import AgreementState
from alliances.states.term import Standing, days_left, last_day, standing_of


class Agreement(models.Model):
    """One signed paper. ``during`` is its term; a renewal is an agreement of its own that names its ``previous``.

    ``reminded_at`` is when both sides were told that it ends soon. An agreement that was ended before its time has
    its term cut to that day, and ``end_reason`` says why.
    """

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="agreements", verbose_name="结对")
    previous = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="successor", verbose_name="续签自"
    )
    state = models.CharField("状态", max_length=10, choices=AgreementState, default=AgreementState.SIGNED)
    number = models.CharField("协议编号", max_length=60, blank=True, default="")
    title = models.CharField("协议名称", max_length=150)
    signed_on = models.DateField("签订日期")
    during = DateRangeField("协议期限")
    reminded_at = models.DateTimeField("到期提醒时间", null=True, editable=False)
    end_reason = models.TextField("终止原因", blank=True, default="")
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = "协议"
        verbose_name_plural = "协议"
        ordering = ["-during", "-pk"]
        constraints = [
            ExclusionConstraint(
                name="agreements_of_a_pair_one_after_the_other",
                expressions=[("partnership", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                violation_error_message="这段时间与本结对的另一份协议重叠，请核对起止日期。",
            ),
            models.CheckConstraint(
                condition=models.Q(during__isempty=False, during__lower_inf=False, during__upper_inf=False),
                name="agreement_has_a_term",
                violation_error_message="协议的结束日期早于开始日期，请核对。",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def standing(self) -> Standing:
        return standing_of(self.during)

    @property
    def days_left(self) -> int | None:
        return days_left(self.during)

    @property
    def last_day(self) -> date | None:
        return last_day(self.during)


class AgreementParty(models.Model):
    """A party exactly as it signed (S4), beside the unit that it is today; a party that is no unit is text only."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="parties")
    order = models.PositiveSmallIntegerField("顺序")
    as_signed = models.CharField("签约名称", max_length=150)
    unit = models.ForeignKey(
        "accounts.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="现单位"
    )

    class Meta:
        verbose_name = "签约方"
        verbose_name_plural = "签约方"
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.as_signed


class Commitment(models.Model):
    """What one side promised in the agreement (S0: 协议承诺); ``unit`` empty means both."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="commitments")
    order = models.PositiveSmallIntegerField("顺序")
    unit = models.ForeignKey(
        "accounts.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="承诺方"
    )
    text = models.CharField("承诺内容", max_length=300)

    class Meta:
        verbose_name = "协议承诺"
        verbose_name_plural = "协议承诺"
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.text
