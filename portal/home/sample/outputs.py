"""What came of the work of 五个一批 in the sample programme: an output of each kind, in every state.

Outputs dated 2023–2024 tell facts of S1 in our own words; those of this term are made up. People are posts.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from django.utils import timezone

from pilots.models import Output, OutputKind, Task
from pilots.services.output import OutputFacts, confirm_output, propose_output, publish_output, send_back_output
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.home.sample.play import Play


class SampleOutput(NamedTuple):
    """``fate``: proposed, returned, confirmed or public. ``day`` is a day, or counted from today."""

    kind: str
    unit: str
    name: str
    day: date | int
    fate: str
    data: dict[str, str] = {}
    school: str = ""
    subject: str = ""
    people: str = ""
    shows_people: bool = False
    task: str = ""


OUTPUTS = [
    SampleOutput(
        "document",
        "南城县",
        "种子教师项目文件",
        date(2024, 11, 4),
        "confirmed",
        {"issued_by": "南城县"},
        subject="教师队伍",
    ),
    SampleOutput(
        "course",
        "豫章师范学院",
        "手势舞",
        date(2024, 10, 25),
        "public",
        {"stage": "小学"},
        "红谷滩区云溪学校",
        "音乐",
        "文化与旅游学院、音乐舞蹈学院教师",
        True,
    ),
    SampleOutput(
        "course", "九江学院", "陶瓷艺术在校园", date(2024, 11, 7), "public", {"stage": "高中"}, "瑞昌市第二中学", "美术"
    ),
    SampleOutput(
        "course",
        "井冈山大学",
        "博士讲堂第一讲：庄子的天下观",
        date(2024, 10, 30),
        "public",
        {"stage": "高中"},
        "井冈山大学附属中学",
        "国学",
    ),
    SampleOutput(
        "project_result",
        "井冈山大学",
        "博士团附中工作站",
        date(2024, 10, 30),
        "confirmed",
        {"form": "工作站"},
        "井冈山大学附属中学",
    ),
    SampleOutput(
        "project_result",
        "江西科技师范大学",
        "大中小美育一体化成果汇报",
        date(2024, 11, 7),
        "public",
        {"form": "音乐会和艺术展"},
        subject="美育",
    ),
    SampleOutput(
        "project_result",
        "上高县",
        "名师送教送研下乡十七场",
        date(2024, 11, 8),
        "confirmed",
        {"form": "示范课和专题研讨"},
    ),
    SampleOutput(
        "document",
        "江西师范大学",
        "五个一批推进实施方案",
        date(2024, 11, 11),
        "returned",
        {"issued_by": "江西师范大学"},
    ),
    SampleOutput(
        "quality_school",
        "宜春学院",
        "靖安县第一小学",
        -6,
        "proposed",
        {"honour": "章程建设示例校"},
        "靖安县第一小学",
        task="帮助靖安县四所学校修订章程和发展规划",
    ),
    SampleOutput("teacher", "南城县", "小学语文教研组长（示例）", -20, "public", {"seed": "种子教师"}, subject="语文"),
    SampleOutput("consortium", "湘东区", "湘东区教研联合体", -30, "confirmed", {"members": "区内中小学教研组（示例）"}),
    SampleOutput(
        "internship_base",
        "江西师范大学",
        "万年县师范生实习基地（示例）",
        -20,
        "confirmed",
        {"places": "40", "terms": "每学期"},
        task="在横峰县、万年县各建一个实习基地",
    ),
    SampleOutput(
        "course",
        "豫章师范学院",
        "绘本里的家乡（示例）",
        -25,
        "confirmed",
        {"stage": "幼儿园"},
        "安义县幼儿园",
        "语言",
        task="与安义县、红谷滩区打磨四门精品课",
    ),
    SampleOutput(
        "course",
        "豫章师范学院",
        "常规课里的朗读（示例）",
        -9,
        "confirmed",
        {"stage": "小学"},
        "红谷滩区第二小学",
        "语文",
        task="与安义县、红谷滩区打磨四门精品课",
    ),
]
RETURNED = "目前还是讨论稿，请正式印发后再报。"


def report_output(play: Play, row: SampleOutput, tasks: Mapping[str, Task]) -> Output:
    """Report one as its unit does, and take it as far as its fate says."""
    facts = OutputFacts(
        kind=OutputKind.objects.get(code=row.kind),
        name=row.name,
        day=row.day if isinstance(row.day, date) else day(row.day),
        task=tasks.get(row.task),
        school=play.units[row.school] if row.school else None,
        subject=row.subject,
        people=row.people,
        shows_people=row.shows_people,
        data=row.data,
    )
    output = propose_output(facts, unit=play.units[row.unit], by=keeper(play, row.unit))
    if row.fate == "returned":
        return send_back_output(output, by=play.office[Role.EDITOR], reason=RETURNED)
    if row.fate != "proposed":
        confirm_output(output, by=play.office[Role.EDITOR])
    if row.fate == "public":
        publish_output(output, by=play.office[Role.REVIEWER])
    return output


def keeper(play: Play, name: str) -> User:
    """The officer of a unit; a unit of the sample without one gets one now."""
    if name not in play.officers:
        number = len(play.officers) + 1
        play.officers[name] = play.person(
            f"renwu{number:02}", f"{name}信息员", play.units[name], Role.INFORMATION_OFFICER
        )
    return play.officers[name]


def day(offset: int) -> date:
    """So many days from today."""
    return timezone.localdate() + timedelta(days=offset)
