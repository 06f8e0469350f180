"""Pairs at work in the sample programme: agreements, work lists, plans and contacts of four of DOMAIN.md's pairs.

Who is paired with whom is from public reports; what they agreed on is made up and says so (示例).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from alliances.models import Agreement, Commitment, Partnership
from alliances.services.agreement import Party, Promise, Terms, record_agreement, remind_of_endings
from alliances.services.partnership import add_contact
from alliances.services.plan import Goal, PlanWords, settle_plan, start_plan
from alliances.services.work_item import add_work_item, finish_work_item, start_work_item
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.home.sample.pilots import officer_of
from portal.home.sample.play import Play
from portal.periods import school_year_of


@dataclass(frozen=True, slots=True)
class Piece:
    """An item of a list: what, whose (``university`` or ``county``), due in so many days, how far it is."""

    title: str
    side: str
    post: str
    due: int
    state: str = "todo"


@dataclass(frozen=True, slots=True)
class SamplePair:
    """One pair: its agreement ends in so many days (None: not signed yet), its list, the state of its county's plan."""

    university: str
    county: str
    signed_as: str = ""
    ends_in: int | None = None
    pieces: tuple[Piece, ...] = ()
    plan: str = ""


PAIRS_AT_WORK = (
    SamplePair(
        "豫章师范学院",
        "安义县",
        "安义县教育体育局",
        400,
        (
            Piece("每月到安义中学、龙津中学联合教研一次", "university", "教务处副处长", -6, "doing"),
            Piece("选定两所学校作为师范生实习基地", "county", "人事股股长", 20),
            Piece("安义三小、县幼儿园提出本学期课程需求", "county", "教研室主任", -20, "done"),
            Piece("编印县域教研案例一册", "university", "小学教育学院副院长", 60),
        ),
        "settled",
    ),
    SamplePair(
        "井冈山大学",
        "青原区",
        "吉安市青原区教育体育局",
        45,
        (
            Piece("组织专家到校视导诊断", "university", "教师教育学院院长", 15, "doing"),
            Piece("排出教师跟岗学习名单", "county", "教师管理股股长", 30),
        ),
        "settled",
    ),
    SamplePair(
        "宜春学院",
        "靖安县",
        "靖安县教育体育局",
        700,
        (Piece("商定本学年师徒结对名单", "university", "教师发展中心主任", 25),),
        "draft",
    ),
    SamplePair("南昌师范学院", "南城县"),
)
PROMISES = (
    ("university", "每学期到县开展联合教研（示例）"),
    ("university", "选派师范生到县实习支教（示例）"),
    ("county", "提供实习学校和指导教师（示例）"),
    (None, "每学年召开一次协调会（示例）"),
)
GOALS = (Goal("每学期联合教研不少于8次（示例）", "活动登记"), Goal("建成一所示范性试点学校（示例）", "专家评估"))


def run_pairs(play: Play) -> None:
    """Four pairs at four points of their way: at work, ending soon, still planning, nothing signed yet."""
    for sample in PAIRS_AT_WORK:
        pair = Partnership.objects.get(
            university=play.units[sample.university], county=play.units[sample.county], during__upper_inf=True
        )
        _contacts(play, pair)
        if sample.ends_in is not None:
            _pieces(play, pair, sample, _agreement(play, pair, sample))
        if sample.plan:
            _plan(play, pair, settled=sample.plan == "settled")
    remind_of_endings()


def _contacts(play: Play, pair: Partnership) -> None:
    for unit, post in ((pair.university, "教务处副处长"), (pair.county, "教研室主任")):
        add_contact(pair, by=play.office[Role.EDITOR], unit=unit, post=post, phone="（示例）", duty="日常联络")


def _agreement(play: Play, pair: Partnership, sample: SamplePair) -> Agreement:
    until = timezone.localdate() + timedelta(days=sample.ends_in or 0)
    since = date(until.year - 2, until.month, 1)
    sides = {"university": pair.university, "county": pair.county}
    terms = Terms(
        title=f"{pair.university.label}与{pair.county.label}协同提质合作协议（示例）",
        number=f"示例〔{since.year}〕{pair.pk}号",
        signed_on=since,
        since=since,
        until=until,
        parties=[Party(pair.university.name, pair.university), Party(sample.signed_as, pair.county)],
        commitments=[Promise(text, sides[side] if side else None) for side, text in PROMISES],
    )
    return record_agreement(pair, terms, by=play.office[Role.EDITOR])


def _pieces(play: Play, pair: Partnership, sample: SamplePair, agreement: Agreement) -> None:
    """The list; its first item is what the agreement promised first."""
    promise: Commitment | None = agreement.commitments.order_by("order").first()
    for piece in sample.pieces:
        owner, name = (
            (pair.university, sample.university) if piece.side == "university" else (pair.county, sample.county)
        )
        item = add_work_item(
            by=play.office[Role.EDITOR],
            title=piece.title,
            owner=owner,
            owner_post=piece.post,
            due=timezone.localdate() + timedelta(days=piece.due),
            partnership=pair,
            commitment=promise,
        )
        promise = None
        doer: User = officer_of(play, name)
        if piece.state == "doing":
            start_work_item(item, by=doer)
        elif piece.state == "done":
            finish_work_item(item, by=doer, result="需求已汇总，见需求清单（示例）。", done_on=item.due)


def _plan(play: Play, pair: Partnership, *, settled: bool) -> None:
    officer = officer_of(play, pair.county.name)
    year = school_year_of(timezone.localdate())
    words = PlanWords(
        f"{pair.county.label}协同提质工作方案（示例）",
        "以教研为抓手，先试点学校、后全县推开；与结对高校共同备课、共同评课。（示例）",
        GOALS,
    )
    plan = start_plan(pair.county, words, by=officer, school_year=year.key)
    if settled:
        settle_plan(plan, by=officer)
