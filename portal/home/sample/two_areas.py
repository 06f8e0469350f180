"""两江 and 天府 (S4) as a pair: the agreement with its parties as signed, a joint meeting, what both held together.

What they agreed on and held is S4's, told in our own words; it gives no days, so days and numbers are made up (示例).
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from django.utils import timezone

from alliances.models import JointBody, Partnership
from alliances.queries.alliance import the_alliance
from alliances.services.agreement import Party, Promise, Terms, record_agreement
from alliances.services.meeting import Planned, call_meeting
from alliances.services.partnership import pair_units
from pilots.models import Activity, ActivityKind, HeadCount
from pilots.services.activity import Facts, People, record_activity
from portal.accounts.roles import Role
from portal.home.sample.activities import day_ago, let_silence_pass
from portal.home.sample.cooperation import LIANGJIANG, TIANFU
from portal.home.sample.play import Play

SINCE = date(2022, 1, 1)
AGREEMENT = "推动成渝地区双城经济圈建设共同打造教育高地合作协议"
#: 天府新区's side signed under a name that it no longer bears.
TIANFU_AS_SIGNED = "四川天府新区成都管委会社区治理和社事局"
PROMISES = ("两地教育部门定期召开联席会议（示例）", "共建中小学协作发展共同体（示例）", "共享优质教育资源（示例）")


class Held(NamedTuple):
    """What both areas held together, so many days ago; ``teachers`` None where S4 gives no number."""

    kind: str
    about: str
    ago: int
    place: str = ""
    teachers: int | None = None


HELD = (
    Held("研讨会", "智慧教育开放日暨区域课程改革研讨（示例日期）", 60),
    Held("研讨会", "家庭教育研讨：过好假期（示例日期）", 50, "重庆两江新区重光小学校"),
    Held("研讨会", "名校长工作室论坛（示例日期）", 40, "重庆两江新区童心小学教育集团"),
    Held("联合教研", "语文、数学、英语联合教研和教师论坛（示例日期）", 30, "", 1000),
)


def join_two_areas(play: Play) -> None:
    """The pair at work: signed, meeting regularly, with activities that nobody objected to."""
    alliance = the_alliance()
    if alliance is None:
        return
    here, there = play.units[LIANGJIANG], play.units[TIANFU]
    play.officers[LIANGJIANG] = play.person("liangjiang", "两江新区信息员", here, Role.INFORMATION_OFFICER)
    pair = pair_units(alliance=alliance, university=here, county=there, since=SINCE, until=None, by=None)
    _sign(play, pair)
    agenda = [("通报协作发展共同体的进展", ""), ("商定下学期共同开展的活动", "")]
    planned = Planned(
        title="两江新区与天府新区教育部门联席会议（示例）",
        start=timezone.localdate() + timedelta(days=21),
        place="两江天府教育改革中心",
        agenda=agenda,
        body=JointBody.objects.get(name="两江天府教育改革中心"),
    )
    call_meeting(here, planned, by=play.officers[LIANGJIANG], partnership=pair)
    let_silence_pass([_hold(play, one) for one in HELD])


def _sign(play: Play, pair: Partnership) -> None:
    terms = Terms(
        title=AGREEMENT,
        number="",
        signed_on=SINCE,
        since=SINCE,
        until=timezone.localdate() + timedelta(days=500),
        parties=[Party(LIANGJIANG, pair.university), Party(TIANFU_AS_SIGNED, pair.county)],
        commitments=[Promise(text, None) for text in PROMISES],
    )
    record_agreement(pair, terms, by=play.office[Role.EDITOR])


def _hold(play: Play, one: Held) -> Activity:
    people = (
        [People("教师", one.teachers, HeadCount.Measure.ATTENDANCES, HeadCount.Exactness.OVER)] if one.teachers else []
    )
    facts = Facts(
        kind=ActivityKind.objects.get(name=one.kind),
        start=day_ago(one.ago),
        partners=[play.units[TIANFU]],
        people=people,
        place=one.place,
        about=one.about,
    )
    return record_activity(facts, unit=play.units[LIANGJIANG], by=play.officers[LIANGJIANG])
