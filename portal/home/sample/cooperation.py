"""Orders, meetings, a joint body and a team of experts in the sample programme.

The joint body is S4's, told in our own words; orders, meetings and the team are made up, their days counted from
today, so that every state can be seen. People are posts.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from alliances.models import NeedKind, Partnership
from alliances.services.body import save_body
from alliances.services.meeting import Planned, call_meeting, hold_meeting, send_minutes
from alliances.services.meeting_papers import Decided, make_work_of, write_papers
from alliances.services.need import Wanted, arrange_need, claim_need, propose_need
from pilots.models import Activity, Batch
from pilots.queries.order import likely_kind
from pilots.services.expert_team import Expert, add_visit, save_expert_team
from pilots.services.order import finish_with_new_activity
from portal.accounts.models import User
from portal.accounts.queries.unit import the_office
from portal.accounts.roles import Role
from portal.home.sample.play import Play

UNIVERSITY, COUNTY = "宜春学院", "靖安县"
LIANGJIANG, TIANFU = "重庆两江新区教育局", "四川天府新区教育和卫生健康局"


def cooperate(play: Play) -> None:
    """Everything of the pair 宜春学院—靖安县 that orders and meetings show, then what stands above single pairs."""
    pair = Partnership.objects.get(university=play.units[UNIVERSITY], county=play.units[COUNTY])
    _orders(play)
    _meetings(play, pair)
    _body(play)
    _team(play)


def _in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def _officer(play: Play, unit: str, sign_in: str) -> User:
    """Who works for the unit: its officer, else somebody of its staff."""
    if unit not in play.officers:
        return play.person(sign_in, f"{unit}工作人员", play.units[unit], Role.STAFF)
    return play.officers[unit]


def _orders(play: Play) -> None:
    """One order that was carried out today, and one that waits to be taken."""
    asking = _officer(play, "靖安中学", "jingan-zhongxue")
    taker, university = _officer(play, UNIVERSITY, "yichun-xueyuan"), play.units[UNIVERSITY]
    kinds = {kind.name: kind for kind in NeedKind.objects.all()}
    lesson = Wanted(
        kind=kinds["示范课"], what="请一位老师来上高一数学示范课", subject="数学", stage="senior", wanted_by=_in_days(7)
    )
    done = propose_need(play.units["靖安中学"], lesson, by=asking)
    visitors = "数学与计算机科学学院副教授1人、师范生2人"
    claim_need(done, by=taker, unit=university, visitors=visitors, planned_on=_in_days(0))
    arrange_need(done, by=asking, visitors=visitors, planned_on=_in_days(0), arrangement="上午9时，靖安中学录播教室")
    kind = likely_kind(done)
    if kind is not None:
        finish_with_new_activity(done, by=asking, kind=kind, held_on=_in_days(0), place="靖安中学")
    diagnosis = Wanted(
        kind=kinds["视导诊断"],
        what="请专家来校诊断课堂教学",
        stage="primary",
        wanted_by=_in_days(20),
        urgency=2,
        details="三年级和五年级语文各听两节课，课后与教研组座谈。",
    )
    primary = _officer(play, "靖安县第一小学", "jingan-yixiao")
    propose_need(play.units["靖安县第一小学"], diagnosis, by=primary)


def _meetings(play: Play, pair: Partnership) -> None:
    """A joint meeting with minutes and decisions, of which one is work by now; and a coordination meeting to come."""
    host = _officer(play, UNIVERSITY, "yichun-xueyuan-2")
    agenda = [("通报上学期合作进展", "宜春学院教务处"), ("商定本学期工作清单", "靖安县教育局")]
    planned = Planned(title="宜春学院与靖安县联席会议", start=_in_days(-14), place="靖安县教育局会议室", agenda=agenda)
    minutes = "双方通报了上学期的合作进展，商定了本学期的工作安排和分工。（示例）"
    meeting = call_meeting(pair.university, planned, by=host, partnership=pair, minutes=minutes)
    came = {
        row.pk: ("present", "教务处处长" if row.unit == pair.university else "教育局副局长")
        for row in meeting.invitations.select_related("unit")
    }
    decided = [
        Decided("制定本学期联合教研计划", pair.university, "教务处处长", _in_days(20)),
        Decided("落实师范生实习的食宿安排", pair.county, "教育局副局长", _in_days(30)),
    ]
    write_papers(meeting, by=host, minutes=minutes, attendance=came, decisions=decided)
    make_work_of(meeting.decisions.earliest("order"), by=host)
    send_minutes(meeting, by=host)
    editor = play.office[Role.EDITOR]
    coming = Planned(
        title="协同提质行动高校联盟协调会",
        start=_in_days(10),
        kind="coordination",
        place="省协同提质办会议室",
        agenda=[("各校汇报工作进展", ""), ("商定下一阶段安排", "省协同提质办")],
    )
    call_meeting(the_office(), coming, by=editor, invited=[play.units[UNIVERSITY], play.units["江西师范大学"]])
    today = Planned(title="专家团队行前协调会", start=_in_days(0), kind="coordination", place="线上会议")
    hold_meeting(call_meeting(the_office(), today, by=editor, invited=[play.units[UNIVERSITY]]), by=editor)


def _body(play: Play) -> None:
    """S4, clause (三) of its measures: two areas founded a centre that coordinates their cooperation."""
    save_body(
        None,
        by=play.office[Role.EDITOR],
        name="两江天府教育改革中心",
        founders=[play.units[LIANGJIANG], play.units[TIANFU]],
        since=date(2022, 1, 1),
        duties="两地教育协同发展的议事协调机构：负责日常工作，提出改革措施，布局示范项目。成立日期为示例。",
    )


def _team(play: Play) -> None:
    """Three experts for the batch of quality schools, and the visit of one of them this term."""
    experts = [
        Expert(play.units["江西师范大学"], "教育学院教授", "学校管理"),
        Expert(play.units[UNIVERSITY], "数学与计算机科学学院副教授", "数学教学"),
        Expert(play.units["豫章师范学院"], "学前教育学院教授", "学前教育"),
    ]
    team = save_expert_team(
        None,
        by=play.office[Role.EDITOR],
        name="优质学校建设专家团队（示例）",
        batch=Batch.objects.earliest("order"),
        since=_in_days(-90),
        until=_in_days(275),
        experts=experts,
        note="为试点学校作视导诊断，每学期到校不少于一次。",
    )
    diagnosed = Activity.objects.get(unit=play.units[UNIVERSITY], kind__name="视导诊断", about="初中理科课堂把脉")
    add_visit(team, diagnosed, by=play.office[Role.EDITOR])
