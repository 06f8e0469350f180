"""What was done in a community beside its activities: one table for people, pairs and shared things.

S2's duties ask for a dozen things (people sent and received, 走教, studios, pairs, shared courses and venues,
synchronous lessons). Each is told alike: which school gave, which received, what or who in what post, how many,
from when to when, and each is done under one duty. So there is one record with a kind, and kinds are data.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class CommunityRecordKind(models.Model):
    """A kind of record. ``shape`` says what its form asks; ``measure`` is what its number counts.

    ``lead_side`` says on which side the lead must stand (S2 三（二）: the lead sends, members send to the lead).
    ``is_exchange`` marks the kinds that are proven to a teacher by a 服务证明.
    """

    class Shape(models.TextChoices):
        PEOPLE = "people", "人员往来"
        PAIR = "pair", "结对与工作室"
        SHARED = "shared", "共享共用"

    class Side(models.TextChoices):
        ANY = "", "不限"
        SENDS = "sends", "牵头校派出"
        RECEIVES = "receives", "牵头校接收"

    name = models.CharField("名称", max_length=30, unique=True)
    duty = models.ForeignKey(
        "pilots.CommunityDuty", models.PROTECT, related_name="record_kinds", verbose_name="共同体任务"
    )
    shape = models.CharField("填写内容", max_length=10, choices=Shape)
    lead_side = models.CharField("牵头校一方", max_length=10, choices=Side, blank=True, default=Side.ANY)
    measure = models.CharField("计量", max_length=4)
    is_exchange = models.BooleanField("属于任职任教", default=False)
    order = models.PositiveSmallIntegerField("排列顺序")
    is_active = models.BooleanField("在用", default=True)

    class Meta:
        verbose_name = "共同体记录类型"
        verbose_name_plural = "共同体记录类型"
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name


class CommunityRecord(models.Model):
    """One thing done in a community: of ``kind``, by ``giver`` for ``taker`` (empty: for all), ``start``–``end``.

    ``what`` tells the post (people), who with whom (pairs) or the thing (shared); ``person`` is a name if the school
    wants to give one. ``number`` is counted in the kind's measure. ``end`` empty: it goes on. ``days`` are the days
    really spent, where they are fewer than the span (走教).
    """

    community = models.ForeignKey("pilots.Community", models.PROTECT, related_name="records")
    kind = models.ForeignKey(CommunityRecordKind, models.PROTECT, related_name="records", verbose_name="类型")
    giver = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name="派出（提供）学校")
    taker = models.ForeignKey(
        "accounts.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="接收学校"
    )
    what = models.CharField("岗位或内容", max_length=100)
    person = models.CharField("姓名", max_length=50, blank=True, default="")
    subject = models.CharField("学科", max_length=20, blank=True, default="")
    number = models.PositiveIntegerField("数量", default=1)
    start = models.DateField("开始日期")
    end = models.DateField("结束日期", null=True, blank=True)
    days = models.PositiveSmallIntegerField("实际天数", null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = "共同体记录"
        verbose_name_plural = "共同体记录"
        ordering = ["-start", "-pk"]
        indexes = [models.Index(fields=["community", "start"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end__isnull=True) | models.Q(end__gte=models.F("start")),
                name="community_record_ends_after_start",
                violation_error_message="结束日期早于开始日期，请核对。",
            ),
            models.CheckConstraint(
                condition=models.Q(number__gte=1),
                name="community_record_counts",
                violation_error_message="数量至少为1。",
            ),
            models.CheckConstraint(
                condition=models.Q(taker__isnull=True) | ~models.Q(giver=models.F("taker")),
                name="community_record_between_two",
                violation_error_message="派出学校和接收学校不能是同一所。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}：{self.what}"


class DutyWords(models.Model):
    """A few words of the lead on what was done under a duty in a term; ``term`` is the key of ``portal.periods``."""

    community = models.ForeignKey("pilots.Community", models.CASCADE, related_name="duty_words")
    duty = models.ForeignKey("pilots.CommunityDuty", models.PROTECT, related_name="+", verbose_name="任务")
    term = models.CharField("学期", max_length=11)
    text = models.CharField("说明", max_length=500)
    updated_at = models.DateTimeField("更新时间", auto_now=True)

    class Meta:
        verbose_name = "任务说明"
        verbose_name_plural = "任务说明"
        constraints = [models.UniqueConstraint(fields=["community", "duty", "term"], name="duty_words_once_a_term")]

    def __str__(self) -> str:
        return self.text


class ServiceCertificate(models.Model):
    """服务证明 proves a teacher's exchange for posts and titles (S2 三（二）): one per record, however often asked for.

    ``content`` is what it says, as it was when it was asked for (``pilots.certificate.ServiceContent`` as
    JSON). The file's fields are empty until a worker has made it.
    """

    record = models.OneToOneField(CommunityRecord, models.PROTECT, related_name="certificate")
    token = models.CharField(max_length=32, unique=True, editable=False)
    content = models.JSONField(editable=False)
    job = models.OneToOneField("jobs.Job", models.PROTECT, null=True, related_name="service_certificate")
    file = models.CharField(max_length=200, blank=True, default="")
    sha256 = models.CharField(max_length=64, blank=True, default="")
    size = models.PositiveIntegerField(default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "服务证明"
        verbose_name_plural = "服务证明"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"服务证明：{self.record}"
