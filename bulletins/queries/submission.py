"""Where every list and look-up of reports starts, for pages and API alike."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from bulletins.models import Issue, Section, Submission
from bulletins.queries.issue import section_by_kind, the_periodical
from bulletins.rules import DESK_ROLES, UNIT_ROLES, another_approves
from bulletins.states import HAS_LEFT_UNIT, WITH_UNIT, SubmissionState
from portal.accounts.models import User
from portal.accounts.queries.post import posts_on
from portal.accounts.roles import REPORTING_ROLES, Role
from portal.audit.models import Entry, history

#: What a unit's own approver sent back has the state of a returned report, but never left the unit.
LEFT_UNIT = Q(state__in=HAS_LEFT_UNIT, submitted_at__isnull=False)


def submissions_for(user: User) -> QuerySet[Submission]:
    """The reports that ``user`` may see: his units' own in all states, and at the desk what has left a unit."""
    visible = Q(unit__in=[unit.pk for unit in user.units_as(*UNIT_ROLES)])
    if user.holds(*DESK_ROLES):
        visible |= LEFT_UNIT
    return Submission.objects.filter(visible).select_related("unit__parent", "author")


def own_submissions(user: User) -> QuerySet[Submission]:
    """The reports of the units that ``user`` reports, approves or works for (信息报送)."""
    units = [unit.pk for unit in user.units_as(*UNIT_ROLES)]
    return submissions_for(user).filter(unit__in=units).order_by("-updated_at", "-pk")


def received_submissions(user: User) -> QuerySet[Submission]:
    """What has come in to the desk (来稿处理), the latest first."""
    return submissions_for(user).filter(LEFT_UNIT).order_by("-submitted_at", "-pk")


def filter_submissions(
    rows: QuerySet[Submission],
    *,
    state: str = "",
    unit_kind: str = "",
    unit: int | None = None,
    since: date | None = None,
    until: date | None = None,
    text: str = "",
) -> QuerySet[Submission]:
    """Narrow a list; days count in the portal's time zone, both included. Empty arguments narrow nothing."""
    if state:
        rows = rows.filter(state=state)
    if unit_kind:
        rows = rows.filter(unit__kind=unit_kind)
    if unit:
        rows = rows.filter(unit=unit)
    if since:
        rows = rows.filter(submitted_at__date__gte=since)
    if until:
        rows = rows.filter(submitted_at__date__lte=until)
    if text:
        rows = rows.filter(Q(title__icontains=text) | Q(text__icontains=text) | Q(unit__name__icontains=text))
    return rows


def unplaced_submissions(issue: Issue) -> QuerySet[Submission]:
    """Adopted reports that stand in no entry yet and came in before the collection window of ``issue`` closed."""
    return (
        Submission.objects.filter(
            state=SubmissionState.ADOPTED,
            placement__isnull=True,
            submitted_at__date__lte=issue.window_end,
        )
        .select_related("unit__parent")
        .order_by("unit__kind", "unit__official_order", "unit__name", "submitted_at", "pk")
    )


#: Steps of a report that its unit is told of; how the office works on it is the office's own.
TOLD_TO_UNIT = (
    "create",
    "send_to_approver",
    "submit",
    "approve",
    "send_back",
    "withdraw",
    "adopt",
    "return",
    "decline",
    "mark_printed",
)


def unit_history(submission: Submission) -> QuerySet[Entry]:
    """Who did what and why, newest first, as far as it concerns the unit."""
    label = submission._meta.label_lower
    return history(submission).filter(action__in=[f"{label}.{name}" for name in TOLD_TO_UNIT])


def section_of(submission: Submission) -> Section | None:
    """The section in which a report of this kind of unit is printed (data of the periodical)."""
    return section_by_kind(the_periodical().sections.all()).get(submission.unit.kind)


def whereabouts(submission: Submission) -> str:
    """With whom the report is and what comes next, as a sentence for its unit."""
    match submission.state:
        case SubmissionState.AWAITING_UNIT:
            return f"正在等{_holders(submission, Role.UNIT_APPROVER)}审核；同意后报送省协同提质办。"
        case state if state in WITH_UNIT:
            return _with_writer(submission)
        case SubmissionState.IN_REVIEW:
            return "已到省协同提质办，正在等编辑处理。编辑开始编审之前可以撤回修改。"
        case SubmissionState.EDITING:
            return "省协同提质办正在编审，结果会写在这里。"
        case SubmissionState.ADOPTED:
            return "已被采用，等待编入一期工作动态。"
        case SubmissionState.PRINTED:
            return "已编入工作动态。活动信息继续用于统计，不必重复填报。"
        case _:
            return "这次没有采用。活动信息已经登记，继续用于统计，不必重复填报。"


def _with_writer(submission: Submission) -> str:
    writers = _holders(submission, *sorted(REPORTING_ROLES))
    approver = _holders(submission, Role.UNIT_APPROVER)
    after = f"送{approver}审核" if another_approves(submission) else "报送省协同提质办"
    if submission.state == SubmissionState.RETURNED:
        return f"请{writers}按退回意见修改，改好后重新{after}。"
    return f"由{writers}填写，写好后{after}。"


def _holders(submission: Submission, *roles: str) -> str:
    """The role in words with the names of those who hold it today."""
    posts = posts_on().filter(unit=submission.unit_id, role__in=roles, user__is_active=True)
    names = "、".join(dict.fromkeys(post.user.name for post in posts))
    label = "单位审核人" if Role.UNIT_APPROVER in roles else "本单位信息员"
    return f"{label}{names}" if names else label
