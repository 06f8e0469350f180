"""Files of reports, cases, calls, issues (the scanned 签批单), signatures on paper, remarks: who sees and adds them."""

from __future__ import annotations

from bulletins.models import Call, Case, FollowUp, Issue, LeaderRemark, SigningAuthority, SignOff, Submission
from bulletins.queries.authority import authorities_for
from bulletins.queries.call import calls_for
from bulletins.queries.case import cases_open_to
from bulletins.queries.issue import issues_in_the_making
from bulletins.queries.remark import follow_ups_open_to, remarks_open_to
from bulletins.queries.signing import sign_offs_for
from bulletins.queries.submission import submissions_for
from bulletins.states import NUMBERED_ISSUE, WITH_UNIT, CallState, FollowUpState, RemarkState
from bulletins.states.case import WITH_WRITER
from portal.files.queries import attachments_of_owner
from portal.files.registry import register


def closed(submission: Submission) -> str:
    """Files belong to what was sent in: with the report gone from the writer, they stay as they are."""
    if submission.state in WITH_UNIT:
        return ""
    return f"稿件现在是“{submission.get_state_display()}”，附件不能再改。撤回或退回后可以修改。"


def case_closed(case: Case) -> str:
    """Files of a case go with the version that was sent in."""
    if case.state in WITH_WRITER:
        return ""
    return f"案例现在是“{case.get_state_display()}”，附件不能再改。撤回或退回后可以修改。"


def scan_kept(sign_off: SignOff) -> str:
    """The signed page is evidence: it comes with the sign-off and stays."""
    return "签批件已存档，不能再改。" if attachments_of_owner(sign_off).exists() else ""


def sheet_kept(issue: Issue) -> str:
    """What an issue was signed by stays with it."""
    return "本期已签发，签批单已存档，不能再改。" if issue.state in NUMBERED_ISSUE else ""


def paper_kept(authority: SigningAuthority) -> str:
    """So does the paper that lets somebody sign for another; it comes when the authority is entered."""
    return "授权书已存档，不能再改。" if attachments_of_owner(authority).exists() else ""


def call_closed(call: Call) -> str:
    """What units were told stays as it was once the call is over."""
    if call.state in (CallState.DRAFT, CallState.SENT):
        return ""
    return f"这份约稿{call.get_state_display()}，附件不能再改。"


def remark_closed(remark: LeaderRemark) -> str:
    return "这件批示已经办结，附件不能再改。" if remark.state == RemarkState.CLOSED else ""


def answer_closed(follow_up: FollowUp) -> str:
    if follow_up.state == FollowUpState.ANSWERED:
        return "落实情况已经反馈，附件不能再改。"
    return remark_closed(follow_up.remark)


register(Submission, visible=submissions_for, writable="bulletins.write_submission", closed=closed)
register(Case, visible=cases_open_to, writable="bulletins.write_case", closed=case_closed)
register(Issue, visible=issues_in_the_making, writable="bulletins.enter_signed_sheet", closed=sheet_kept)
register(SigningAuthority, visible=authorities_for, writable="bulletins.manage_authorities", closed=paper_kept)
register(Call, visible=calls_for, writable="bulletins.manage_calls", closed=call_closed)
register(SignOff, visible=sign_offs_for, writable="bulletins.add_scan", closed=scan_kept)
register(LeaderRemark, visible=remarks_open_to, writable="bulletins.record_remark", closed=remark_closed)
register(FollowUp, visible=follow_ups_open_to, writable="bulletins.answer_remark", closed=answer_closed)
