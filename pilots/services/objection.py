"""异议: what a unit says against a score while the result is shown, and what is decided."""

from __future__ import annotations

from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from pilots.models import ItemScore, Objection
from pilots.notices.assessment import tell_objection_answered
from pilots.rules.assessment import objecting_units
from pilots.services.round_lock import hold_round
from pilots.services.self_assessment import check_points
from pilots.states.assessment import AssessmentState, ObjectionState
from portal.accounts.models import Unit, User
from portal.audit.models import record
from portal.refusals import Refused
from portal.text.official import official_date
from portal.workflow import renew_waits

LONGEST = 2_000


@transaction.atomic
def raise_objection(score: ItemScore, *, unit: Unit, by: User, text: str) -> Objection:
    """提出异议 in the name of ``unit``. Raises Refused outside the time for it, ValidationError by field."""
    if unit.pk not in objecting_units(score) or not by.has_perm("pilots.raise_objection", score):
        raise PermissionDenied
    assessment = hold_round(communities__scores=score.pk)
    if assessment.state != AssessmentState.SHOWN:
        raise Refused(f"本次考核现在是“{assessment.get_state_display()}”，不受理异议。")
    if timezone.localdate() > assessment.objections_until:
        raise Refused(f"异议已于{official_date(assessment.objections_until)}截止。")
    if not text.strip():
        raise ValidationError({"text": "请写明异议的内容和理由。"})
    if len(text) > LONGEST:
        raise ValidationError({"text": f"异议内容超过{LONGEST}字，请缩短。"})
    row = Objection(score=score, unit=unit, text=text.strip(), raised_by=by, before=score.points)
    row.clean_fields(exclude=("before", "after", "answered_by"))
    row.validate_constraints()
    row.save()
    record(score, "pilots.itemscore.object", "提出异议", by=by, unit=unit.pk)
    renew_waits(score.assessed.assessment)
    return row


@transaction.atomic
def answer_objection(
    objection: Objection, *, by: User, upheld: bool, answer: str, points: Decimal | None = None
) -> Objection:
    """答复异议: upheld with new points and the reason, or not upheld with the reason."""
    hold_round(communities__scores__objections=objection.pk)
    rows = Objection.objects.select_for_update(of=("self",))
    row = rows.select_related("score__item", "score__assessed__assessment__held_by", "unit").get(pk=objection.pk)
    assessment = row.score.assessed.assessment
    if not by.has_perm("pilots.manage_assessment", assessment):
        raise PermissionDenied
    if row.state != ObjectionState.OPEN:
        raise Refused("这项异议已经答复，请刷新页面查看。")
    if assessment.state != AssessmentState.SHOWN:
        raise Refused(f"本次考核现在是“{assessment.get_state_display()}”，不能再答复异议。")
    if not answer.strip():
        raise ValidationError({"answer": "请写明答复的理由，提出单位会看到。"})
    if upheld:
        _change_points(row, points)
    row.state = ObjectionState.UPHELD if upheld else ObjectionState.REJECTED
    row.answer, row.answered_by, row.answered_at = answer.strip(), by, timezone.now()
    row.save()
    record(row.score, "pilots.itemscore.answer", row.get_state_display(), by=by, reason=row.answer, objection=row.pk)
    tell_objection_answered(row)
    renew_waits(row.score.assessed.assessment)
    return row


def _change_points(row: Objection, points: Decimal | None) -> None:
    if points is None:
        raise ValidationError({"points": "异议成立的，请填写改后得分。"})
    check_points(points, row.score.item.weight)
    row.before, row.after = row.score.points, points
    row.score.points = points
    row.score.save(update_fields=["points"])
