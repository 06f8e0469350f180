"""What communities are assessed by (考核方案, S2 三（六）): items with weights, as data.

努力值 is the lead's, 提升值 each member's, and the joint part they share; the weights of a scheme make its full points.
"""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models.functions import Now


class ItemFields(models.Model):
    """What an item of a scheme and its copy in an assessment have in common.

    A counted item (``indicator`` or ``formula``) gets no points at ``zero_at``, all its weight at ``full_at``, and in
    between as much as it is on the way; so does a survey's average mark. With ``is_value_added`` the growth since the
    base period is counted instead of the figure itself (增值评价, S2 四（三）).
    """

    class Share(models.TextChoices):
        LEAD = "lead", "努力值（牵头校）"
        MEMBER = "member", "提升值（成员校）"
        JOINT = "joint", "共同部分"

    class Way(models.TextChoices):
        INDICATOR = "indicator", "按指标计分"
        FORMULA = "formula", "按公式计分"
        SELF = "self", "自评、县级复核"
        REVIEW = "review", "专家评审"
        SURVEY = "survey", "满意度调查"

    #: The ways of scoring that use a field; for the others it is empty.
    WAYS_USING: ClassVar = {
        "indicator": (Way.INDICATOR,),
        "formula": (Way.FORMULA,),
        "full_at": (Way.INDICATOR, Way.FORMULA, Way.SURVEY),
        "zero_at": (Way.INDICATOR, Way.FORMULA, Way.SURVEY),
        "is_value_added": (Way.INDICATOR, Way.FORMULA),
        "statements": (Way.SURVEY,),
    }

    code = models.CharField(
        "编号",
        max_length=8,
        validators=[RegexValidator(r"^[A-Za-z][A-Za-z0-9]*$", "编号用一个字母加数字，例如A1。")],
    )
    name = models.CharField("考核内容", max_length=60)
    about = models.CharField("评分要点", max_length=300, blank=True, default="")
    weight = models.DecimalField(
        "分值",
        max_digits=5,
        decimal_places=1,
        validators=[MinValueValidator(Decimal("0.1"), "分值须大于0。")],
    )
    share = models.CharField("归属", max_length=8, choices=Share)
    way = models.CharField("计分方式", max_length=10, choices=Way)
    indicator = models.ForeignKey(
        "pilots.Indicator", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="指标"
    )
    formula = models.CharField("公式", max_length=200, blank=True, default="")
    full_at = models.DecimalField("满分值", max_digits=12, decimal_places=2, null=True, blank=True)
    zero_at = models.DecimalField("零分值", max_digits=12, decimal_places=2, default=0)
    is_value_added = models.BooleanField("看增长", default=False)
    statements = models.TextField("调查题目", blank=True, default="")
    order = models.PositiveSmallIntegerField("排列顺序")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def is_counted(self) -> bool:
        """Its points follow from figures."""
        return self.way in (self.Way.INDICATOR, self.Way.FORMULA)


class Scheme(models.Model):
    """A scheme: an assessment copies its items when it opens, so a later change touches no assessment under way."""

    name = models.CharField(
        "名称", max_length=60, unique=True, error_messages={"unique": "已有同名的考核方案，请换一个名称。"}
    )
    basis = models.CharField("依据", max_length=200, blank=True, default="")
    note = models.TextField("说明", blank=True, default="")
    full_points = models.DecimalField("满分", max_digits=5, decimal_places=1, default=100)
    is_active = models.BooleanField("在用", default=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = "考核方案"
        verbose_name_plural = "考核方案"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class SchemeItem(ItemFields):
    """One item of a scheme."""

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="items")

    class Meta:
        verbose_name = "考核内容"
        verbose_name_plural = "考核内容"
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["scheme", "code"], name="scheme_item_code_once")]
