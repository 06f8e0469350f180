"""满意度调查 (S2 三（六）): statements marked 1–5 by people who give no name, by a link or its code."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

#: Marks from 非常不满意 to 非常满意.
MARKS = ((5, "非常满意"), (4, "满意"), (3, "一般"), (2, "不满意"), (1, "非常不满意"))
#: Results are shown only above so many answers (the office's requirement for anonymity); fewer might tell who answered.
FEW_ANSWERS = 10


def new_token() -> str:
    """The part of the link that nobody can guess: 128 bits."""
    return secrets.token_urlsafe(16)


class Survey(models.Model):
    """A survey of ``held_by``, alone or feeding the item of an assessment's ``score``. Both days are included.

    ``statements`` is a list of texts; it is fixed with the first answer.
    """

    title = models.CharField("标题", max_length=100)
    held_by = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name="组织单位")
    score = models.OneToOneField("pilots.ItemScore", models.CASCADE, null=True, blank=True, related_name="survey")
    token = models.CharField(max_length=30, unique=True, default=new_token, editable=False)
    about = models.CharField("填写说明", max_length=300, blank=True, default="")
    statements = models.JSONField("题目", default=list)
    asks_words = models.BooleanField("请填写意见建议", default=True)
    opens_on = models.DateField("开始日期")
    closes_on = models.DateField("截止日期")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = "满意度调查"
        verbose_name_plural = "满意度调查"
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("opens_on")),
                name="survey_closes_after_opening",
                violation_error_message="截止日期早于开始日期，请核对。",
            )
        ]

    def __str__(self) -> str:
        return self.title


class SurveyAnswer(models.Model):
    """One answer. ``device`` is a hash that differs from survey to survey; no address, no name and no hour is kept."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="answers")
    device = models.CharField(max_length=64, editable=False)
    marks = models.JSONField("打分")
    words = models.CharField("意见建议", max_length=500, blank=True, default="")
    day = models.DateField("日期", auto_now_add=True)

    class Meta:
        verbose_name = "调查答卷"
        verbose_name_plural = "调查答卷"
        ordering = ["device"]
        constraints = [models.UniqueConstraint(fields=["survey", "device"], name="one_answer_a_device")]

    def __str__(self) -> str:
        return f"{self.survey}：{self.marks}"
