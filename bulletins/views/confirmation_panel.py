"""What a page of the office shows of a question to a unit."""

from __future__ import annotations

from dataclasses import dataclass

from bulletins.models import Confirmation
from bulletins.services.asking_units import is_outdated
from portal.text.difference import Piece, difference


@dataclass(frozen=True, slots=True)
class Asked:
    """One question with its answer: the unit's corrections as differences, and whether the text has moved on since."""

    row: Confirmation
    corrections: list[Piece]
    is_outdated: bool
    can_take_over: bool

    @classmethod
    def of(cls, row: Confirmation) -> Asked:
        corrected = row.answer == Confirmation.Answer.CORRECTED and bool(row.answer_lead or row.answer_text)
        sent, answered = _joined(row.lead, row.text), _joined(row.answer_lead, row.answer_text)
        changed = corrected and sent != answered
        outdated = row.answer != Confirmation.Answer.CLOSED and row.taken_over_at is None and is_outdated(row)
        return cls(
            row=row,
            corrections=difference(sent, answered) if changed else [],
            is_outdated=outdated,
            can_take_over=changed and not outdated and row.taken_over_at is None,
        )


def _joined(lead: str, text: str) -> str:
    return "\n".join(part for part in (lead, text) if part)
