"""A report leaves its unit: its facts are recorded, and its way up is fixed."""

from __future__ import annotations

from django.utils import timezone

from bulletins.models import Submission
from bulletins.services.twin import order_twins
from bulletins.states import SubmissionState
from pilots.services.activity import record_activities
from portal.accounts.models import Unit, User
from portal.accounts.queries.unit import the_office
from portal.refusals import Refused
from portal.reviews.queries.route import Stop, next_stop, reports_today, route_of


def leave_unit(submission: Submission, *, by: User) -> None:
    """Put the locked row on the first desk of its way; the caller's transition saves it.

    The way is fixed when a report leaves its unit first. What was returned goes back to the desk that returned
    it, wherever the unit stands by now, as long as somebody is there. Raises ValidationError where an activity
    lacks facts, Refused where one took place in a term that is locked.
    """
    _record_activities(submission, by=by)
    desk = _desk_that_returned(submission)
    if desk is None:
        route = route_of(submission.unit)
        desk = next_stop(route).unit
        submission.route = [stop.to_json() for stop in route]
    submission.at_id = desk
    if desk != the_office().pk:
        submission.state = SubmissionState.COLLECTING
    submission.submitted_at = timezone.now()
    submission.decided_at = None
    submission.reason = ""
    order_twins(submission)


def come_home(submission: Submission) -> None:
    """The unit has its report back as if it had never been sent: the next way is found anew."""
    submission.at = None
    submission.route = []


def stops_of(submission: Submission) -> list[Stop]:
    """The fixed way of a report that has left its unit."""
    return [Stop.from_json(stop) for stop in submission.route]


def _record_activities(submission: Submission, *, by: User) -> None:
    """Words may be sent at any time; what would change a locked term may not come along with them."""
    try:
        record_activities(submission.activities.all(), by=by)
    except Refused as error:
        raise Refused(f"稿件填有已锁定时期的活动：{error} 也可以先删去这项活动，只报送文字。") from error


def _desk_that_returned(submission: Submission) -> int | None:
    desk: Unit | None = submission.at
    if desk is None or all(stop.unit != desk.pk for stop in stops_of(submission)):
        return None
    return desk.pk if desk == the_office() or reports_today(desk) else None
