"""The alliance "1+11+N" and its pairs: one university ↔ one county or partner, for a term."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models

from alliances.states.term import Standing, standing_of

#: The eleven prefectures roughly as they lie, three abreast so that a phone shows them; the office may rearrange them.
ARRANGEMENT = "· 九江市 景德镇市\n宜春市 南昌市 上饶市\n萍乡市 新余市 鹰潭市\n· 吉安市 抚州市\n· 赣州市 ·"


class Alliance(models.Model):
    """One alliance of universities, and the one that leads it (S0: 联盟牵头高校)."""

    programme = models.OneToOneField("accounts.Programme", models.PROTECT, related_name="alliance")
    name = models.CharField("名称", max_length=100)
    lead = models.ForeignKey(
        "accounts.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="牵头高校"
    )
    lead_consolidates = models.BooleanField("牵头高校可为全联盟汇总", default=False)
    arrangement = models.TextField(
        "地图排列",
        blank=True,
        default=ARRANGEMENT,
        help_text="一行写地图上的一排，从北到南；设区市名称之间空一格，空着的位置写“·”。",
    )

    class Meta:
        verbose_name = "联盟"
        verbose_name_plural = "联盟"

    def __str__(self) -> str:
        return self.name


class Partnership(models.Model):
    """A pair (结对). ``during`` is its term; the same two are not paired twice at one time.

    A pair that was ended before its time has its term cut to that day, and ``end_reason`` says why. Whether it is
    正常, 即将到期 or 已结束 is read off the calendar (``states/term.py``), its step off what it holds
    (``queries/steps.py``).
    """

    alliance = models.ForeignKey(Alliance, models.PROTECT, related_name="partnerships")
    university = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="partnerships", verbose_name="高校")
    county = models.ForeignKey(
        "accounts.Unit", models.PROTECT, related_name="partnerships_as_county", verbose_name="结对地区"
    )
    during = DateRangeField("合作期限")
    end_reason = models.TextField("结束原因", blank=True, default="")

    class Meta:
        verbose_name = "结对"
        verbose_name_plural = "结对"
        ordering = ["university__official_order", "county__official_order", "pk"]
        constraints = [
            ExclusionConstraint(
                name="pair_once_at_a_time",
                expressions=[
                    ("university", RangeOperators.EQUAL),
                    ("county", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
                violation_error_message="这两个单位在这段时间已经结对。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.university}—{self.county}"

    @property
    def standing(self) -> Standing:
        return standing_of(self.during)

    @property
    def has_ended(self) -> bool:
        return self.standing == Standing.ENDED
