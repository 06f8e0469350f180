"""Something that took place: the only owner of facts. Reports, quotas and tasks point here."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from pilots.states import ActivityState
from portal.text.official import short_date


class ActivityKind(models.Model):
    """A kind of activity (DOMAIN.md names those of S0 and S1). ``words`` recognise it in a text.

    Kinds of one ``family`` are alike: two sides may call one event by either.
    """

    name = models.CharField("名称", max_length=30, unique=True)
    words = models.CharField("识别用词", max_length=200, blank=True, default="")
    family = models.CharField("相近类别", max_length=20, blank=True, default="")
    order = models.PositiveSmallIntegerField("排列顺序")
    is_active = models.BooleanField("在用", default=True)

    class Meta:
        verbose_name = "活动类型"
        verbose_name_plural = "活动类型"
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name


class Activity(models.Model):
    """One activity as its unit recorded it.

    ``start``–``end`` is the span, both days included; ``days`` lists the days where they are not one
    span ("1日和8日"). ``sessions`` is how often it took place ("先后两次", "17场次"). ``other_partners``
    keeps hosts that are no registered unit (学院, 股室) as text. A draft may lack its facts.

    ``joined_into`` is the other side's record of the same event, which counts instead. ``answer_due`` is the last
    day on which a partner may object; None where nobody else took part.
    """

    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="activities", verbose_name="单位")
    state = models.CharField("状态", max_length=20, choices=ActivityState, default=ActivityState.DRAFT)
    kind = models.ForeignKey(
        ActivityKind, models.PROTECT, null=True, blank=True, related_name="activities", verbose_name="类型"
    )
    start = models.DateField("开始日期", null=True, blank=True)
    end = models.DateField("结束日期", null=True, blank=True)
    days = ArrayField(models.DateField(), default=list, blank=True, verbose_name="分别在")
    is_approximate = models.BooleanField("大致时间", default=False)
    sessions = models.PositiveSmallIntegerField("场次", default=1)
    place = models.CharField("地点", max_length=200, blank=True, default="")
    partners = models.ManyToManyField(
        "accounts.Unit", blank=True, related_name="activities_as_partner", verbose_name="参与单位"
    )
    other_partners = models.CharField("其他参与方", max_length=300, blank=True, default="")
    about = models.CharField("内容", max_length=200, blank=True, default="")
    batches = models.ManyToManyField("pilots.Batch", blank=True, related_name="activities")
    joined_into = models.ForeignKey("self", models.PROTECT, null=True, editable=False, related_name="joined")
    answer_due = models.DateField("异议截止", null=True, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    recorded_at = models.DateTimeField("登记时间", null=True, editable=False)

    class Meta:
        verbose_name = "活动"
        verbose_name_plural = "活动"
        ordering = ["start", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end__gte=models.F("start")) | models.Q(start__isnull=True, end__isnull=True),
                name="activity_ends_after_start",
                violation_error_message="结束日期早于开始日期，请核对。",
            ),
            models.CheckConstraint(
                condition=models.Q(sessions__gte=1),
                name="activity_sessions_positive",
                violation_error_message="场次至少为1。",
            ),
            models.CheckConstraint(
                condition=models.Q(state=ActivityState.DRAFT) | models.Q(kind__isnull=False, start__isnull=False),
                name="recorded_activity_has_facts",
                violation_error_message="请填写活动的类型和日期。",
            ),
            models.CheckConstraint(
                condition=models.Q(state=ActivityState.JOINED, joined_into__isnull=False)
                | (~models.Q(state=ActivityState.JOINED) & models.Q(joined_into__isnull=True)),
                name="joined_activity_has_other",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "start"]),
            models.Index(fields=["start", "state"]),
            models.Index(fields=["answer_due"], name="activity_unanswered", condition=models.Q(state="recorded")),
        ]

    def __str__(self) -> str:
        """Two of a kind in one unit are told apart by their days."""
        when = ""
        if self.start:
            when = f"{self.start.month}月" if self.is_approximate else short_date(self.start)
        return f"{self.unit} {when}{self.kind or '活动'}"


class HeadCount(models.Model):
    """Who took part and how many (DOMAIN.md: several per activity, 人 or 人次, exact or 余 / 多 / 约 / 共计)."""

    class Measure(models.TextChoices):
        PEOPLE = "人", "人"
        ATTENDANCES = "人次", "人次"

    class Exactness(models.TextChoices):
        EXACT = "", "确数"
        OVER = "余", "余"
        MANY = "多", "多"
        ABOUT = "约", "约"

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="head_counts")
    who = models.CharField("人员", max_length=60, blank=True, default="")
    number = models.PositiveIntegerField("人数")
    measure = models.CharField("计量", max_length=2, choices=Measure, default=Measure.PEOPLE)
    exactness = models.CharField("约数", max_length=1, choices=Exactness, blank=True, default="")
    is_total = models.BooleanField("共计", default=False)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "人数"
        verbose_name_plural = "人数"
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        total = "共计" if self.is_total else ""
        if self.exactness == self.Exactness.ABOUT:
            return f"{self.who}{total}约{self.number}{self.measure}"
        return f"{self.who}{total}{self.number}{self.exactness}{self.measure}"
