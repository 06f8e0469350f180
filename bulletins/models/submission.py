"""A unit's report (稿件): its own text, and the text as the office edited it for print."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from bulletins.states import SubmissionState


class Submission(models.Model):
    """One report. ``title`` and ``text`` are the unit's and are never overwritten by the office.

    ``print_lead`` and ``print_text`` are the office's: the bold first sentence with its stop, and the
    text after it, paragraphs parted by line ends; empty until editing starts. ``version`` counts saves,
    so that a save on top of an older copy is noticed. ``draft_rows`` is what the unit has typed of its
    activities (``pilots.services.activity_row.Row`` as JSON), finished or not; when the report leaves the
    writer's hands it becomes ``activities`` and is None again. ``assigned_to`` is the editor whose errand it is;
    without one it is every editor's.

    ``route`` is the way up as it was when the report left its unit (``portal.reviews.queries.route.Stop`` as
    JSON; empty before). ``at`` is the unit on whose desk it lies, or which has returned or decided it: the unit
    itself for what staff handed to their officer, a collecting unit, or the office; None while it is being
    written. ``part_of`` is the report into which a collecting unit joined it, whose fate it shares.
    ``written_by`` is the collecting unit that wrote it for a school that cannot (代写).
    """

    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="submissions", verbose_name="单位")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="submissions", verbose_name="撰写人"
    )
    keeper = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="接手人"
    )
    call = models.ForeignKey(
        "bulletins.Call", models.PROTECT, null=True, blank=True, related_name="submissions", verbose_name="应约稿"
    )
    state = models.CharField("状态", max_length=20, choices=SubmissionState, default=SubmissionState.DRAFT)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="责任编辑"
    )
    route = models.JSONField(default=list, editable=False)
    at = models.ForeignKey(
        "accounts.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="所在单位"
    )
    part_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name="汇总稿"
    )
    written_by = models.ForeignKey(
        "accounts.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="代写单位"
    )
    title = models.CharField("标题", max_length=200, blank=True, default="")
    text = models.TextField("正文", blank=True, default="")
    print_lead = models.CharField("导语", max_length=200, blank=True, default="")
    print_text = models.TextField("编发正文", blank=True, default="")
    activities = models.ManyToManyField("pilots.Activity", blank=True, related_name="submissions")
    draft_rows = models.JSONField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1)
    reason = models.TextField("退回或未采用的理由", blank=True, default="")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    updated_at = models.DateTimeField("更新时间", auto_now=True)
    submitted_at = models.DateTimeField("报送时间", null=True, blank=True)
    decided_at = models.DateTimeField("处理时间", null=True, blank=True)

    class Meta:
        verbose_name = "稿件"
        verbose_name_plural = "稿件"
        ordering = ["-submitted_at", "-updated_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "-submitted_at"]),
            models.Index(fields=["unit", "state"]),
            # Twins of a report are looked for among the latest of the units it concerns.
            models.Index(fields=["unit", "-submitted_at"]),
            models.Index(fields=["at", "state"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(part_of__isnull=True) | ~models.Q(part_of=models.F("pk")),
                name="report_not_part_of_itself",
                violation_error_message="稿件不能汇总到它自己里。",
            )
        ]

    def __str__(self) -> str:
        return self.title or "（未填标题）"
