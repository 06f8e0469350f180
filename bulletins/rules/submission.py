"""Who may do what with reports: in their unit, at a unit that collects, at the office."""

from __future__ import annotations

from typing import Any

import rules
from django.db.models import QuerySet

from bulletins.rules.posts import UNIT_ROLES
from bulletins.states import SubmissionState
from portal.accounts.models import Post, User
from portal.accounts.queries.post import posts_on
from portal.accounts.roles import REPORTING_ROLES, Role, UnitKind
from portal.accounts.rules import holds_post, is_editor, judges


@rules.predicate
def reports_for_unit(user: User, submission: Any) -> bool:
    """The one information officer of the unit, or the deputy."""
    return submission is not None and user.holds(*REPORTING_ROLES, unit=submission.unit_id)


@rules.predicate
def works_for_unit(user: User, submission: Any) -> bool:
    return submission is not None and user.holds(Role.STAFF, unit=submission.unit_id)


@rules.predicate
def approves_for_unit(user: User, submission: Any) -> bool:
    return submission is not None and user.holds(Role.UNIT_APPROVER, unit=submission.unit_id)


@rules.predicate
def signs_for_unit(user: User, submission: Any) -> bool:
    """The same, but never in the post of who wrote it: acting for the writer, one does not approve his words either."""
    if submission is None:
        return False
    hands = (submission.author_id, submission.keeper_id)
    return judges(user, Role.UNIT_APPROVER, unit=submission.unit_id, hands=hands)


@rules.predicate
def is_author(user: User, submission: Any) -> bool:
    return submission is not None and submission.author_id == user.pk


@rules.predicate
def is_keeper(user: User, submission: Any) -> bool:
    """Has taken it over from its writer, and may have written on."""
    return submission is not None and submission.keeper_id == user.pk


in_his_hands = is_author | is_keeper


def approvers_of(submission: Any) -> QuerySet[Post]:
    """Who may sign a report for its unit today: its approvers, aside from who has written on it."""
    approvers = posts_on().filter(unit=submission.unit_id, role=Role.UNIT_APPROVER, user__is_active=True)
    return approvers.exclude(user__in=[pk for pk in (submission.author_id, submission.keeper_id) if pk])


def another_approves(submission: Any) -> bool:
    """Somebody other than the writer signs what leaves the unit; nobody approves what only he wrote."""
    return approvers_of(submission).exists()


def has_one_post_holder(unit_id: int) -> bool:
    """Whether one person alone reports, writes and approves for the unit today."""
    posts = posts_on().filter(unit=unit_id, role__in=UNIT_ROLES, user__is_active=True)
    return len(set(posts.values_list("user", flat=True)[:50])) <= 1


@rules.predicate
def only_he_wrote(user: User, submission: Any) -> bool:
    """Nobody else has a hand in it: no other author, no part by somebody else."""
    if submission is None or submission.author_id != user.pk:
        return False
    return not submission.parts.exclude(author=user).exists()


@rules.predicate
def is_alone_in_unit(_user: User, submission: Any) -> bool:
    return submission is not None and has_one_post_holder(submission.unit_id)


@rules.predicate
def unit_has_officer(_user: User, submission: Any) -> bool:
    """Somebody takes what staff hand in."""
    if submission is None:
        return False
    return posts_on().filter(unit=submission.unit_id, role__in=REPORTING_ROLES, user__is_active=True).exists()


@rules.predicate
def writes_for_school(user: User, submission: Any) -> bool:
    """代写: reports for the collecting unit that wrote it for a school that cannot."""
    by = submission.written_by_id if submission is not None else None
    return by is not None and user.holds(*REPORTING_ROLES, unit=by)


@rules.predicate
def collects(user: User, submission: Any) -> bool:
    """Reports for the unit on whose desk it lies."""
    return (
        submission is not None and submission.at_id is not None and user.holds(*REPORTING_ROLES, unit=submission.at_id)
    )


@rules.predicate
def is_of_prefecture(user: User) -> bool:
    """DOMAIN.md, Reviews: the prefecture sees its counties."""
    return any(unit.kind == UnitKind.PREFECTURE for unit in user.units_as(*UNIT_ROLES))


@rules.predicate
def uploads_scan(user: User, sign_off: Any) -> bool:
    """Whoever entered a sign-off on paper brings its scan along."""
    return sign_off is not None and sign_off.by_id == user.pk and reports_for_unit(user, sign_off.submission)


@rules.predicate
def is_handed_in(_user: User, submission: Any) -> bool:
    return submission is not None and submission.state == SubmissionState.HANDED_IN


@rules.predicate
def is_part(_user: User, submission: Any) -> bool:
    return submission is not None and submission.part_of_id is not None


@rules.predicate
def lies_below_office(_user: User, submission: Any) -> bool:
    """A collecting unit has it: the office does not see it, and decides on what it is part of."""
    return submission is not None and submission.at_id is not None and submission.at.kind != UnitKind.PROVINCE_OFFICE


@rules.predicate
def unit_has_approver(_user: User, submission: Any) -> bool:
    return submission is not None and another_approves(submission)


rules.add_perm("bulletins.add_submission", holds_post(*UNIT_ROLES))
rules.add_perm(
    "bulletins.write_submission", reports_for_unit | (works_for_unit & in_his_hands & ~is_handed_in) | writes_for_school
)
rules.add_perm("bulletins.send_submission_to_approver", reports_for_unit & unit_has_approver)
rules.add_perm(
    "bulletins.submit_submission",
    (reports_for_unit & ~unit_has_approver & (~only_he_wrote | is_alone_in_unit))
    | (writes_for_school & ~reports_for_unit),
)
rules.add_perm("bulletins.submit_on_paper", reports_for_unit)
rules.add_perm("bulletins.add_scan", uploads_scan)
rules.add_perm("bulletins.make_sign_link", reports_for_unit & unit_has_approver)
rules.add_perm("bulletins.hand_in_submission", works_for_unit & in_his_hands & ~reports_for_unit & unit_has_officer)
rules.add_perm("bulletins.take_back_submission", works_for_unit & in_his_hands & ~reports_for_unit)
rules.add_perm("bulletins.hand_back_submission", reports_for_unit & ~is_author)
rules.add_perm("bulletins.collect_submission", collects)
rules.add_perm("bulletins.view_counties", is_of_prefecture)
rules.add_perm("bulletins.move_along", is_part)
rules.add_perm("bulletins.approve_submission", signs_for_unit)
rules.add_perm("bulletins.withdraw_submission", reports_for_unit | writes_for_school)
rules.add_perm("bulletins.answer_confirmation", reports_for_unit | approves_for_unit)
rules.add_perm("bulletins.answer_office", reports_for_unit | works_for_unit | approves_for_unit)
rules.add_perm("bulletins.edit_submission", is_editor & ~lies_below_office)
rules.add_perm("bulletins.adopt_submission", is_editor & ~lies_below_office)
rules.add_perm("bulletins.return_submission", is_editor & ~lies_below_office)
rules.add_perm("bulletins.decline_submission", is_editor & ~lies_below_office)
