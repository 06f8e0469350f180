"""With whom a report is and what comes next, as a sentence for its unit."""

from __future__ import annotations

from bulletins.models import Submission
from bulletins.rules import another_approves
from bulletins.states import SubmissionState
from portal.accounts.models import User
from portal.accounts.queries.post import posts_on
from portal.accounts.roles import REPORTING_ROLES, Role
from portal.reviews.queries.route import next_stop, reports_today, route_of

RECORDED = "活动信息已经登记，继续用于统计，不必重复填报。"


def whereabouts(submission: Submission) -> str:
    """The sentence on the report's page; what was joined into another report is told with that one's fate."""
    if submission.part_of is not None:
        return _in_another(submission, submission.part_of)
    match submission.state:
        case SubmissionState.DRAFT | SubmissionState.RETURNED:
            return _with_writer(submission)
        case SubmissionState.HANDED_IN:
            return f"已交{_holders(submission, *sorted(REPORTING_ROLES))}，由信息员编辑、汇总后报送。编辑之前可以取回。"
        case SubmissionState.AWAITING_UNIT:
            approver = _holders(submission, Role.UNIT_APPROVER)
            return f"正在等{approver}审核；同意后报送{_next_desk(submission)}。"
        case SubmissionState.COLLECTING:
            return _at_collector(submission)
        case SubmissionState.KEPT:
            return f"{submission.at}已留用，没有转报省协同提质办。{RECORDED}"
        case SubmissionState.IN_REVIEW:
            return "已到省协同提质办，正在等编辑处理。编辑开始编审之前可以撤回修改。"
        case SubmissionState.EDITING:
            return "省协同提质办正在编审，结果会写在这里。"
        case SubmissionState.ADOPTED:
            return "已被采用，等待编入一期工作动态。"
        case SubmissionState.PRINTED:
            return "已编入工作动态。活动信息继续用于统计，不必重复填报。"
        case _:
            return f"这次没有采用。{RECORDED}"


def _in_another(part: Submission, whole: Submission) -> str:
    """What became of the report into which a collecting unit joined this one."""
    by = "本单位信息员" if whole.unit_id == part.unit_id else str(whole.unit)
    match part.state:
        case SubmissionState.JOINED:
            return f"{by}已把它汇总到《{whole}》，正在编辑，还没有转报。"
        case SubmissionState.FORWARDED:
            return f"已由{by}随《{whole}》转报，现在在{whole.at or '上级单位'}，结果会写在这里。"
        case SubmissionState.ADOPTED:
            return f"已随《{whole}》采用，等待编入一期工作动态。"
        case SubmissionState.PRINTED:
            return f"已随《{whole}》编入工作动态。活动信息继续用于统计，不必重复填报。"
        case _:
            return f"已随《{whole}》报送，这次没有采用。{RECORDED}"


def _at_collector(submission: Submission) -> str:
    desk = submission.at
    if desk is not None and not reports_today(desk):
        return f"已到{desk}，但那里现在没有信息员。可以撤回后重新报送，系统会直接送到上一级。"
    return f"已到{desk}，正在等那里的信息员汇总转报。对方处理之前可以撤回修改。"


def _with_writer(submission: Submission) -> str:
    if submission.state == SubmissionState.RETURNED and submission.at_id == submission.unit_id:
        return f"请{submission.author}按信息员的意见修改，改好后重新交信息员。"
    writers = _holders(submission, *sorted(REPORTING_ROLES))
    if submission.written_by is not None:
        writers = f"{submission.written_by}信息员（代写）"
    approver = _holders(submission, Role.UNIT_APPROVER)
    after = f"送{approver}审核" if another_approves(submission) else f"报送{_next_desk(submission)}"
    if submission.state == SubmissionState.RETURNED:
        return f"请{writers}按退回意见修改，改好后重新{after}。"
    author: User = submission.author
    if submission.written_by is None and not author.holds(*REPORTING_ROLES, unit=submission.unit_id):
        return f"由{author}填写，写好后交{writers}，再{after}。"
    return f"由{writers}填写，写好后{after}。"


def _next_desk(submission: Submission) -> str:
    """Where it goes when it leaves the unit: back to the desk that returned it, else by today's way."""
    if submission.state != SubmissionState.DRAFT and submission.at is not None:
        return submission.at.label
    return next_stop(route_of(submission.unit)).name


def _holders(submission: Submission, *roles: str) -> str:
    """The role in words with the names of those who hold it today."""
    posts = posts_on().filter(unit=submission.unit_id, role__in=roles, user__is_active=True)
    names = "、".join(dict.fromkeys(post.user.name for post in posts))
    label = "单位审核人" if Role.UNIT_APPROVER in roles else "本单位信息员"
    return f"{label}{names}" if names else label
