"""Activities and a target of the walk over all addresses."""

from __future__ import annotations

from pilots.models import Task
from pilots.services.activity_answer import match_activities
from pilots.services.activity_link import link_activity
from portal.accounts.models import Unit, User
from portal.accounts.queries.unit import the_office
from tests.factories import make_unit
from tests.factories.activity import make_recorded, make_target


def activities_of(unit: Unit, officer: User, task: int) -> dict[str, int | str]:
    """One record of the unit with the other side's beside it, two known as one event, one of a partner, a target."""
    other = make_unit(name="远山学院")
    activity, twin = make_recorded(unit, other), make_recorded(other, unit)
    kept, joined = make_recorded(unit, other, kind="培训"), make_recorded(other, unit, kind="培训")
    match_activities(kept, joined, by=officer)
    target = make_target(the_office())
    link = link_activity(activity, Task.objects.get(pk=task), by=officer)
    return {
        "activity": activity.pk,
        "activity_twin": twin.pk,
        "activity_kept": kept.pk,
        "activity_joined": joined.pk,
        "activity_of_partner": make_recorded(other, unit, kind="座谈会").pk,
        "activity_link": link.pk,
        "link_target": f"pilots.task:{task}",
        "a_target": target.pk,
        "an_indicator": target.indicator_id,
    }
