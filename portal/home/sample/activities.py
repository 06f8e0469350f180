"""Activities of this term entered without a report, made up: known by both sides, passed in silence, objected to.

Days are counted from today, as far as the term reaches back. The target is S2's quota for Nanchang.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.conf import settings
from django.utils import timezone

from pilots.models import Activity, ActivityKind, Indicator
from pilots.services.activity import Facts, People, record_activity
from pilots.services.activity_answer import confirm_activity, lapse_silent, match_activities, object_to_activity
from pilots.services.target import set_target
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.home.sample.play import Play
from portal.periods import school_year_of, term_of


class SampleActivity(NamedTuple):
    """``ago`` days before today. ``fate``: open, confirmed, silent, objected, or twin (both sides recorded it)."""

    unit: str
    partner: str
    kind: str
    ago: int
    about: str
    people: int
    fate: str = "open"


ACTIVITIES = [
    SampleActivity("豫章师范学院", "安义县", "专题讲座", 20, "怎样看懂孩子的游戏", 60, "silent"),
    SampleActivity("江西师范大学", "横峰县", "联合教研", 6, "五年级数学同课异构", 45, "twin"),
    SampleActivity("九江学院", "瑞昌市", "送教下乡", 5, "陶艺进课堂", 80, "objected"),
    SampleActivity("宜春学院", "靖安县", "视导诊断", 4, "初中理科课堂把脉", 24, "confirmed"),
    SampleActivity("南昌师范学院", "南城县", "培训", 2, "种子教师磨课", 36),
]
OBJECTION = "当天只到了一所学校，另一所改在下周，请核对场次。"


def record_activities_of_term(play: Play) -> None:
    """Each by its own officer; what the other side said of it by the other's."""
    made = {row.about: _record(play, row, row.unit, row.partner) for row in ACTIVITIES}
    let_silence_pass([made[row.about] for row in ACTIVITIES if row.fate == "silent"])
    for row in ACTIVITIES:
        activity, other = made[row.about], play.officers[row.partner]
        if row.fate == "twin":
            match_activities(activity, _record(play, row, row.partner, row.unit), by=other)
        elif row.fate == "objected":
            object_to_activity(activity, by=other, reason=OBJECTION)
        elif row.fate == "confirmed":
            confirm_activity(activity, by=other)
    year = school_year_of(timezone.localdate())
    indicator = Indicator.objects.get(code="s2-joint-research")
    set_target(
        None,
        by=play.office[Role.EDITOR],
        indicator=indicator,
        area=play.units["南昌市"],
        value=indicator.usual_value or Decimal(0),
        force=indicator.force,
        first=year.start,
        last=year.end,
        basis=indicator.clause,
    )


def _record(play: Play, row: SampleActivity, unit: str, partner: str) -> Activity:
    by: User = play.officers[unit]
    facts = Facts(
        kind=ActivityKind.objects.get(name=row.kind),
        start=day_ago(row.ago),
        partners=[play.units[partner]],
        people=[People("教师", row.people)],
        about=row.about,
    )
    return record_activity(facts, unit=play.units[unit], by=by)


def day_ago(ago: int) -> date:
    """So many days ago, not before the term began."""
    today = timezone.localdate()
    return max(today - timedelta(days=ago), term_of(today).start)


def let_silence_pass(activities: list[Activity]) -> None:
    """As if these had been entered so long ago that nobody may object any more."""
    yesterday = timezone.localdate() - timedelta(days=1)
    entered = timezone.now() - timedelta(days=settings.ACTIVITY_SILENCE_DAYS + 1)
    pks = [activity.pk for activity in activities]
    Activity.objects.filter(pk__in=pks).update(answer_due=yesterday, recorded_at=entered)
    lapse_silent()
