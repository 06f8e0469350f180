"""Every act on a report by its name in the transition table; pages and API go through here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bulletins.models import Submission
from bulletins.services.collecting import (
    forward_report,
    hand_back_submission,
    hand_in_submission,
    keep_report,
    pass_back_report,
    take_back_submission,
    take_up_report,
)
from bulletins.services.desk import adopt_submission, decline_submission, reopen_submission, return_submission
from bulletins.services.parts import free_part
from bulletins.services.submission import (
    approve_submission,
    send_back_submission,
    submit_submission,
    withdraw_submission,
)
from portal.accounts.models import User
from portal.workflow import workflow_of

#: The service behind each button of the transition table.
ACTS: dict[str, Callable[..., Submission]] = {
    "send_to_approver": submit_submission,
    "submit": submit_submission,
    "approve": approve_submission,
    "send_back": send_back_submission,
    "withdraw": withdraw_submission,
    "hand_in": hand_in_submission,
    "take_back": take_back_submission,
    "hand_back": hand_back_submission,
    "forward": forward_report,
    "pass_back": pass_back_report,
    "keep": keep_report,
    "take_up": take_up_report,
    "free": free_part,
    "adopt": adopt_submission,
    "return": return_submission,
    "decline": decline_submission,
    "reopen": reopen_submission,
}


def act_on_submission(
    submission: Submission, name: str, *, by: User, reason: str = "", seen: int | None = None
) -> Submission:
    """Do the act called ``name`` in the transition table; ``reason`` goes along where the table asks for one.

    ``seen`` is the version of the words that the page showed: an approval holds for these and no others.
    Raises KeyError for a name that is no button, and what the act itself raises.
    """
    given: dict[str, Any] = {"reason": reason} if workflow_of(submission).find(name).reason else {}
    if name == "approve":
        given["seen"] = seen
    return ACTS[name](submission, by=by, **given)
