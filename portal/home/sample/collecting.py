"""汇总转报 in the sample programme: reports of schools at their counties, and staff's drafts at a university."""

from __future__ import annotations

from bulletins.models import Submission
from bulletins.services.collecting import forward_report, hand_in_submission, join_reports, keep_report
from bulletins.services.submission import create_submission
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.home.sample.play import RECENTLY, Play
from portal.home.sample.reports import SampleReport

#: Schools whose officers sign in here, each with the sign-in's name.
SCHOOLS = [
    ("anyi-zhongxue", "安义中学"),
    ("longjin-zhongxue", "龙津中学"),
    ("anyi-sanxiao", "安义县第三小学"),
    ("anyi-youeryuan", "安义县幼儿园"),
    ("honggutan-erxiao", "红谷滩区第二小学"),
    ("jingan-zhongxue", "靖安中学"),
]
#: One to be taken up at the county, two that the county has joined.
AT_COUNTY = [
    SampleReport(
        "安义中学",
        "in_review",
        "安义中学请高校教师同改一堂课",
        "12月4日，豫章师范学院教师到校，与数学组同改一堂函数课，教师14人参加。",
    ),
]
JOINED = [
    SampleReport(
        "龙津中学", "in_review", "龙津中学开放阅读课", "12月3日，学校开放两节整本书阅读课，县内语文教师26人观摩。"
    ),
    SampleReport(
        "安义县第三小学",
        "in_review",
        "安义三小试讲科学课",
        "12月3日，师范生在学校试讲三节科学课，指导教师课后逐一点评。",
    ),
    SampleReport(
        "安义县幼儿园",
        "in_review",
        "安义县幼儿园观摩游戏活动",
        "12月5日，教师11人观摩大班户外游戏，和高校教师讨论怎样记录。",
    ),
]
FORWARDED = SampleReport(
    "红谷滩区第二小学",
    "in_review",
    "红谷滩区第二小学教师结对备课",
    "12月4日，学校与豫章师范学院教师结对备课，语文教师9人参加。",
)
KEPT = SampleReport("靖安中学", "in_review", "靖安中学召开家长会", "12月2日，学校召开高一年级家长会，家长300余人到校。")
STAFF = ("jinggangshan-jiaoshi", "井冈山大学教育学院教师", "井冈山大学")
STAFF_DRAFT = ("教育学院教师到青原区听评课", "12月5日，教育学院教师到青原区听课，课后与任课教师一起评课。")


def collect_reports(play: Play) -> None:
    """A report in each place that a school's report can be in before the office decides."""
    for username, name in SCHOOLS:
        play.officers[name] = play.person(username, f"{name}信息员", play.units[name], Role.INFORMATION_OFFICER)
    for report in AT_COUNTY:
        _told(play, report)
    county = play.units["安义县"]
    join_reports([_told(play, report) for report in JOINED], collector=county, by=play.officers[county.name])
    play.came_in(forward_report(_told(play, FORWARDED), by=play.officers["红谷滩区"]), RECENTLY)
    keep_report(_told(play, KEPT), by=play.officers["靖安县"], reason="与结对合作关系不大，留县里参考。")
    _hand_in(play)


def _told(play: Play, report: SampleReport) -> Submission:
    submission = play.write(report, told_on=RECENTLY)
    play.came_in(submission, RECENTLY)
    submission.refresh_from_db()
    return submission


def _hand_in(play: Play) -> None:
    username, name, unit = STAFF
    writer: User = play.person(username, name, play.units[unit], Role.STAFF)
    title, text = STAFF_DRAFT
    draft = create_submission(unit=play.units[unit], by=writer, title=title, text=text)
    hand_in_submission(draft, by=writer)
