"""Communities in the sample programme: Nanchang's 1+N (S2), the set of two new areas (S4), one as S3 plans them.

What the sources name keeps its name; every other school is called 示例, and people are posts.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from pilots.models import (
    ActivityKind,
    Community,
    CommunityDuty,
    CommunityKind,
    CommunityRecordKind,
    SchoolStage,
)
from pilots.services.activity import Facts, record_activity
from pilots.services.community import found_community
from pilots.services.community_papers import set_group, set_plan, set_policy
from pilots.services.community_record import RecordFacts, save_record, set_duty_words
from pilots.services.school_profile import ProfileFacts, save_profile
from portal.accounts.models import Unit
from portal.accounts.queries.unit import the_office, the_programme
from portal.accounts.roles import Role, UnitKind
from portal.accounts.services.unit import register_unit
from portal.home.sample.play import BEGAN, Play
from portal.periods import school_year_of, term_of

URBAN_RURAL, COOPERATING = "城乡共同体", "协作共同体"
NANCHANG, LIANGJIANG, TIANFU = "南昌市", "重庆两江新区教育局", "四川天府新区教育和卫生健康局"
#: S2: duty, 牵头科室, 责任科室.
OFFICES = {
    "组织管理系统化": ("义教科", "组人科、评测中心"),
    "教师轮岗制度化": ("义教科", "组人科、计财科"),
    "教师研训一体化": ("义教科", "评测中心"),
    "学生交流常态化": ("义教科", "宣教科、体卫艺科"),
    "优质资源同步化": ("义教科", "评测中心"),
    "考评机制捆绑化": ("义教科", "督导室"),
}
#: Area, name, lead, members: the leads are schools that public reports name.
FOUNDED = [
    ("安义县", "安义三小城乡发展共同体", "安义县第三小学", ("安义县示例第一中心小学", "安义县示例第二中心小学")),
    ("红谷滩区", "红谷滩二小城乡发展共同体", "红谷滩区第二小学", ("红谷滩区示例中心小学",)),
    ("南昌市", "红谷滩实验学校跨县城乡发展共同体", "红谷滩区实验学校", ("湾里示例中心小学",)),
]
#: Rural central schools that are in no community yet.
LEFT_OUT = [("安义县示例第三中心小学", "安义县"), ("湖口县示例中心小学", "湖口县")]
#: How many days ago, what, how often: six of the eight that S2 asks for.
RESEARCH = [(40, "集体备课", 2), (26, "联合教研", 2), (12, "教学沙龙", 1), (5, "课题研究", 1)]
#: S4: so many communities of two schools each.
PAIRS_OF_AREAS = 23
NAMED = ("重庆两江新区重光小学校", "重庆两江新区童心小学教育集团")


def bring_together(play: Play) -> None:
    """The communities, what is written of the first of them, and the coverage that is still wanting."""
    _policies(play)
    made = [_found(play, *row) for row in FOUNDED]
    for name, county in LEFT_OUT:
        _central(play, name, county)
    _first_term(play, made[0])
    _cooperating(play)
    _as_planned_elsewhere()


def _policies(play: Play) -> None:
    duties = {duty.name: duty for duty in CommunityDuty.objects.all()}
    offices = {duties[name]: row for name, row in OFFICES.items()}
    set_policy(
        area=play.units[NANCHANG],
        kind=_kind(URBAN_RURAL),
        label="城乡发展共同体",
        document="南昌市2024年的实施意见",
        offices=offices,
        by=None,
    )
    set_policy(
        area=play.units[LIANGJIANG],
        kind=_kind(COOPERATING),
        label="协作发展共同体",
        document="两江新区、天府新区联合制定的实施方案",
        offices={},
        by=None,
    )


def _found(play: Play, area: str, name: str, lead: str, members: tuple[str, ...]) -> Community:
    return found_community(
        kind=_kind(URBAN_RURAL),
        area=play.units[area],
        name=name,
        lead=play.units[lead],
        members=[_central(play, school, "湾里管理局" if area == NANCHANG else area) for school in members],
        since=BEGAN,
        by=None,
    )


def _first_term(play: Play, community: Community) -> None:
    """This term of the first: people, activities, a pair and a venue are there; student exchange is still wanting."""
    today = timezone.localdate()
    term, year = term_of(today), school_year_of(today)
    lead, first, second = (row.school for row in community.memberships.select_related("school").order_by("pk"))
    by = play.person("gongtongti", "安义三小工作人员", lead, Role.STAFF)
    set_group(community, school=None, text="组长：牵头校校长\n副组长：成员校校长\n成员：各校教务主任", by=by)
    set_group(community, school=lead, text="组长：校长\n成员：教科室主任", by=by)
    set_group(community, school=first, text="组长：校长\n成员：教导主任", by=by)
    plan = (
        "示例：每月集体备课一次，每学期选派骨干教师到成员校任教，音乐、体育、美术跨校走教，学期末向成员校开放一次课堂。"
    )
    set_plan(community, school_year=year, text=plan, by=by)
    for kind, giver, taker, what, number, subject in (
        ("派出中层以上干部", lead, first, "副校长", 1, ""),
        ("派出骨干教师", lead, second, "语文教师", 2, "语文"),
        ("接收优秀教师", first, lead, "数学教师", 1, "数学"),
        ("跨校走教", lead, second, "音乐教师", 1, "音乐"),
        ("跨校师徒结对", lead, first, "骨干教师与青年教师", 3, ""),
        ("共享场地", lead, None, "图书馆和操场", 2, ""),
    ):
        facts = RecordFacts(_record_kind(kind), giver, what, term.start, taker=taker, subject=subject, number=number)
        save_record(None, facts, community=community, by=by)
    done = RecordFacts(
        _record_kind("派出骨干教师"), lead, "英语教师", BEGAN, taker=first, end=date(2024, 7, 5), subject="英语"
    )
    save_record(None, done, community=community, by=by)
    for days, name, sessions in RESEARCH:
        day, of = max(today - timedelta(days=days), term.start), ActivityKind.objects.get(name=name)
        took_place = Facts(kind=of, start=day, end=day, sessions=sessions, place=lead.name, partners=[first, second])
        record_activity(took_place, unit=lead, by=by)
    duty = CommunityDuty.objects.get(name="考评机制捆绑化")
    set_duty_words(community, duty=duty, term=term, text="示例：三校共用一张评价表，期末一起对照检查。", by=by)


def _cooperating(play: Play) -> None:
    """S4: 23 communities, 46 schools of two areas in two provinces."""
    here, there = play.units[LIANGJIANG], play.units[TIANFU]
    for number in range(1, PAIRS_OF_AREAS + 1):
        named = NAMED[number - 1] if number <= len(NAMED) else ""
        lead = play.units[named] if named else _school(f"两江新区示例学校{number:02}", here)
        found_community(
            kind=_kind(COOPERATING),
            area=here,
            name=f"两江天府协作发展共同体{number:02}",
            lead=lead,
            members=[_school(f"天府新区示例学校{number:02}", there)],
            since=BEGAN,
            by=None,
        )


def _as_planned_elsewhere() -> None:
    """S3 plans pilots of 城乡教育共同体 around the central schools of townships."""
    area = register_unit(
        programme=the_programme(),
        kind=UnitKind.PARTNER,
        name="江门市教育局",
        short_name="江门",
        parent=the_office(),
        is_outside=True,
        by=None,
    )
    set_policy(
        area=area,
        kind=_kind(URBAN_RURAL),
        label="城乡教育共同体",
        document="《江门市“百县千镇万村高质量发展工程”教育行动方案（2023—2027年）》",
        offices={},
        by=None,
    )
    found_community(
        kind=_kind(URBAN_RURAL),
        area=area,
        name="江门示例城乡教育共同体",
        lead=_school("江门示例城区小学", area),
        members=[_school("江门示例乡镇中心小学", area), _school("江门示例乡村小学", area)],
        since=BEGAN,
        by=None,
    )


def _central(play: Play, name: str, county: str) -> Unit:
    """A school of a township, marked as 乡村中心学校 in this year's profile; its figures are made up."""
    school = _school(name, play.units[county])
    facts = ProfileFacts(SchoolStage.objects.get(name="小学"), "rural", 420, 12, 30, is_rural_central=True)
    save_profile(school, school_year_of(timezone.localdate()).key, facts, by=None)
    return school


def _school(name: str, parent: Unit) -> Unit:
    outside = parent.is_outside
    return register_unit(
        programme=the_programme(), kind=UnitKind.SCHOOL, name=name, parent=parent, is_outside=outside, by=None
    )


def _kind(name: str) -> CommunityKind:
    return CommunityKind.objects.get(name=name)


def _record_kind(name: str) -> CommunityRecordKind:
    return CommunityRecordKind.objects.get(name=name)
