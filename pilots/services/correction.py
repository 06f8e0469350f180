"""整改: a unit says what it has put right, the inspectors close it or ask again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from pilots.models import Correction
from pilots.notices.inspection import tell_answer_wanting, tell_correction_closed
from pilots.states.inspection import REPORTED_INSPECTIONS
from portal.accounts.models import User
from portal.refusals import Refused
from portal.workflow import moving

LONGEST_ANSWER = 3_000


@transaction.atomic
def answer(correction: Correction, *, by: User, text: str) -> Correction:
    """报告整改情况. Raises ValidationError for no words or too many."""
    words = text.strip()
    with moving(correction, "answer", by=by) as locked:
        _require_given(locked)
        if not words:
            raise ValidationError({"text": "请写明整改情况。"})
        if len(words) > LONGEST_ANSWER:
            raise ValidationError({"text": f"整改情况超过{LONGEST_ANSWER}字，请缩短。"})
        locked.answer, locked.answered_by, locked.answered_at = words, by, timezone.now()
    return correction


@transaction.atomic
def ask_again(correction: Correction, *, by: User, reason: str) -> Correction:
    """继续整改: the answer stays until a fuller one comes."""
    with moving(correction, "ask_again", by=by, reason=reason) as locked:
        locked.remark = reason.strip()
    tell_answer_wanting(correction)
    return correction


@transaction.atomic
def close_correction(correction: Correction, *, by: User, reason: str) -> Correction:
    """销号, with the inspectors' remark."""
    with moving(correction, "close", by=by, reason=reason) as locked:
        _require_given(locked)
        locked.remark, locked.closed_at = reason.strip(), timezone.now()
    tell_correction_closed(correction)
    return correction


#: The inspectors' acts, by name.
ACTS: Mapping[str, Any] = {"ask_again": ask_again, "close": close_correction}


def _require_given(correction: Correction) -> None:
    if correction.inspected.inspection.state not in REPORTED_INSPECTIONS:
        raise Refused("检查情况还没有反馈，反馈后再办理整改。")
