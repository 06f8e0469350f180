"""捆绑式考核 (S2 三（六）): a round in which communities are assessed by a scheme, and every score of it."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from pilots.models.scheme import ItemFields
from pilots.states.assessment import AssessmentState, ObjectionState


class Assessment(models.Model):
    """A round held by ``held_by`` over ``period`` (a key of portal.periods); growth is counted from ``base_period``.

    ``items`` are the scheme's, copied when it opened. ``result`` with its digest is frozen when it is published.
    """

    name = models.CharField("名称", max_length=60)
    held_by = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name="组织单位")
    scheme = models.ForeignKey("pilots.Scheme", models.PROTECT, related_name="assessments", verbose_name="考核方案")
    state = models.CharField("状态", max_length=12, choices=AssessmentState, default=AssessmentState.PREPARING)
    period = models.CharField("考核时段", max_length=30)
    base_period = models.CharField("对比时段", max_length=30, blank=True, default="")
    self_until = models.DateField("自评截止日期")
    county_until = models.DateField("县级复核截止日期")
    review_until = models.DateField("专家评审截止日期")
    objections_until = models.DateField("异议截止日期")
    note = models.TextField("考核要求", blank=True, default="")
    figures_at = models.DateTimeField("取数时间", null=True, editable=False)
    result = models.JSONField("结果", null=True, editable=False)
    sha256 = models.CharField("结果校验码", max_length=64, blank=True, default="", editable=False)
    published_at = models.DateTimeField("公布时间", null=True, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = "考核"
        verbose_name_plural = "考核"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["held_by", "name"],
                name="assessment_name_once",
                violation_error_message="已有同名的考核，请换一个名称。",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    county_until__gte=models.F("self_until"),
                    review_until__gte=models.F("county_until"),
                    objections_until__gte=models.F("review_until"),
                ),
                name="assessment_days_in_order",
                violation_error_message="截止日期的先后应为：自评、县级复核、专家评审、异议，请核对。",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AssessmentItem(ItemFields):
    """An item as it stood in the scheme when the assessment opened."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="items")

    class Meta:
        verbose_name = "考核内容"
        verbose_name_plural = "考核内容"
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["assessment", "code"], name="assessment_item_code_once")]


class AssessedCommunity(models.Model):
    """One community of a round. ``reviewed_by`` ended its county's review."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="communities")
    community = models.ForeignKey("pilots.Community", models.PROTECT, related_name="+", verbose_name="共同体")
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField("复核时间", null=True, editable=False)

    class Meta:
        verbose_name = "参评共同体"
        verbose_name_plural = "参评共同体"
        ordering = ["community__area__official_order", "community__name", "pk"]
        constraints = [models.UniqueConstraint(fields=["assessment", "community"], name="community_assessed_once")]

    def __str__(self) -> str:
        return f"{self.community}（{self.assessment}）"


class AssessedSchool(models.Model):
    """A school of the community as it was when the assessment opened; ``handed_in_at`` ends its self-assessment."""

    assessed = models.ForeignKey(AssessedCommunity, models.CASCADE, related_name="schools")
    school = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name="学校")
    is_lead = models.BooleanField("牵头校", default=False)
    handed_in_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    handed_in_at = models.DateTimeField("自评提交时间", null=True, editable=False)

    class Meta:
        verbose_name = "参评学校"
        verbose_name_plural = "参评学校"
        ordering = ["-is_lead", "school__official_order", "school__name", "pk"]
        constraints = [models.UniqueConstraint(fields=["assessed", "school"], name="school_assessed_once")]

    def __str__(self) -> str:
        return str(self.school)


class ItemScore(models.Model):
    """What one item comes to for one school, or for the community as a whole where ``school`` is empty (joint part).

    ``figure`` and ``base`` are what was counted when figures were last taken; ``gap`` says why one is wanting.
    ``county_points`` are set by the county, or by who holds the round, with a reason. ``points`` are final from the
    day on which the result is shown, changed only by an objection that is upheld.
    """

    assessed = models.ForeignKey(AssessedCommunity, models.CASCADE, related_name="scores")
    item = models.ForeignKey(AssessmentItem, models.CASCADE, related_name="scores")
    school = models.ForeignKey(AssessedSchool, models.CASCADE, null=True, related_name="scores")
    self_points = models.DecimalField("自评得分", max_digits=5, decimal_places=1, null=True, blank=True)
    words = models.TextField("自评说明", blank=True, default="")
    county_points = models.DecimalField("核定得分", max_digits=5, decimal_places=1, null=True, blank=True)
    county_reason = models.CharField("核定理由", max_length=500, blank=True, default="")
    figure = models.DecimalField(max_digits=20, decimal_places=6, null=True, editable=False)
    base = models.DecimalField(max_digits=20, decimal_places=6, null=True, editable=False)
    gap = models.CharField(max_length=100, blank=True, default="", editable=False)
    points = models.DecimalField("得分", max_digits=6, decimal_places=2, null=True, editable=False)

    class Meta:
        verbose_name = "考核得分"
        verbose_name_plural = "考核得分"
        ordering = ["item__order", "-school__is_lead", "school__school__official_order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessed", "item", "school"], name="item_scored_once", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.item}（{self.who}）"

    @property
    def who(self) -> str:
        """Whose score it is: the school's, or the whole community's."""
        return str(self.school.school.label if self.school else self.assessed.community)

    @property
    def growth(self) -> Decimal | None:
        return None if self.figure is None or self.base is None else self.figure - self.base


class Reviewer(models.Model):
    """An outside expert who scores one community of a round; blind to the others. ``handed_in_at`` ends his work."""

    assessed = models.ForeignKey(AssessedCommunity, models.CASCADE, related_name="reviewers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="reviewing", verbose_name="专家")
    handed_in_at = models.DateTimeField("提交时间", null=True, editable=False)

    class Meta:
        verbose_name = "评审专家"
        verbose_name_plural = "评审专家"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessed", "user"],
                name="reviewer_once",
                violation_error_message="这位专家已在评审这个共同体。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}：{self.assessed.community}"


class ReviewerScore(models.Model):
    """What one reviewer gives for one score, and why."""

    reviewer = models.ForeignKey(Reviewer, models.CASCADE, related_name="scores")
    score = models.ForeignKey(ItemScore, models.CASCADE, related_name="reviews")
    points = models.DecimalField("得分", max_digits=5, decimal_places=1)
    words = models.CharField("评语", max_length=500, blank=True, default="")

    class Meta:
        verbose_name = "专家评分"
        verbose_name_plural = "专家评分"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["reviewer", "score"], name="reviewer_scores_once")]

    def __str__(self) -> str:
        return f"{self.score}：{self.points}"


class Objection(models.Model):
    """What a school says against one of its scores while the result is shown, and what was decided."""

    score = models.ForeignKey(ItemScore, models.CASCADE, related_name="objections", verbose_name="得分")
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name="提出单位")
    text = models.TextField("异议内容", max_length=2000)
    state = models.CharField("状态", max_length=10, choices=ObjectionState, default=ObjectionState.OPEN)
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    raised_at = models.DateTimeField("提出时间", db_default=Now(), editable=False)
    before = models.DecimalField("原得分", max_digits=6, decimal_places=2, null=True)
    after = models.DecimalField("改后得分", max_digits=6, decimal_places=2, null=True)
    answer = models.TextField("答复", blank=True, default="")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField("答复时间", null=True, editable=False)

    class Meta:
        verbose_name = "异议"
        verbose_name_plural = "异议"
        ordering = ["raised_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["score", "unit"],
                condition=models.Q(state="open"),
                name="one_open_objection",
                violation_error_message="对这项得分的异议正在办理，请等待答复。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit}：{self.score.item}"
