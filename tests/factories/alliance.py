"""Makers of pairs and of what they run on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from alliances.models import Alliance, JointBody, JointMeeting, Need, NeedKind, Partnership
from alliances.services.body import save_body
from alliances.services.meeting import Planned, call_meeting
from alliances.services.meeting_papers import Decided, write_papers
from alliances.services.need import Wanted, arrange_need, claim_need, propose_need
from alliances.services.partnership import pair_units
from pilots.models import Activity, ExpertTeam
from pilots.services.activity import record_activities
from pilots.services.expert_team import Expert, add_visit, save_expert_team
from portal.accounts.models import Unit, User
from portal.accounts.queries.post import posts_on
from portal.accounts.queries.unit import the_programme
from portal.accounts.roles import Role, UnitKind
from tests.factories import LONG_SINCE, make_activity, make_officer, make_unit


def the_test_alliance() -> Alliance:
    return Alliance.objects.get_or_create(programme=the_programme(), defaults={"name": "联盟"})[0]


def make_pair(university: Unit | None = None, county: Unit | None = None) -> Partnership:
    """A pair since long ago, of new units where none are given."""
    return pair_units(
        alliance=the_test_alliance(),
        university=university or make_unit(),
        county=county or make_unit(UnitKind.COUNTY),
        since=LONG_SINCE,
        until=None,
        by=None,
    )


def officer_of(unit: Unit) -> User:
    """The unit's officer, made where it has none yet."""
    post = posts_on().filter(unit=unit, role=Role.INFORMATION_OFFICER).first()
    return post.user if post else make_officer(unit)


def make_wanted(**fields: Any) -> Wanted:
    """A lesson that somebody wants."""
    fields.setdefault("kind", NeedKind.objects.get(name="示范课"))
    fields.setdefault("what", "请一位老师来上数学示范课")
    return Wanted(**fields)


def make_need(unit: Unit, by: User | None = None, **fields: Any) -> Need:
    """A need of ``unit``, put by its officer."""
    return propose_need(unit, make_wanted(**fields), by=by or make_officer(unit))


def make_arranged_need(unit: Unit, university: Unit) -> tuple[Need, User, User]:
    """A need that is arranged for today, with the officers of who asked and of who comes."""
    asking, taker = officer_of(unit), officer_of(university)
    need = make_need(unit, asking)
    plan: dict[str, Any] = {"visitors": "数学学院教授1人", "planned_on": timezone.localdate()}
    claim_need(need, by=taker, unit=university, **plan)
    arrange_need(need, by=asking, arrangement="上午9时，七年级教室", **plan)
    return need, asking, taker


def make_meeting(host: Unit, by: User, *, start: Any = None, minutes: str = "", **more: Any) -> JointMeeting:
    """A meeting in a week, or on ``start``."""
    planned = Planned(title="联席会议", start=start or in_days(7), place="会议室", agenda=[("通报进展", "教育局")])
    return call_meeting(host, planned, by=by, minutes=minutes, **more)


def make_held_meeting(host: Unit, by: User, **more: Any) -> JointMeeting:
    """A meeting of yesterday with its minutes and one decision, which ``host`` has to carry out within a month."""
    meeting = make_meeting(host, by, start=in_days(-1), minutes="会议商定了分工。", **more)
    decided = [Decided("制定联合教研计划", host, "教务处处长", in_days(30))]
    return write_papers(meeting, by=by, minutes=meeting.minutes, attendance={}, decisions=decided)


def make_body(by: User) -> JointBody:
    founders = [make_unit(UnitKind.PARTNER), make_unit(UnitKind.PARTNER)]
    return save_body(None, by=by, name="联合改革中心", founders=founders, since=LONG_SINCE, leads="中心主任")


def make_team(by: User, unit: Unit) -> tuple[ExpertTeam, Activity]:
    """A team with one expert of ``unit``, and a visit of it."""
    team = save_expert_team(
        None, by=by, name="视导专家团", batch=None, since=LONG_SINCE, until=None, experts=[Expert(unit, "教授")]
    )
    activity = make_activity(unit)
    record_activities([activity], by=None)
    return add_visit(team, activity, by=by), activity


def in_days(days: int) -> Any:
    """The day so many days from today."""
    return timezone.localdate() + timedelta(days=days)
