"""Files of remarks (the scan of the paper) and of the units' answers."""

from __future__ import annotations

from bulletins.models import FollowUp, LeaderRemark
from bulletins.queries.remark import follow_ups_open_to, remarks_open_to
from bulletins.states import FollowUpState, RemarkState
from portal.files.registry import register


def remark_closed(remark: LeaderRemark) -> str:
    return "这件批示已经办结，附件不能再改。" if remark.state == RemarkState.CLOSED else ""


def answer_closed(follow_up: FollowUp) -> str:
    if follow_up.state == FollowUpState.ANSWERED:
        return "落实情况已经反馈，附件不能再改。"
    return remark_closed(follow_up.remark)


register(LeaderRemark, visible=remarks_open_to, writable="bulletins.record_remark", closed=remark_closed)
register(FollowUp, visible=follow_ups_open_to, writable="bulletins.answer_remark", closed=answer_closed)
