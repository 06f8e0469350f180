"""What every save of a report begins with: the row's lock, and refusing what rests on an older copy."""

from __future__ import annotations

from typing import Any

from bulletins.models import Submission
from portal.refusals import Refused


class StaleSave(Refused):
    """Somebody saved in between. ``current`` is what is stored now; nothing was overwritten."""

    def __init__(self, current: Any) -> None:
        super().__init__("这份文字刚刚被别人改过，没有覆盖。下面并列显示两份文字，请核对后再保存。")
        self.current = current


def locked_submission(submission: Submission) -> Submission:
    """The row as stored now, locked until the transaction ends."""
    return Submission.objects.select_for_update(of=("self",)).get(pk=submission.pk)


def require(submission: Submission, condition: bool, act: str) -> None:
    """Raise Refused with the state in words where ``condition`` does not hold."""
    if not condition:
        raise Refused(f"稿件现在是“{submission.get_state_display()}”，不能{act}。可能已由同事处理，请刷新页面查看。")
