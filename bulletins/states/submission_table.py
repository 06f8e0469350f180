"""What may follow what in the life of a report."""

from __future__ import annotations

from bulletins.states.collecting import COLLECTING_TRANSITIONS
from bulletins.states.submission import IN_OFFICE_HANDS, TO_COLLECTOR, TYPED, WITH_OFFICE, WITH_UNIT
from bulletins.states.submission import SubmissionState as S
from portal.workflow import Transition

SUBMISSION_TRANSITIONS = (
    Transition(
        "send_to_approver",
        "送本单位审核",
        WITH_UNIT,
        S.AWAITING_UNIT,
        "bulletins.send_submission_to_approver",
        style="primary",
    ),
    Transition("hand_in", "交信息员", TYPED, S.HANDED_IN, "bulletins.hand_in_submission", style="primary"),
    Transition("take_back", "取回", frozenset({S.HANDED_IN}), S.DRAFT, "bulletins.take_back_submission"),
    Transition(
        "hand_back",
        "退回修改",
        frozenset({S.HANDED_IN}),
        S.RETURNED,
        "bulletins.hand_back_submission",
        reason=True,
    ),
    Transition(
        "submit",
        "报送",
        WITH_UNIT,
        S.IN_REVIEW,
        "bulletins.submit_submission",
        style="primary",
        others=TO_COLLECTOR,
    ),
    Transition(
        "approve",
        "同意报送",
        frozenset({S.AWAITING_UNIT}),
        S.IN_REVIEW,
        "bulletins.approve_submission",
        style="primary",
        others=TO_COLLECTOR,
    ),
    Transition(
        "submit_on_paper",
        "上传签批件并报送",
        WITH_UNIT | {S.AWAITING_UNIT},
        S.IN_REVIEW,
        "bulletins.submit_on_paper",
        is_button=False,
        others=TO_COLLECTOR,
    ),
    Transition(
        "send_back",
        "退回修改",
        frozenset({S.AWAITING_UNIT}),
        S.RETURNED,
        "bulletins.approve_submission",
        reason=True,
    ),
    Transition(
        "withdraw",
        "撤回",
        frozenset({S.AWAITING_UNIT, S.IN_REVIEW, S.COLLECTING}),
        S.DRAFT,
        "bulletins.withdraw_submission",
        confirm="撤回后稿件回到草稿，修改后可以再次报送。",
    ),
    Transition(
        "start_editing",
        "开始编审",
        frozenset({S.IN_REVIEW}),
        S.EDITING,
        "bulletins.edit_submission",
        is_button=False,
    ),
    Transition("adopt", "采用", WITH_OFFICE, S.ADOPTED, "bulletins.adopt_submission", style="primary"),
    Transition(
        "return",
        "退回修改",
        IN_OFFICE_HANDS,
        S.RETURNED,
        "bulletins.return_submission",
        reason=True,
    ),
    Transition(
        "decline",
        "不予采用",
        IN_OFFICE_HANDS,
        S.DECLINED,
        "bulletins.decline_submission",
        reason=True,
        style="danger",
    ),
    Transition(
        "reopen",
        "重新编审",
        frozenset({S.ADOPTED, S.DECLINED}),
        S.EDITING,
        "bulletins.edit_submission",
        confirm="重新编审后，此前的决定取消。",
    ),
    # A bulk decision taken back before anybody was told: to the state before it, whichever of these that was.
    Transition(
        "undo",
        "撤销刚才的处理",
        frozenset({S.ADOPTED, S.RETURNED, S.DECLINED}),
        S.EDITING,
        "bulletins.edit_submission",
        is_button=False,
        others=IN_OFFICE_HANDS,
    ),
    *COLLECTING_TRANSITIONS,
    Transition("mark_printed", "编发", frozenset({S.ADOPTED}), S.PRINTED, "bulletins.print_reports", is_button=False),
    Transition("release", "所在一期已作废", frozenset({S.PRINTED}), S.ADOPTED, "bulletins.void_issue", is_button=False),
)
