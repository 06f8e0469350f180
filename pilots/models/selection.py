"""遴选: rounds in which pilot counties and pilot schools are chosen, and their candidates.

S0: the prefectures recommend counties and the office chooses together with the universities; the counties choose
their schools by the criteria and the office registers them.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from pilots.states.selection import CandidateState, RoundState


class SelectionRound(models.Model):
    """One round (遴选批次). Both days are included; ``places`` is how many each recommending unit may send up.

    ``term_since`` and ``term_until`` bound the time for which those chosen are pilots: from the day of
    confirmation, and without an end, where they are empty.
    """

    class Level(models.TextChoices):
        COUNTY = "county", "试点县（市、区）"
        SCHOOL = "school", "试点学校"

    programme = models.ForeignKey("accounts.Programme", models.PROTECT, related_name="+")
    name = models.CharField(
        "名称", max_length=60, unique=True, error_messages={"unique": "已有同名的遴选，请换一个名称。"}
    )
    level = models.CharField("遴选对象", max_length=10, choices=Level)
    state = models.CharField("状态", max_length=12, choices=RoundState, default=RoundState.PREPARING)
    note = models.TextField("要求", blank=True, default="")
    opens_on = models.DateField("开始日期")
    closes_on = models.DateField("截止日期")
    places = models.PositiveSmallIntegerField("每个单位的名额", null=True, blank=True)
    term_since = models.DateField("试点起始日期", null=True, blank=True)
    term_until = models.DateField("试点截止日期", null=True, blank=True)
    published_at = models.DateTimeField("公布时间", null=True, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = "遴选"
        verbose_name_plural = "遴选"
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("opens_on")),
                name="round_closes_after_opening",
                violation_error_message="截止日期早于开始日期，请核对。",
            ),
            models.CheckConstraint(
                condition=models.Q(term_since=None)
                | models.Q(term_until=None)
                | models.Q(term_until__gte=models.F("term_since")),
                name="round_term_ends_after_start",
                violation_error_message="试点截止日期早于起始日期，请核对。",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_for_schools(self) -> bool:
        return self.level == self.Level.SCHOOL


class RoundCriterion(models.Model):
    """One line of the scored checklist: what is judged, how, the most points, and whether it must be met at all."""

    round = models.ForeignKey(SelectionRound, models.CASCADE, related_name="criteria")
    name = models.CharField("标准", max_length=100)
    how = models.CharField("评定办法", max_length=300, blank=True, default="")
    most_points = models.PositiveSmallIntegerField("最高分")
    must_pass = models.BooleanField("必须达到", default=False)
    order = models.PositiveSmallIntegerField("排列顺序")

    class Meta:
        verbose_name = "遴选标准"
        verbose_name_plural = "遴选标准"
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["round", "order"], name="criterion_order_once")]

    def __str__(self) -> str:
        return self.name


class Candidate(models.Model):
    """A county or school put forward in a round by ``recommended_by``, the unit that stood above it then.

    ``decision`` is why the office returned or declined it. ``profile`` is what a school looked like when it was
    sent up.
    """

    round = models.ForeignKey(SelectionRound, models.PROTECT, related_name="candidates")
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="candidacies", verbose_name="候选单位")
    recommended_by = models.ForeignKey(
        "accounts.Unit", models.PROTECT, related_name="recommendations", verbose_name="推荐单位"
    )
    state = models.CharField("状态", max_length=12, choices=CandidateState, default=CandidateState.FILLING)
    reasons = models.TextField("推荐理由", blank=True, default="")
    profile = models.ForeignKey("pilots.SchoolProfile", models.PROTECT, null=True, blank=True, related_name="+")
    decision = models.TextField("办理意见", blank=True, default="")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    recommended_at = models.DateTimeField("推荐时间", null=True, editable=False)
    decided_at = models.DateTimeField("办理时间", null=True, editable=False)

    class Meta:
        verbose_name = "候选单位"
        verbose_name_plural = "候选单位"
        ordering = ["recommended_by__official_order", "unit__official_order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "unit"],
                name="candidate_once_a_round",
                violation_error_message="这个单位在本次遴选中已有推荐，不能重复推荐。",
            )
        ]
        indexes = [models.Index(fields=["recommended_by", "state"])]

    def __str__(self) -> str:
        return f"{self.unit}（{self.round}）"

    def get_state_display(self) -> str:  # type: ignore[no-redef]  # Django leaves it to the model to say it
        """A county's school is 已上报, not 已推荐: the county chooses, the office registers (S0)."""
        if self.state == CandidateState.RECOMMENDED and self.round.is_for_schools:
            return "已上报"
        return CandidateState(self.state).label


class Score(models.Model):
    """What a candidate got for one criterion, and on what grounds."""

    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(RoundCriterion, models.CASCADE, related_name="+")
    points = models.PositiveSmallIntegerField("得分", null=True, blank=True)
    is_met = models.BooleanField("达到", default=False)
    grounds = models.CharField("依据", max_length=300, blank=True, default="")

    class Meta:
        verbose_name = "评分"
        verbose_name_plural = "评分"
        ordering = ["criterion__order"]
        constraints = [models.UniqueConstraint(fields=["candidate", "criterion"], name="criterion_scored_once")]

    def __str__(self) -> str:
        return f"{self.criterion}：{self.points}"


class Opinion(models.Model):
    """What a university of the alliance thinks of a candidate (S0: 省教育厅会同联盟高校); the office decides."""

    class Leaning(models.TextChoices):
        FOR = "for", "赞成"
        DOUBTFUL = "doubtful", "有保留"

    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="opinions")
    university = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name="高校")
    leaning = models.CharField("意见", max_length=10, choices=Leaning)
    text = models.TextField("说明", blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "高校意见"
        verbose_name_plural = "高校意见"
        ordering = ["university__official_order", "pk"]
        constraints = [models.UniqueConstraint(fields=["candidate", "university"], name="one_opinion_a_university")]

    def __str__(self) -> str:
        return f"{self.university}：{self.get_leaning_display()}"
