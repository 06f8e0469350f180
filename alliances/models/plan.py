"""一县一案 and 一校一案: what a county or school means to do in a school year, with its goals (定详案)."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from alliances.states.plan import PlanState
from portal.accounts.roles import UnitKind
from portal.periods import parse_period


class Plan(models.Model):
    """The plan of one county, school or partner for one school year (``2024-2025``); every year has its own."""

    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="plans", verbose_name="单位")
    school_year = models.CharField("学年", max_length=9)
    state = models.CharField("状态", max_length=10, choices=PlanState, default=PlanState.DRAFT)
    title = models.CharField("名称", max_length=150)
    summary = models.TextField("主要内容", blank=True, default="")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    updated_at = models.DateTimeField("更新时间", auto_now=True)

    class Meta:
        verbose_name = "方案"
        verbose_name_plural = "方案"
        ordering = ["-school_year", "unit__official_order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "school_year"],
                name="one_plan_of_a_unit_and_school_year",
                violation_error_message="本单位这个学年已有方案，请在原方案上修改。",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def noun(self) -> str:
        """What such a plan is called: 一县一案, 一校一案; a partner's is 合作方案."""
        return PLAN_NOUNS[UnitKind(self.unit.kind)]

    @property
    def year_label(self) -> str:
        period = parse_period(self.school_year)
        return period.label if period else self.school_year


class PlanGoal(models.Model):
    """One goal of a plan, by what it is measured, and until when."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="goals")
    order = models.PositiveSmallIntegerField("顺序")
    goal = models.CharField("目标", max_length=200)
    measure = models.CharField("衡量办法", max_length=200, blank=True, default="")
    due = models.DateField("完成时限", null=True, blank=True)

    class Meta:
        verbose_name = "方案目标"
        verbose_name_plural = "方案目标"
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.goal


#: Units that have a plan, and what theirs is called.
PLAN_NOUNS = {UnitKind.COUNTY: "一县一案", UnitKind.SCHOOL: "一校一案", UnitKind.PARTNER: "合作方案"}
