"""Cases (典型案例): the frame they are written in, what units write, and every version as it left the unit."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from alliances.models import Need
from bulletins.casebook import Criterion, Part, whole_text
from bulletins.states.case import CaseState


class CaseFrame(models.Model):
    """What a kind of case consists of: ``parts`` and ``criteria`` as JSON (``bulletins.casebook``), ``topics`` by name.

    The office changes it at any time; a case keeps what it was begun with.
    """

    name = models.CharField("名称", max_length=50, unique=True)
    parts = models.JSONField("组成部分", default=list)
    criteria = models.JSONField("评审标准", default=list)
    topics = models.JSONField("主题", default=list)
    is_active = models.BooleanField("在用", default=True)

    class Meta:
        verbose_name = "案例框架"
        verbose_name_plural = "案例框架"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Case(models.Model):
    """One case of ``unit`` (牵头单位) with its partners; ``other_partners`` are outsiders the portal does not know.

    ``parts`` and ``criteria`` are the frame's as they were when it was begun, the parts with what is written in them.
    ``area`` is the prefecture, county or partner's area it tells of. ``version`` counts saves, so that a save on top
    of an older copy is noticed. ``keeper`` has taken it over from its writer. ``reason`` is why it came back, was
    declined or taken off the public pages.
    """

    frame = models.ForeignKey(CaseFrame, models.PROTECT, related_name="cases", verbose_name="框架")
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="cases", verbose_name="牵头单位")
    partners = models.ManyToManyField("accounts.Unit", related_name="cases_joined", blank=True, verbose_name="合作单位")
    other_partners = models.CharField("其他合作单位", max_length=200, blank=True, default="")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="cases", verbose_name="撰写人")
    keeper = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="接手人"
    )
    call = models.ForeignKey(
        "bulletins.Call", models.PROTECT, null=True, blank=True, related_name="cases", verbose_name="应征集"
    )
    state = models.CharField("状态", max_length=20, choices=CaseState, default=CaseState.DRAFT)
    title = models.CharField("标题", max_length=200, blank=True, default="")
    topic = models.CharField("主题", max_length=30, blank=True, default="")
    stage = models.CharField("学段", max_length=12, choices=Need.Stage, default=Need.Stage.SEVERAL)
    area = models.ForeignKey(
        "accounts.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="所在地区"
    )
    parts = models.JSONField(default=list)
    criteria = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)
    reason = models.TextField("理由", blank=True, default="")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    updated_at = models.DateTimeField("更新时间", auto_now=True)
    submitted_at = models.DateTimeField("报送时间", null=True, blank=True)
    decided_at = models.DateTimeField("处理时间", null=True, blank=True)
    published_at = models.DateTimeField("公开时间", null=True, blank=True)

    class Meta:
        verbose_name = "典型案例"
        verbose_name_plural = "典型案例"
        ordering = ["-updated_at", "-pk"]
        indexes = [models.Index(fields=["state", "-published_at"]), models.Index(fields=["unit", "state"])]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state=CaseState.PUBLIC) | models.Q(published_at__isnull=False),
                name="public_case_has_day",
            )
        ]

    def __str__(self) -> str:
        return self.title or "（未填标题）"

    @property
    def own_parts(self) -> list[Part]:
        return [Part.from_json(part) for part in self.parts]

    @property
    def own_criteria(self) -> list[Criterion]:
        return [Criterion.from_json(one) for one in self.criteria]

    @property
    def text(self) -> str:
        """All parts under their headings."""
        return whole_text(self.own_parts)


class CaseVersion(models.Model):
    """A case as it left its unit for the ``number``-th time; never changed. ``facts`` are its lines above the text."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField("第几稿")
    title = models.CharField("标题", max_length=200)
    facts = models.JSONField(default=list)
    parts = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField("报送时间", db_default=Now())

    class Meta:
        verbose_name = "案例的一稿"
        verbose_name_plural = "案例的各稿"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="case_version_once")]

    def __str__(self) -> str:
        return f"{self.title}（第{self.number}稿）"

    @property
    def own_parts(self) -> list[Part]:
        return [Part.from_json(part) for part in self.parts]

    @property
    def text(self) -> str:
        return whole_text(self.own_parts)


class CaseReview(models.Model):
    """One expert's judgement of one version; while ``scored_at`` is empty it is still to come.

    ``scores`` are points by the name of the criterion. Who said what only the office sees.
    """

    version = models.ForeignKey(CaseVersion, models.CASCADE, related_name="reviews")
    expert = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="case_reviews")
    due = models.DateField("截止日期")
    scores = models.JSONField("评分", default=dict)
    words = models.TextField("评审意见", blank=True, default="")
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField(db_default=Now())
    scored_at = models.DateTimeField("评分时间", null=True)

    class Meta:
        verbose_name = "案例评审"
        verbose_name_plural = "案例评审"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "expert"],
                name="expert_scores_version_once",
                violation_error_message="这位专家已在评审这一稿。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.expert}：{self.version}"


class EntryCase(models.Model):
    """An entry of an issue that was made from a case; ``part`` where the entry was merged."""

    entry = models.ForeignKey("bulletins.Entry", models.CASCADE, related_name="case_links")
    part = models.ForeignKey("bulletins.MergedPart", models.SET_NULL, null=True, related_name="case_links")
    case = models.ForeignKey(Case, models.PROTECT, related_name="entry_links")

    class Meta:
        verbose_name = "条目所用案例"
        verbose_name_plural = "条目所用案例"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["entry", "case"], name="case_once_in_an_entry")]

    def __str__(self) -> str:
        return f"{self.case} → {self.entry}"
