"""Communities of schools, 1+N (S2 三（一）, S4 二（四）): who is in which, from–to, and who leads what in them."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models.functions import Now


class CommunityKind(models.Model):
    """A kind of community; a school is in one of each kind at a time.

    ``covers_rural`` says that being in one counts when the coverage of rural central schools is asked for (S2 二).
    """

    name = models.CharField("名称", max_length=30, unique=True)
    covers_rural = models.BooleanField("计入乡村中心学校覆盖", default=False)
    order = models.PositiveSmallIntegerField("排列顺序")
    is_active = models.BooleanField("在用", default=True)

    class Meta:
        verbose_name = "共同体类型"
        verbose_name_plural = "共同体类型"
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name


class CommunityDuty(models.Model):
    """One of S2's six duties (共同体任务). Activities of ``activity_kinds`` are done under it.

    ``is_organising`` marks the duty that plan and 领导小组 belong to.
    """

    name = models.CharField("名称", max_length=30, unique=True)
    about = models.CharField("主要内容", max_length=200)
    activity_kinds = models.ManyToManyField("pilots.ActivityKind", blank=True, related_name="duties")
    is_organising = models.BooleanField("含规划和领导小组", default=False)
    order = models.PositiveSmallIntegerField("排列顺序")

    class Meta:
        verbose_name = "共同体任务"
        verbose_name_plural = "共同体任务"
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name


class CommunityPolicy(models.Model):
    """What an area calls its communities of a kind (S2, S3 and S4 each say another word), and its document."""

    area = models.ForeignKey("accounts.Unit", models.CASCADE, related_name="+", verbose_name="地区")
    kind = models.ForeignKey(CommunityKind, models.CASCADE, related_name="policies", verbose_name="类型")
    label = models.CharField("本地名称", max_length=30)
    document = models.CharField("依据文件", max_length=150, blank=True, default="")

    class Meta:
        verbose_name = "地区共同体政策"
        verbose_name_plural = "地区共同体政策"
        constraints = [
            models.UniqueConstraint(
                fields=["area", "kind"],
                name="community_policy_once",
                violation_error_message="该地区这类共同体已有名称，请直接修改。",
            )
        ]

    def __str__(self) -> str:
        return self.label


class DutyOffice(models.Model):
    """Which offices of an area lead a duty and answer for it (S2: 牵头科室, 责任科室), as text."""

    policy = models.ForeignKey(CommunityPolicy, models.CASCADE, related_name="offices")
    duty = models.ForeignKey(CommunityDuty, models.CASCADE, related_name="+", verbose_name="任务")
    lead_office = models.CharField("牵头科室", max_length=60, blank=True, default="")
    offices = models.CharField("责任科室", max_length=120, blank=True, default="")

    class Meta:
        verbose_name = "任务科室"
        verbose_name_plural = "任务科室"
        ordering = ["duty__order"]
        constraints = [models.UniqueConstraint(fields=["policy", "duty"], name="duty_offices_once")]

    def __str__(self) -> str:
        return f"{self.duty}：{self.lead_office}"


class Community(models.Model):
    """A lead and its members, founded by ``area``: a county or prefecture, or the office across these and provinces.

    The kind never changes: memberships carry it, so that the database can refuse a second one of a school.
    """

    kind = models.ForeignKey(CommunityKind, models.PROTECT, related_name="communities", verbose_name="类型")
    area = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="communities", verbose_name="地区")
    name = models.CharField("名称", max_length=80)
    during = DateRangeField("存续时间")
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = "共同体"
        verbose_name_plural = "共同体"
        ordering = ["area__official_order", "name", "pk"]
        constraints = [
            ExclusionConstraint(
                name="community_name_once",
                expressions=[
                    ("area", RangeOperators.EQUAL),
                    ("name", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
                violation_error_message="该地区已有同名的共同体，请换一个名称。",
            ),
            models.UniqueConstraint(fields=["id", "kind"], name="community_with_kind"),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A school's time in a community, as its lead (牵头校) or a member (成员校).

    ``kind`` is the community's; a composite foreign key (migration) holds the two together.
    """

    class Role(models.TextChoices):
        LEAD = "lead", "牵头校"
        MEMBER = "member", "成员校"

    community = models.ForeignKey(Community, models.PROTECT, related_name="memberships")
    kind = models.ForeignKey(CommunityKind, models.PROTECT, related_name="+", editable=False)
    school = models.ForeignKey(
        "accounts.Unit", models.PROTECT, related_name="community_memberships", verbose_name="学校"
    )
    role = models.CharField("身份", max_length=10, choices=Role, default=Role.MEMBER)
    during = DateRangeField("参加时间")

    class Meta:
        verbose_name = "共同体成员"
        verbose_name_plural = "共同体成员"
        ordering = ["role", "school__official_order", "school__name", "pk"]
        constraints = [
            ExclusionConstraint(
                name="school_in_one_community_of_a_kind",
                expressions=[
                    ("school", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
                violation_error_message="这所学校在这段时间已在一个同类共同体中。",
            ),
            ExclusionConstraint(
                name="community_has_one_lead",
                expressions=[("community", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                condition=models.Q(role="lead"),
                violation_error_message="这个共同体在这段时间已有牵头校。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school}（{self.get_role_display()}）"


class GroupSeat(models.Model):
    """A line of a 领导小组: that of the community, or of one of its schools (S2 三（一）). People are told as text."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="seats")
    school = models.ForeignKey("accounts.Unit", models.PROTECT, null=True, related_name="+", verbose_name="学校")
    post = models.CharField("组内职务", max_length=30)
    who = models.CharField("职务或姓名", max_length=100)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "领导小组成员"
        verbose_name_plural = "领导小组成员"
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return f"{self.post}：{self.who}"


class CommunityPlan(models.Model):
    """The plan of a community for a school year (S2 三（一）: 建设发展规划): text, and files beside it."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="plans")
    school_year = models.CharField("学年", max_length=9)
    text = models.TextField("规划内容", blank=True, default="")
    updated_at = models.DateTimeField("更新时间", auto_now=True)

    class Meta:
        verbose_name = "共同体规划"
        verbose_name_plural = "共同体规划"
        ordering = ["-school_year"]
        constraints = [models.UniqueConstraint(fields=["community", "school_year"], name="community_plan_once_a_year")]

    def __str__(self) -> str:
        return f"{self.community}{self.school_year}学年规划"
