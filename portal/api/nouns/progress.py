"""Progress reports with their periods, and the lines of a report that its unit holds to be wrong."""

from __future__ import annotations

from functools import partial
from typing import Any

from rest_framework import serializers

from pilots.models import ProgressDoubt, ProgressReport, ReportingPeriod
from pilots.queries.progress_report import doubts_for, progress_for
from pilots.queries.reporting import periods_for
from pilots.services import progress_report
from pilots.services.progress_doubt import settle_doubt
from portal.accounts.models import User
from portal.api.noun import Act, Noun, acts


class TurnForm(serializers.Serializer[Any]):
    turn = serializers.IntegerField(min_value=0, max_value=2**31 - 1, help_text="审核轮次，见详情；已变则不办理")


class ApproveForm(TurnForm):
    note = serializers.CharField(allow_blank=True, default="", max_length=2_000, help_text="意见")


class CorrectForm(serializers.Serializer[Any]):
    reason = serializers.CharField(allow_blank=True, default="", max_length=2_000, help_text="核对说明")


def _settle(doubt: ProgressDoubt, *, name: str, reason: str, by: User) -> ProgressDoubt:
    """The explanation is what the pages call the answer; for 核对无误 the table asks for it."""
    return settle_doubt(doubt, name, answer=reason, by=by)


PROGRESS = (
    Noun(
        "reporting-periods",
        "填报期",
        ReportingPeriod,
        periods_for,
        fields=("label", "cadence", "during", "due", "locks_on", "opened_at"),
        filters={"cadence": "cadence"},
        day="due",
        text=("label",),
    ),
    Noun(
        "progress-reports",
        "学期确认单",
        ProgressReport,
        progress_for,
        fields=("period", "unit", "state", "at", "turn", "is_clean", "has_lone_desk", "submitted_at", "confirmed_at"),
        filters={name: name for name in ("period", "unit", "state", "at", "is_clean")},
        area="unit",
        text=("unit__name",),
        detail=("findings", "reason"),
        inside={"versions": ("number", "submitted_at", "content"), "comments": ("unit", "text", "at")},
        acts=acts(
            {"submit": progress_report.submit_report, "take_back": progress_report.take_back_report},
            approve=Act(progress_report.approve_report, ApproveForm),
            pass_over=Act(progress_report.pass_over_desk, TurnForm),
            **{"return": Act(progress_report.return_report, TurnForm)},
        ),
    ),
    Noun(
        "doubts",
        "有出入的记录",
        ProgressDoubt,
        doubts_for,
        fields=("report", "line", "right", "owner", "state", "at"),
        filters={"report": "report", "owner": "owner", "state": "state"},
        area="owner",
        text=("line", "right"),
        detail=("answer", "settled_at"),
        acts={
            "correct": Act(partial(_settle, name="correct"), CorrectForm),
            "uphold": Act(partial(_settle, name="uphold")),
        },
    ),
)
