"""What a school looks like in a school year: stage, place, pupils, classes, teachers, condition."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from portal.periods import Period, parse_period


class SchoolStage(models.Model):
    """A kind of school by stage (小学, 九年一贯制学校…): data."""

    name = models.CharField("名称", max_length=30, unique=True)
    order = models.PositiveSmallIntegerField("排列顺序")
    is_active = models.BooleanField("在用", default=True)

    class Meta:
        verbose_name = "学段"
        verbose_name_plural = "学段"
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name


class SchoolProfile(models.Model):
    """A school's figures of one school year; ``school_year`` is a key of ``portal.periods`` (``2024-2025``).

    ``is_rural_central`` marks the 乡村中心学校 that each must be in a community (S2).
    """

    class Area(models.TextChoices):
        URBAN = "urban", "城区"
        TOWN = "town", "镇区"
        RURAL = "rural", "乡村"

    school = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="profiles", verbose_name="学校")
    school_year = models.CharField("学年", max_length=9)
    stage = models.ForeignKey(SchoolStage, models.PROTECT, related_name="+", verbose_name="学段")
    area = models.CharField("所在地", max_length=10, choices=Area)
    is_rural_central = models.BooleanField("乡村中心学校", default=False)
    pupils = models.PositiveIntegerField("学生人数")
    classes = models.PositiveIntegerField("班级数")
    teachers = models.PositiveIntegerField("专任教师人数")
    condition = models.TextField("办学条件", blank=True, default="")
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    updated_at = models.DateTimeField("更新时间", auto_now=True)

    class Meta:
        verbose_name = "学校基本情况"
        verbose_name_plural = "学校基本情况"
        ordering = ["school__official_order", "school__name", "-school_year"]
        indexes = [models.Index(fields=["school_year", "school"])]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "school_year"],
                name="one_profile_a_school_year",
                violation_error_message="这所学校本学年的基本情况已经填写，请在原有记录上修改。",
            ),
            models.CheckConstraint(
                condition=models.Q(is_rural_central=False) | ~models.Q(area="urban"),
                name="rural_central_not_urban",
                violation_error_message="乡村中心学校不在城区，请核对所在地。",
            ),
            models.CheckConstraint(
                condition=models.Q(classes__gt=0) | models.Q(pupils=0),
                name="pupils_sit_in_classes",
                violation_error_message="有学生就有班级，请填写班级数。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school}（{self.period.label}）"

    @property
    def period(self) -> Period:
        """The school year of these figures. The key is checked when it is written."""
        period = parse_period(self.school_year)
        if period is None:
            raise ValueError(f"{self.school_year} is no school year")
        return period
