"""五个一批 in the sample programme: a task of each batch, in every state and standing, and what came of the work.

Outputs dated 2023–2024 tell facts of S1 in our own words; tasks, their days (counted from today, so that each
standing can be seen) and the outputs of this term are made up. People are posts.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from django.utils import timezone

from pilots.models import Batch, Output, OutputKind, Task
from pilots.services.output import OutputFacts, confirm_output, propose_output, publish_output, send_back_output
from pilots.services.task import TaskPlan, TypedStep, create_task
from pilots.services.task_progress import complete_milestone, confirm_task, hand_in_task, start_task
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.home.sample.play import Play


class SampleStep(NamedTuple):
    """A milestone: what, due so many days from today, done so many days from today (None: open)."""

    what: str
    due: int
    done: int | None = None


class SampleTask(NamedTuple):
    """``fate``: planned, under_way, awaiting or done. Days are counted from today."""

    batch: str
    unit: str
    title: str
    fate: str
    start: int
    due: int
    steps: tuple[SampleStep, ...]
    partners: tuple[str, ...] = ()
    schools: tuple[str, ...] = ()
    goal: int | None = None
    goal_word: str = ""


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


TASKS = [
    SampleTask(
        "优质学校",
        "宜春学院",
        "帮助靖安县四所学校修订章程和发展规划",
        "under_way",
        -60,
        75,
        (
            SampleStep("到四所学校调研", -45, -48),
            SampleStep("提出章程修改意见", -15, -16),
            SampleStep("完成发展规划初稿", 25),
        ),
        ("靖安县",),
        ("靖安中学", "靖安县第三中学", "靖安县第一小学", "靖安县清华幼儿园"),
    ),
    SampleTask(
        "教师队伍",
        "南城县",
        "培养一批种子教师",
        "under_way",
        -70,
        110,
        (SampleStep("印发项目文件", -60, -62), SampleStep("确定种子教师人选", -8), SampleStep("第一次集中研修", 30)),
        ("南昌师范学院",),
    ),
    SampleTask(
        "教研联合体",
        "湘东区",
        "优化区教研联合体的运行办法",
        "under_way",
        -80,
        40,
        (SampleStep("征求各校意见", -35), SampleStep("形成修改稿", -12), SampleStep("印发运行办法", 20)),
    ),
    SampleTask(
        "实习基地",
        "江西师范大学",
        "在横峰县、万年县各建一个实习基地",
        "awaiting",
        -120,
        10,
        (SampleStep("商定接纳人数", -60, -66), SampleStep("首批师范生到岗", -20, -20)),
        ("横峰县", "万年县"),
    ),
    SampleTask(
        "精品课",
        "豫章师范学院",
        "与安义县、红谷滩区打磨四门精品课",
        "under_way",
        -85,
        95,
        (SampleStep("确定课题和授课教师", -50, -52), SampleStep("两地同课观摩", 12)),
        ("安义县", "红谷滩区"),
        ("安义县幼儿园", "红谷滩区云溪学校"),
        4,
        "门",
    ),
    SampleTask(
        "精品课",
        "九江学院",
        "开设陶艺美育课",
        "done",
        -150,
        -20,
        (SampleStep("编写课程纲要", -90, -95), SampleStep("到校试讲", -40, -42)),
        ("瑞昌市",),
        ("瑞昌市第二中学",),
    ),
    SampleTask(
        "教师队伍",
        "上高县",
        "轮训全县班主任",
        "planned",
        7,
        160,
        (SampleStep("商定培训内容", 20), SampleStep("完成第一轮培训", 90)),
        ("宜春学院",),
    ),
]

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


def plan_batches(play: Play) -> None:
    """Tasks first, then what came of them; those that are done or handed in are taken there at the end."""
    tasks = {row.title: _begin(play, row) for row in TASKS}
    for row in OUTPUTS:
        _report(play, row, tasks)
    for planned in TASKS:
        if planned.fate in ("awaiting", "done"):
            hand_in_task(tasks[planned.title], by=_keeper(play, planned.unit))
        if planned.fate == "done":
            confirm_task(tasks[planned.title], by=play.office[Role.EDITOR])


def _begin(play: Play, row: SampleTask) -> Task:
    by = play.office[Role.EDITOR] if row.fate == "planned" else _keeper(play, row.unit)
    plan = TaskPlan(
        batch=Batch.objects.get(short_name=row.batch),
        title=row.title,
        start=_day(row.start),
        due=_day(row.due),
        goal=row.goal,
        goal_word=row.goal_word,
        partners=[play.units[name] for name in row.partners],
        schools=[play.units[name] for name in row.schools],
        steps=[TypedStep(step.what, _day(step.due)) for step in row.steps],
    )
    task = create_task(plan, unit=play.units[row.unit], by=by)
    if row.fate == "planned":
        return task
    start_task(task, by=by)
    for step in row.steps:
        if step.done is not None:
            complete_milestone(task.milestones.get(what=step.what), by=by, done_on=_day(step.done))
    return task


def _report(play: Play, row: SampleOutput, tasks: dict[str, Task]) -> Output:
    facts = OutputFacts(
        kind=OutputKind.objects.get(code=row.kind),
        name=row.name,
        day=row.day if isinstance(row.day, date) else _day(row.day),
        task=tasks.get(row.task),
        school=play.units[row.school] if row.school else None,
        subject=row.subject,
        people=row.people,
        shows_people=row.shows_people,
        data=row.data,
    )
    output = propose_output(facts, unit=play.units[row.unit], by=_keeper(play, row.unit))
    if row.fate == "returned":
        return send_back_output(output, by=play.office[Role.EDITOR], reason=RETURNED)
    if row.fate != "proposed":
        confirm_output(output, by=play.office[Role.EDITOR])
    if row.fate == "public":
        publish_output(output, by=play.office[Role.REVIEWER])
    return output


def _keeper(play: Play, name: str) -> User:
    """The officer of a unit; a unit of the sample without one gets one now."""
    if name not in play.officers:
        number = len(play.officers) + 1
        play.officers[name] = play.person(
            f"renwu{number:02}", f"{name}信息员", play.units[name], Role.INFORMATION_OFFICER
        )
    return play.officers[name]


def _day(offset: int) -> date:
    return timezone.localdate() + timedelta(days=offset)
