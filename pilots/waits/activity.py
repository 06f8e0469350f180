"""Whom an activity waits for: partners may look it over while they can object, its unit answers an objection."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from pilots.models import Activity
from pilots.queries.awaited import awaited_activities
from pilots.states.activity import ACTIVITY_TRANSITIONS, ActivityState
from portal.accounts.roles import REPORTING_ROLES
from portal.inbox.awaited import add_awaited
from portal.inbox.services import Wait
from portal.workflow import Workflow, register


def activity_waits(activity: Activity) -> Iterable[Wait]:
    """Silence is agreement: what a partner does not look over goes from its list by itself."""
    url, officers = reverse("activity", args=[activity.pk]), tuple(sorted(REPORTING_ROLES))
    if activity.state == ActivityState.RECORDED and activity.answer_due:
        for partner in (one for one in activity.partners.all() if one.is_active):
            title = f"{activity}（不核对视为无异议）"
            yield Wait(title, "核对活动", url, unit=partner, roles=officers, due=activity.answer_due)
    elif activity.state == ActivityState.OBJECTED:
        yield Wait(str(activity), "答复异议", url, unit=activity.unit, roles=officers)


register(Activity, Workflow("活动", ACTIVITY_TRANSITIONS, activity_waits))
add_awaited(Activity, awaited_activities)
