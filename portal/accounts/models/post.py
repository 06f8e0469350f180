"""Who does what for which unit, from–to."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models.functions import Now

from portal.accounts.roles import Role


class Post(models.Model):
    """A post (岗位). S0: 各相关单位明确一名信息员: the database refuses a second officer at the same time."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="posts", verbose_name="人员")
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="posts", verbose_name="单位")
    role = models.CharField("岗位", max_length=30, choices=Role)
    during = DateRangeField("任职时间")
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = "岗位"
        verbose_name_plural = "岗位"
        ordering = ["unit", "role", "-during"]
        constraints = [
            ExclusionConstraint(
                name="one_information_officer",
                expressions=[("unit", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                condition=models.Q(role=Role.INFORMATION_OFFICER),
                violation_error_message="该单位在这段时间已有信息员，请先办理交接。",
            ),
            ExclusionConstraint(
                name="post_held_once",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("unit", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
                violation_error_message="此人在这段时间已担任该岗位。",
            ),
            models.CheckConstraint(
                condition=~models.Q(role=Role.DEPUTY_OFFICER) | models.Q(during__upper_inf=False),
                name="deputy_for_limited_time",
                violation_error_message="临时B角须写明截止日期。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.get_role_display()} {self.user}"
