"""Who may do what with progress reports (学期确认单), their periods and doubts; asked by name everywhere."""

from __future__ import annotations

from typing import Any

import rules

from pilots.queries.progress_route import LEVEL_REVIEWERS, reviewing_roles
from pilots.rules.posts import is_planner, works_for_owner
from pilots.states.progress import BELOW_PROVINCE, IN_REVIEW, ProgressState
from portal.accounts.models import User
from portal.accounts.queries.post import posts_on
from portal.accounts.roles import OFFICE_PLANNERS, SPEAKING_ROLES, UNIT_ROLES
from portal.accounts.rules import is_issuer, is_reviewer, judges


def desk_is_manned(report: Any) -> bool:
    """Whether somebody at the desk on which a report lies may review it today."""
    posts = posts_on().filter(unit=report.at_id, role__in=reviewing_roles(report.at), user__is_active=True)
    return posts.exclude(user__in=report.hands).exists()


@rules.predicate
def submits_for_unit(user: User, report: Any) -> bool:
    return report is not None and user.holds(*SPEAKING_ROLES, unit=report.unit_id)


@rules.predicate
def is_untouched(_user: User, report: Any) -> bool:
    """No desk has passed it yet: whoever submitted it may have it back."""
    return report is not None and not any(desk["done_by"] for desk in report.route)


@rules.predicate
def has_desk(user: User, report: Any) -> bool:
    """It lies on his desk, and he has not had it in hand before."""
    if report is None or report.at_id is None or report.state not in IN_REVIEW:
        return False
    return judges(user, *reviewing_roles(report.at), unit=report.at_id, hands=report.hands)


@rules.predicate
def is_confirmed(_user: User, report: Any) -> bool:
    return report is not None and report.state == ProgressState.CONFIRMED


@rules.predicate
def lies_unattended(_user: User, report: Any) -> bool:
    """At a level below the province where nobody can review it any more."""
    return report is not None and report.state in BELOW_PROVINCE and not desk_is_manned(report)


@rules.predicate
def is_on_the_way(user: User, report: Any) -> bool:
    """Reviews at one of the desks the report passes."""
    if report is None:
        return False
    return user.holds(*OFFICE_PLANNERS) or any(
        user.holds(*LEVEL_REVIEWERS, unit=desk["unit"]) for desk in report.route if not desk["skipped"]
    )


@rules.predicate
def keeps_the_fact(user: User, doubt: Any) -> bool:
    return doubt is not None and user.holds(*UNIT_ROLES, unit=doubt.owner_id)


rules.add_perm("pilots.write_progress", works_for_owner)
rules.add_perm("pilots.submit_progress", submits_for_unit)
rules.add_perm("pilots.take_back_progress", submits_for_unit & is_untouched)
rules.add_perm("pilots.review_progress", has_desk)
rules.add_perm("pilots.return_progress", has_desk | (is_confirmed & is_planner))
rules.add_perm("pilots.pass_over_progress", is_planner & lies_unattended)
rules.add_perm("pilots.comment_progress", works_for_owner | is_on_the_way)
rules.add_perm("pilots.settle_doubt", keeps_the_fact | is_planner)
rules.add_perm("pilots.manage_reporting", is_planner)
rules.add_perm("pilots.grant_reporting_exception", is_reviewer | is_issuer)
