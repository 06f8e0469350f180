"""Decisions before and beyond the single one: held back (暂存决定), and made for many reports at once."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class Decision(models.TextChoices):
    """What the office can decide for a report, alone or together with others."""

    ADOPT = "adopt", "采用"
    RETURN = "return", "退回修改"
    DECLINE = "decline", "不予采用"
    ASSIGN = "assign", "分给编辑"


class HeldDecision(models.Model):
    """A decision that is written down and not yet sent; the desk alone sees it.

    ``points`` are the points of a return as JSON; ``sent_in_at`` is when the report had come in when this was decided,
    so that a report which was taken back and sent in anew is noticed.
    """

    submission = models.OneToOneField("bulletins.Submission", models.CASCADE, related_name="held_decision")
    decision = models.CharField(
        "决定", max_length=10, choices=[(d.value, d.label) for d in Decision if d != Decision.ASSIGN]
    )
    reason = models.TextField("理由", blank=True, default="")
    points = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    held_at = models.DateTimeField(auto_now=True)
    sent_in_at = models.DateTimeField()

    class Meta:
        verbose_name = "暂存决定"
        verbose_name_plural = "暂存决定"
        ordering = ["held_at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_decision_display()}：{self.submission}"


class Bulk(models.Model):
    """One bulk act (批量处理). ``key`` comes from the form, so that a form sent twice is done once.

    Until ``undo_until`` whoever did it may undo it; messages to the units wait as long.
    """

    key = models.CharField(max_length=64, unique=True)
    label = models.CharField("操作", max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    done_at = models.DateTimeField(db_default=Now())
    undo_until = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "批量处理"
        verbose_name_plural = "批量处理"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"批量{self.label}"


class BulkRow(models.Model):
    """What a bulk act made of one report: done, or why not; and the same of its undoing.

    ``before`` and ``after`` are the fields it changed, as JSON: undoing asks whether they still stand so.
    """

    class Outcome(models.TextChoices):
        DONE = "done", "已办理"
        REFUSED = "refused", "未办理"
        UNDONE = "undone", "已撤销"
        KEPT = "kept", "未能撤销"

    bulk = models.ForeignKey(Bulk, models.CASCADE, related_name="rows")
    submission = models.ForeignKey("bulletins.Submission", models.CASCADE, related_name="+")
    decision = models.CharField("决定", max_length=10, choices=Decision)
    outcome = models.CharField("结果", max_length=10, choices=Outcome)
    said = models.CharField("说明", max_length=300, blank=True, default="")
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        verbose_name = "批量处理结果"
        verbose_name_plural = "批量处理结果"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["bulk", "submission"], name="report_once_in_a_bulk")]

    def __str__(self) -> str:
        return f"{self.submission} {self.get_outcome_display()}"
