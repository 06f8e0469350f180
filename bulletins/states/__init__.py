"""States of what the desk works on, by noun, and their transition tables: the only list of what may follow what."""

from bulletins.states.call import CALL_TRANSITIONS, KNOWN_TO_UNITS, CallState
from bulletins.states.collecting import ALONG, COLLECTING_TRANSITIONS
from bulletins.states.issue import (
    IN_FORCE_ISSUE,
    ISSUE_TRANSITIONS,
    NUMBERED_ISSUE,
    OPEN_ISSUE,
    PUBLIC_ISSUE,
    IssueState,
)
from bulletins.states.remark import FOLLOW_UP_TRANSITIONS, REMARK_TRANSITIONS, FollowUpState, RemarkState
from bulletins.states.submission import (
    AT_OFFICE,
    HAS_LEFT_UNIT,
    IN_OFFICE_HANDS,
    TO_COLLECT,
    WITH_OFFICE,
    WITH_UNIT,
    SubmissionState,
)
from bulletins.states.submission_table import SUBMISSION_TRANSITIONS

__all__ = [
    "ALONG",
    "AT_OFFICE",
    "CALL_TRANSITIONS",
    "COLLECTING_TRANSITIONS",
    "FOLLOW_UP_TRANSITIONS",
    "HAS_LEFT_UNIT",
    "IN_FORCE_ISSUE",
    "IN_OFFICE_HANDS",
    "ISSUE_TRANSITIONS",
    "KNOWN_TO_UNITS",
    "NUMBERED_ISSUE",
    "OPEN_ISSUE",
    "PUBLIC_ISSUE",
    "REMARK_TRANSITIONS",
    "SUBMISSION_TRANSITIONS",
    "TO_COLLECT",
    "WITH_OFFICE",
    "WITH_UNIT",
    "CallState",
    "FollowUpState",
    "IssueState",
    "RemarkState",
    "SubmissionState",
]
