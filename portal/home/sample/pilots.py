"""Pilots in the sample programme: a past round for counties, an open one for schools, profiles, an inspection.

The counties are those that S1 and public reports pair with a university, 安义's schools those of its public plan;
points, reasons and figures of schools are made up.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from pilots.models import Candidate, ChecklistTemplate, Inspection, SchoolProfile, SchoolStage, SelectionRound
from pilots.services.candidate import TypedScore, confirm, decline, give_opinion, put_forward, recommend, save_candidate
from pilots.services.correction import answer
from pilots.services.inspection import TypedFinding, TypedLine, ask_correction, plan_inspection, report, write_findings
from pilots.services.pilot import enter_pilot
from pilots.services.school_profile import ProfileFacts, save_profile
from pilots.services.selection import TypedCriterion, close_round, open_round, publish_round, save_round
from portal.accounts.models import User
from portal.accounts.queries.post import posts_on
from portal.accounts.queries.unit import the_office
from portal.accounts.roles import Role, UnitKind
from portal.home.sample.play import Play
from portal.home.sample.units import PAIRS
from portal.periods import Period, school_year_of

#: When the first counties were recommended, and from when they are pilots.
FIRST_ROUND = (date(2023, 10, 16), date(2023, 10, 27))
PILOTS_SINCE = date(2023, 11, 1)
#: Of the first round: county, points, whether it was chosen. Who was not is made up: S0 and S1 name no refused county.
FIRST_COUNTIES = [
    ("湖口县", 88, True),
    ("瑞昌市", 90, True),
    ("靖安县", 92, True),
    ("上高县", 89, True),
    ("青原区", 91, True),
    ("湾里管理局", 74, False),
]
#: Schools of 安义县's public plan.
FIRST_SCHOOLS = ("安义中学", "龙津中学", "安义县第三小学", "安义县幼儿园")
BASIS = "首批试点名单（示例）"
CRITERIA = [
    TypedCriterion("基础条件", "看学校布局、师资和办学质量", 40),
    TypedCriterion("保障条件", "看经费、人员和制度安排", 30),
    TypedCriterion("参与意愿", "看申报材料和主要负责人意见", 30),
    TypedCriterion("近三年没有重大安全责任事故", "由推荐单位核实", 0, must_pass=True),
]
#: School: stage, place, pupils, classes, teachers, whether it is a 乡村中心学校. All figures are made up.
PROFILES = {
    "安义中学": ("高中", "urban", 2860, 56, 218, False),
    "龙津中学": ("初中", "urban", 1980, 40, 152, False),
    "安义县第三小学": ("小学", "urban", 1620, 36, 94, False),
    "安义县幼儿园": ("幼儿园", "urban", 410, 13, 31, False),
    "靖安中学": ("高中", "urban", 2140, 43, 171, False),
    "靖安县第三中学": ("初中", "town", 960, 21, 79, True),
    "靖安县第一小学": ("小学", "urban", 1480, 32, 86, False),
    "靖安县清华幼儿园": ("幼儿园", "urban", 300, 10, 24, False),
    "上高中学": ("高中", "urban", 3020, 60, 236, False),
    "瑞昌市第二中学": ("高中", "urban", 2650, 52, 203, False),
}
#: A year earlier there were so many pupils more for each hundred.
MORE_PUPILS_BEFORE = 3


def select_pilots(play: Play) -> None:
    """The rounds, the register, the profiles and an inspection."""
    _first_round(play)
    _register_the_others(play)
    _profiles(play)
    _open_round(play)
    _inspection(play)


def officer_of(play: Play, name: str) -> User:
    """The information officer of a unit; one is appointed where there is none yet."""
    unit = play.units[name]
    post = posts_on().filter(unit=unit, role=Role.INFORMATION_OFFICER).first()
    if post is not None:
        return User.objects.get(pk=post.user_id)
    return play.person(f"shidian{unit.pk}", f"{name}信息员", unit, Role.INFORMATION_OFFICER)


def _first_round(play: Play) -> None:
    editor, today = play.office[Role.EDITOR], timezone.localdate()
    round = _begun(editor, "首批试点县（市、区）遴选", "county", today, today, term_since=PILOTS_SINCE)
    for name, points, chosen in FIRST_COUNTIES:
        candidate = _sent(play, round, name, points)
        if chosen:
            confirm(candidate, by=editor)
        else:
            decline(candidate, by=editor, reason="本批名额有限，建议做好准备，参加下一批遴选。")
    close_round(round, by=editor)
    publish_round(round, by=editor)
    opens_on, closes_on = FIRST_ROUND
    SelectionRound.objects.filter(pk=round.pk).update(opens_on=opens_on, closes_on=closes_on)


def _register_the_others(play: Play) -> None:
    """Pairs whose recommendation the sample does not tell, and the schools of 安义."""
    told = {name for name, _points, _chosen in FIRST_COUNTIES}
    for name in dict.fromkeys(county for _university, county in PAIRS):
        if name not in told and play.units[name].kind == UnitKind.COUNTY:
            enter_pilot(play.units[name], by=play.office[Role.EDITOR], since=PILOTS_SINCE, basis=BASIS)
    for name in FIRST_SCHOOLS:
        enter_pilot(play.units[name], by=play.office[Role.EDITOR], since=PILOTS_SINCE, basis=BASIS)


def _profiles(play: Play) -> None:
    this = school_year_of(timezone.localdate())
    before = school_year_of(this.start - timedelta(days=1))
    for name in PROFILES:
        _profile(play, name, before, PROFILES[name][2] * (100 + MORE_PUPILS_BEFORE) // 100)
        _profile(play, name, this, PROFILES[name][2])


def _profile(play: Play, name: str, year: Period, pupils: int) -> SchoolProfile:
    stage, area, _pupils, classes, teachers, central = PROFILES[name]
    facts = ProfileFacts(SchoolStage.objects.get(name=stage), area, pupils, classes, teachers, central)
    return save_profile(play.units[name], year.key, facts, by=None)


def _open_round(play: Play) -> None:
    """One school that waits for the office, one still being written, one that came from the other county."""
    editor, today = play.office[Role.EDITOR], timezone.localdate()
    first, last = today - timedelta(days=6), today + timedelta(days=15)
    round = _begun(editor, f"{school_year_of(today).label}试点学校遴选", "school", first, last, places=3)
    sent = _sent(play, round, "靖安中学", 90)
    _sent(play, round, "上高中学", 86)
    put_forward(round, play.units["靖安县第三中学"], by=officer_of(play, "靖安县"))
    university = play.units["宜春学院"]
    give_opinion(
        sent,
        university=university,
        by=officer_of(play, university.name),
        leaning="for",
        text="双方已有联合教研基础，实习安排也便利。",
    )


def _begun(
    editor: User,
    name: str,
    level: str,
    opens_on: date,
    closes_on: date,
    *,
    places: int | None = None,
    term_since: date | None = None,
) -> SelectionRound:
    round = save_round(
        None,
        by=editor,
        criteria=CRITERIA,
        name=name,
        level=level,
        opens_on=opens_on,
        closes_on=closes_on,
        places=places,
        term_since=term_since,
        note="请对照标准打分，写明理由。佐证材料可以附上，不要求另写总结。",
    )
    return open_round(round, by=editor)


def _sent(play: Play, round: SelectionRound, name: str, points: int) -> Candidate:
    """Recommended with ``points`` of a hundred, shared out by the weight of the criteria."""
    unit = play.units[name]
    officer = officer_of(play, str(unit.parent))
    candidate = put_forward(round, unit, by=officer)
    scores = [
        TypedScore(row.pk, row.most_points * points // 100, is_met=True, grounds="见申报材料")
        for row in round.criteria.all()
    ]
    reasons = f"{unit.label}办学基础较好，保障措施落实，参与意愿强。（示例）"
    save_candidate(candidate, by=officer, reasons=reasons, scores=scores)
    return recommend(candidate, by=officer)


def _inspection(play: Play) -> None:
    """A visit of last week to two schools: one correction is answered, one under way."""
    editor, today = play.office[Role.EDITOR], timezone.localdate()
    lines = [TypedLine(line.name, line.how) for line in ChecklistTemplate.objects.earliest("pk").lines.all()]
    inspection = plan_inspection(
        led_by=the_office(),
        by=editor,
        units=[play.units["靖安中学"], play.units["安义中学"]],
        lines=lines,
        name="试点学校工作督导（示例）",
        starts_on=today - timedelta(days=8),
        ends_on=today - timedelta(days=6),
        inspectors="省协同提质办工作人员1人，高校教研人员2人",
    )
    asked = {
        "靖安中学": ("工作清单", "工作清单上的佐证材料不全，请补齐。", 6),
        "安义中学": ("一校一案", "一校一案的目标还不能检查，请写明完成时间和衡量办法。", 14),
    }
    for visit in inspection.inspected.select_related("inspection__led_by", "unit"):
        wanting, what, days = asked[visit.unit.name]
        found = [
            TypedFinding(item.pk, "partly", what) if item.name == wanting else TypedFinding(item.pk, "met")
            for item in inspection.items.all()
        ]
        write_findings(visit, by=editor, visited_on=inspection.starts_on, remark="各项工作已经展开。", findings=found)
        ask_correction(visit, by=editor, what=what, due=today + timedelta(days=days))
    report(inspection, by=editor)
    _answer_one(play, inspection)


def _answer_one(play: Play, inspection: Inspection) -> None:
    visit = inspection.inspected.get(unit=play.units["靖安中学"])
    answer(visit.corrections.get(), by=officer_of(play, "靖安县"), text="佐证材料已经补齐，存学校教务处备查。")
