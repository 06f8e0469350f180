"""不准确: a unit marks a line of its sheet; who keeps the fact looks and says what is true of it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from pilots.models import ProgressDoubt, ProgressReport
from pilots.notices.progress_report import tell_settled
from pilots.prefill import Line, sections
from pilots.services.locks import refuse_period
from pilots.states.progress import WITH_OWNER, DoubtState
from portal.accounts.models import User
from portal.refusals import Refused
from portal.text.typed import typed_words
from portal.workflow import moving, started

LONGEST = 500


@transaction.atomic
def doubt_line(report: ProgressReport, *, key: str, right: str, by: User) -> ProgressDoubt:
    """Mark the line ``key`` of the sheet as not right and say what is; its owner is asked.

    Raises Refused where the line is there no more, is asked about already, or the unit keeps the fact itself and so
    simply corrects it.
    """
    locked = ProgressReport.objects.select_for_update(of=("self",)).select_related("period", "unit").get(pk=report.pk)
    if not by.has_perm("pilots.write_progress", locked):
        raise PermissionDenied
    if locked.state not in WITH_OWNER:
        raise Refused(f"确认单现在是“{locked.get_state_display()}”，不能再标注。")
    refuse_period(locked.period, locked.unit_id, by=by)
    line = _line(locked, key)
    words = typed_words(right, "说明", LONGEST)
    if not words:
        raise Refused("请写明正确的情况，核对的人要看。")
    if locked.doubts.filter(key=key, state=DoubtState.OPEN).exists():
        raise Refused("这条记录已经标注过，正在核对。")
    doubt = ProgressDoubt.objects.create(
        report=locked, key=key, line=line.text, right=words, owner_id=line.owner or locked.unit_id, by=by
    )
    started(doubt, "标注不准确", by=by)
    return doubt


def settle_doubt(doubt: ProgressDoubt, name: str, *, answer: str, by: User) -> ProgressDoubt:
    """``correct`` (the owner has corrected the fact) or ``uphold`` (it is right, and why)."""
    with moving(doubt, name, by=by, reason=answer) as locked:
        locked.answer = answer.strip()
        locked.settled_by, locked.settled_at = by, timezone.now()
        locked.save(update_fields=["answer", "settled_by", "settled_at"])
    tell_settled(doubt)
    return doubt


def _line(report: ProgressReport, key: str) -> Line:
    span = report.period.span
    for section in sections():
        if found := next((line for line in section.rows(report.unit, span) if line.key == key), None):
            return found
    raise Refused("这条记录已不在确认单上，可能刚刚更正过，请刷新页面查看。")
