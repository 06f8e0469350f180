"""Files of rounds, of candidates, of inspections and of visited units: who sees and who adds them."""

from __future__ import annotations

from pilots.models import Candidate, InspectedUnit, Inspection, SelectionRound
from pilots.queries.inspection import inspected_open_to, inspections_for
from pilots.queries.selection import candidates_for, rounds_for
from pilots.states.inspection import InspectionState
from pilots.states.selection import WITH_RECOMMENDER, RoundState
from portal.files.registry import register


def round_over(round: SelectionRound) -> str:
    return "本次遴选已经公布结果，附件不能再改。" if round.state == RoundState.PUBLISHED else ""


def candidate_sent(candidate: Candidate) -> str:
    if candidate.state in WITH_RECOMMENDER:
        return ""
    return f"这一推荐现在是“{candidate.get_state_display()}”，附件不能再改。"


def inspection_over(inspection: Inspection) -> str:
    over = inspection.state in (InspectionState.CLOSED, InspectionState.CANCELLED)
    return f"本次检查{inspection.get_state_display()}，附件不能再改。" if over else ""


def visit_over(inspected: InspectedUnit) -> str:
    return inspection_over(inspected.inspection)


register(SelectionRound, visible=rounds_for, writable="pilots.manage_rounds", closed=round_over)
register(Candidate, visible=candidates_for, writable="pilots.fill_candidate", closed=candidate_sent)
register(Inspection, visible=inspections_for, writable="pilots.manage_inspection", closed=inspection_over)
register(InspectedUnit, visible=inspected_open_to, writable="pilots.attach_to_visit", closed=visit_over)
