"""延期: later days for the steps of a round that are not over yet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from pilots.models import Assessment, Reviewer, Survey
from pilots.notices.assessment import tell_postponed
from pilots.states.assessment import DAYS_OPEN, AssessmentState
from portal.accounts.models import Post, User
from portal.accounts.roles import Role
from portal.audit.models import record
from portal.refusals import Refused
from portal.text.official import official_date
from portal.workflow import renew_waits


@transaction.atomic
def postpone(assessment: Assessment, *, by: User, reason: str, **days: date) -> Assessment:
    """延期 with a reason. ``days``: those of ``DAYS_OPEN`` in the state of the round; each stays or becomes later.

    Surveys that were to end with the county's review end with it again. Raises PermissionDenied, Refused where nothing
    is open or a reviewer's post would end before his work, ValidationError by field.
    """
    row = Assessment.objects.select_for_update(of=("self",)).select_related("held_by").get(pk=assessment.pk)
    if not by.has_perm("pilots.manage_assessment", row):
        raise PermissionDenied
    state = AssessmentState(row.state)
    if state not in DAYS_OPEN:
        raise Refused(f"本次考核现在是“{row.get_state_display()}”，不能延期。")
    before = {name: getattr(row, name) for name in DAYS_OPEN[state]}
    later = {name: day for name, day in days.items() if name in before and day != before[name]}
    _check(row, before, later, reason)
    for name, day in later.items():
        setattr(row, name, day)
    row.validate_constraints()
    if "review_until" in later:
        _check_reviewers(row)
    row.save(update_fields=list(later))
    if "county_until" in later:
        surveys = Survey.objects.filter(score__assessed__assessment=row, closes_on=before["county_until"])
        surveys.update(closes_on=row.county_until)
    told = {name: [before[name].isoformat(), day.isoformat()] for name, day in later.items()}
    entry = record(row, "pilots.assessment.postpone", "延期", by=by, reason=reason.strip(), days=told)
    renew_waits(row)
    tell_postponed(row, occasion=entry.pk, reason=reason.strip())
    return row


def _check(row: Assessment, before: Mapping[str, date], later: Mapping[str, date], reason: str) -> None:
    today = timezone.localdate()
    for name, day in later.items():
        if day < before[name]:
            raise ValidationError({name: f"原定{official_date(before[name])}，只能推迟，不能提前。"})
        if day < today:
            raise ValidationError({name: "推迟后的日期已经过去，请填今天或以后的日期。"})
    if not later:
        raise ValidationError({next(iter(before)): "日期都没有改，请填写推迟后的日期。"})
    if not reason.strip():
        raise ValidationError({"reason": "请写明延期的理由，参评单位会看到。"})


def _check_reviewers(row: Assessment) -> None:
    """Every reviewer still at work stays an expert until the new day."""
    rows = Reviewer.objects.filter(assessed__assessment=row, handed_in_at=None).select_related("user")
    lasting = Post.objects.filter(role=Role.EXPERT, during__contains=row.review_until)
    short = rows.exclude(user__in=lasting.values("user"))
    if names := "、".join(dict.fromkeys(str(one.user) for one in short)):
        raise Refused(f"{names}的专家岗位在{official_date(row.review_until)}之前到期，请先由管理员延长岗位。")
