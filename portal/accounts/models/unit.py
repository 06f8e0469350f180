"""Units, their dated names and their dated place in the tree.

``UnitName`` and ``UnitPlacement`` are the truth. ``Unit.name``, ``short_name`` and ``parent`` hold
what is true today, so that a list is one query; only ``services.unit`` writes them, and an hourly
task brings them up to date when a dated change falls due.
"""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models.functions import Now

from portal.accounts.roles import UnitKind


class Unit(models.Model):
    """An organisation that takes part. ``official_order`` is the protocol order among its kind.

    From ``closed_on`` on it is out of use; figures of the time before count it as ever.
    """

    programme = models.ForeignKey("accounts.Programme", models.PROTECT, verbose_name="行动")
    kind = models.CharField("类别", max_length=20, choices=UnitKind)
    code = models.CharField("编码", max_length=30, blank=True, default="")
    official_order = models.PositiveIntegerField("排列顺序", default=9999)
    is_active = models.BooleanField("在用", default=True)
    closed_on = models.DateField("停用日期", null=True, blank=True)
    is_outside = models.BooleanField("省外单位", default=False)
    name = models.CharField("名称", max_length=100, editable=False)
    short_name = models.CharField("简称", max_length=40, blank=True, default="", editable=False)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, editable=False, related_name="children")
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = "单位"
        verbose_name_plural = "单位"
        ordering = ["official_order", "name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], condition=~models.Q(code=""), name="unit_code_once"),
            models.UniqueConstraint(
                fields=["programme"],
                condition=models.Q(kind=UnitKind.PROVINCE_OFFICE),
                name="one_province_office",
                violation_error_message="省协同提质办只能有一个。",
            ),
            models.CheckConstraint(
                condition=models.Q(is_active=models.Q(closed_on__isnull=True)),
                name="unit_closed_from_a_day_on",
                violation_error_message="停用的单位要有停用日期，在用的单位不能有。",
            ),
        ]
        indexes = [models.Index(fields=["kind", "official_order"])]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """The short name where there is one: lists and chips are narrow."""
        return self.short_name or self.name

    def in_use_on(self, day: date) -> bool:
        """Whether it had not yet gone out of use on ``day``."""
        return self.closed_on is None or day < self.closed_on


class UnitName(models.Model):
    """What a unit was called from–to; ``during`` is half-open, an open end is today's name."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="names")
    name = models.CharField("名称", max_length=100)
    short_name = models.CharField("简称", max_length=40, blank=True, default="")
    during = DateRangeField("使用时间")

    class Meta:
        verbose_name = "曾用名称"
        verbose_name_plural = "曾用名称"
        ordering = ["-during"]
        constraints = [
            ExclusionConstraint(
                name="unit_one_name_at_a_time",
                expressions=[("unit", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                violation_error_message="同一时间一个单位只能有一个名称。",
            )
        ]

    def __str__(self) -> str:
        return self.name


class UnitPlacement(models.Model):
    """Under which unit it stood from–to (S1: 附属中学 under a university, S2: 局属学校 under a prefecture)."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="placements")
    parent = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="上级单位")
    during = DateRangeField("隶属时间")

    class Meta:
        verbose_name = "隶属关系"
        verbose_name_plural = "隶属关系"
        ordering = ["-during"]
        constraints = [
            ExclusionConstraint(
                name="unit_one_place_at_a_time",
                expressions=[("unit", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                violation_error_message="同一时间一个单位只能隶属一个上级单位。",
            ),
            models.CheckConstraint(
                condition=~models.Q(unit=models.F("parent")),
                name="unit_not_under_itself",
                violation_error_message="单位不能隶属于自己。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} → {self.parent}"


class UnitAlias(models.Model):
    """Another way people write a unit's name; used to recognise it in texts and tables."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="aliases")
    alias = models.CharField("别名", max_length=60)

    class Meta:
        verbose_name = "别名"
        verbose_name_plural = "别名"
        ordering = ["alias"]
        constraints = [models.UniqueConstraint(fields=["unit", "alias"], name="unit_alias_once")]

    def __str__(self) -> str:
        return self.alias
