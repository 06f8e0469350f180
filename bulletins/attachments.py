"""Files of reports: who sees the report sees its files, and its writers add them while they still write."""

from __future__ import annotations

from bulletins.models import Submission
from bulletins.queries.submission import submissions_for
from bulletins.states import WITH_UNIT
from portal.files.registry import register


def closed(submission: Submission) -> str:
    """Files belong to what was sent in: with the report gone from the writer, they stay as they are."""
    if submission.state in WITH_UNIT:
        return ""
    return f"稿件现在是“{submission.get_state_display()}”，附件不能再改。撤回或退回后可以修改。"


register(Submission, visible=submissions_for, writable="bulletins.write_submission", closed=closed)
