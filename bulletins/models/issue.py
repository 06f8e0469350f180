"""One number of the bulletin, its entries, and which reports they were made from."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from bulletins.states import NUMBERED_ISSUE, IssueState


class Issue(models.Model):
    """An issue (期). It has no number until sign-off; from then on ``content`` is what was signed.

    The database refuses any later change of number, year and content (migration 0002). ``issue_date``
    stands on the masthead, ``printed_on`` in the imprint. ``window_start``–``window_end`` is the
    collection window, both days included. ``verify_token`` is the secret part of the address under which a
    printed copy is verified; given at sign-off, printed as a code, never changed (trigger). ``version`` counts
    saves of what stands around the entries, so that a stale save is noticed.
    """

    periodical = models.ForeignKey("bulletins.Periodical", models.PROTECT, related_name="issues")
    state = models.CharField("状态", max_length=20, choices=IssueState, default=IssueState.EDITING)
    number = models.PositiveIntegerField("期号", null=True, blank=True, editable=False)
    year = models.PositiveSmallIntegerField("年", null=True, blank=True, editable=False)
    masthead = models.CharField("报头", max_length=100)
    office = models.CharField("编印单位", max_length=100)
    issue_date = models.DateField("报头日期")
    window_start = models.DateField("收稿起")
    window_end = models.DateField("收稿止")
    report_to = models.CharField("报", max_length=300, blank=True, default="")
    copy_to = models.CharField("送", max_length=300, blank=True, default="")
    version = models.PositiveIntegerField(default=1)
    printed_on = models.DateField("印发日期", null=True, blank=True, editable=False)
    content = models.JSONField(null=True, editable=False)
    content_digest = models.CharField(max_length=64, blank=True, default="", editable=False)
    verify_token = models.CharField(max_length=32, blank=True, default="", editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    signed_at = models.DateTimeField("签发时间", null=True, editable=False)
    published_at = models.DateTimeField("公开时间", null=True, editable=False)
    void_reason = models.TextField("作废原因", blank=True, default="", editable=False)

    class Meta:
        verbose_name = "期"
        verbose_name_plural = "期"
        ordering = ["-issue_date", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["periodical", "year", "number"],
                nulls_distinct=False,
                condition=models.Q(number__isnull=False),
                name="issue_number_once",
                violation_error_message="这个期号已经用过。",
            ),
            models.UniqueConstraint(
                fields=["verify_token"], condition=~models.Q(verify_token=""), name="issue_verify_token_once"
            ),
            models.CheckConstraint(
                condition=models.Q(window_end__gte=models.F("window_start")),
                name="issue_window_in_order",
                violation_error_message="收稿截止日期早于开始日期，请核对。",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=sorted(NUMBERED_ISSUE), number__isnull=False, content__isnull=False)
                | (~models.Q(state__in=sorted(NUMBERED_ISSUE)) & models.Q(number__isnull=True)),
                name="issue_numbered_when_signed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.periodical.title}{self.label}" if self.number else f"{self.periodical.title}（签发时编号）"

    @property
    def label(self) -> str:
        """The number as printed, from the frozen content; empty before sign-off."""
        return str(self.content["label"]) if self.content else ""

    @property
    def file_name(self) -> str:
        """What the final PDF is called when it is saved: 工作动态第16期.pdf."""
        return f"{self}.pdf"


class Entry(models.Model):
    """One ★ item (条目) of an issue. ``version`` counts saves, so that a stale save is noticed."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="entries")
    section = models.ForeignKey("bulletins.Section", models.PROTECT, related_name="entries", verbose_name="栏目")
    position = models.PositiveIntegerField("位置")
    lead = models.CharField("导语", max_length=200, blank=True, default="")
    text = models.TextField("正文", blank=True, default="")
    version = models.PositiveIntegerField(default=1)
    submissions = models.ManyToManyField(
        "bulletins.Submission", through="bulletins.EntrySource", related_name="entries"
    )

    class Meta:
        verbose_name = "条目"
        verbose_name_plural = "条目"
        ordering = ["section__order", "section", "position", "pk"]
        indexes = [models.Index(fields=["issue", "section", "position"])]

    def __str__(self) -> str:
        return self.lead or self.text[:20]


class MergedPart(models.Model):
    """What stood alone before it was merged into ``entry`` (合并编发): its words and place, for 恢复原文."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="parts")
    section = models.ForeignKey("bulletins.Section", models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    lead = models.CharField(max_length=200, blank=True, default="")
    text = models.TextField(blank=True, default="")

    class Meta:
        verbose_name = "合并前的条目"
        verbose_name_plural = "合并前的条目"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.lead or self.text[:20]


class EntrySource(models.Model):
    """A report an entry was made from; ``part`` where the entry was merged. A report stands in one entry at most."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="sources")
    part = models.ForeignKey(MergedPart, models.SET_NULL, null=True, related_name="sources")
    submission = models.OneToOneField("bulletins.Submission", models.PROTECT, related_name="placement")

    class Meta:
        verbose_name = "稿件来源"
        verbose_name_plural = "稿件来源"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.submission} → {self.entry}"
