"""What stands on a person's work desk. Its number of queries does not grow with the data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from bulletins.models import CallTarget, Issue, Submission
from bulletins.queries.call import points_on_desk
from bulletins.queries.issue import issues_for
from bulletins.queries.submission import own_submissions
from bulletins.rules import UNIT_ROLES
from bulletins.states import IN_FORCE_ISSUE, OPEN_ISSUE, IssueState
from portal.accounts.models import User
from portal.accounts.roles import Role, UnitKind
from portal.home.boards.facts import Board
from portal.home.boards.subjects import of_unit
from portal.home.services.board import kept_board
from portal.inbox.models import MOST_URGENT_FIRST, Waiting
from portal.inbox.queries import waiting_for
from portal.periods import term_of

#: Lines of one group on the desk; the full list stands under 待办事项.
SHOWN = 6
#: States in which an issue is still on somebody's desk.
IN_THE_MAKING = (*sorted(OPEN_ISSUE), IssueState.AWAITING_REVIEW, IssueState.AWAITING_SIGNATURE, IssueState.SIGNED)


@dataclass(frozen=True, slots=True)
class Group:
    """Things of one sort that wait: how many in all, and the most urgent of them."""

    what: str
    count: int
    rows: list[Waiting]


@dataclass(frozen=True, slots=True)
class Action:
    """A quick action: a button on the desk; one that ``posts`` makes something new at once."""

    label: str
    url_name: str
    icon: str
    primary: bool = False
    posts: bool = False


@dataclass(frozen=True)
class Desk:
    """Everything on the page; a part that does not concern the person is None, an empty one is an empty list."""

    groups: list[Group]
    waiting: int
    actions: list[Action]
    points: list[CallTarget]
    reports: list[Submission] | None
    making: list[Issue] | None
    recent: list[Issue]
    #: Where an issue that is not public is read: by who works with issues, or by who received it.
    opens: str
    #: The figures on top of 统计一览, for leaders.
    board: Board | None


def desk_of(user: User) -> Desk:
    """The desk of ``user`` as his posts of today make it."""
    groups = groups_of(user)
    return Desk(
        groups=groups,
        waiting=sum(group.count for group in groups),
        actions=list(actions_of(user)),
        points=list(points_on_desk(user)),
        reports=list(own_submissions(user)[:SHOWN]) if user.has_perm("bulletins.add_submission") else None,
        making=list(issues_for(user).filter(state__in=IN_THE_MAKING)[:SHOWN])
        if user.has_perm("bulletins.view_desk")
        else None,
        recent=list(issues_for(user).filter(state__in=IN_FORCE_ISSUE)[:SHOWN]),
        board=_board_of(user),
        opens="issue" if user.has_perm("bulletins.view_issues") else "received-issue",
    )


def _board_of(user: User) -> Board | None:
    """For leaders the board of all, as it is kept for them."""
    offices = [unit for unit in user.units_as(Role.LEADER) if unit.kind == UnitKind.PROVINCE_OFFICE]
    return kept_board(of_unit(offices[0]), term_of(timezone.localdate())) if offices else None


def groups_of(user: User) -> list[Group]:
    """What waits, by what is to be done, the most urgent group first; one query, however much waits."""
    rows = waiting_for(user).annotate(
        count=Window(Count("pk"), partition_by="what"),
        place=Window(RowNumber(), partition_by="what", order_by=MOST_URGENT_FIRST),
    )
    groups: dict[str, Group] = {}
    for row in rows.filter(place__lte=SHOWN):
        groups.setdefault(row.what, Group(row.what, row.count, [])).rows.append(row)
    return list(groups.values())


def actions_of(user: User) -> Iterable[Action]:
    """What the person's posts let him begin."""
    if user.has_perm("bulletins.add_submission"):
        one_unit = len(user.units_as(*UNIT_ROLES)) == 1  # with several, the list asks for which
        yield Action("新建报送", "submission-new" if one_unit else "submissions", "plus", primary=True, posts=one_unit)
    if user.has_perm("bulletins.edit_issue"):
        yield Action("来稿处理", "desk", "inbox", primary=True)
    elif user.has_perm("bulletins.view_desk"):
        yield Action("查看来稿", "desk", "inbox")
    if user.has_perm("bulletins.edit_issue"):
        yield Action("编印工作动态", "issues", "news")
    elif user.has_perm("bulletins.view_issues"):
        yield Action("工作动态各期", "issues", "news")
    if user.has_perm("accounts.manage_units"):
        yield Action("单位与岗位", "units", "building")
    if user.has_perm("accounts.manage_users"):
        yield Action("人员", "people", "users")
    if user.has_perm("audit.view"):
        yield Action("操作记录", "audit", "history")
    yield Action("往期查询", "archive", "archive")
