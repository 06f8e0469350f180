"""五个一批 in the sample programme: a task of each batch, in every state and standing, and what came of the work.

Tasks and their days (counted from today, so that each standing can be seen) are made up; people are posts.
"""

from __future__ import annotations

from typing import NamedTuple

from pilots.models import Batch, Task
from pilots.services.task import TaskPlan, TypedStep, create_task
from pilots.services.task_progress import complete_milestone, confirm_task, hand_in_task, start_task
from portal.accounts.roles import Role
from portal.home.sample.outputs import OUTPUTS, day, keeper, report_output
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


def plan_batches(play: Play) -> None:
    """Tasks first, then what came of them; those that are done or handed in are taken there at the end."""
    tasks = {row.title: _begin(play, row) for row in TASKS}
    for row in OUTPUTS:
        report_output(play, row, tasks)
    for planned in TASKS:
        if planned.fate in ("awaiting", "done"):
            hand_in_task(tasks[planned.title], by=keeper(play, planned.unit))
        if planned.fate == "done":
            confirm_task(tasks[planned.title], by=play.office[Role.EDITOR])


def _begin(play: Play, row: SampleTask) -> Task:
    by = play.office[Role.EDITOR] if row.fate == "planned" else keeper(play, row.unit)
    plan = TaskPlan(
        batch=Batch.objects.get(short_name=row.batch),
        title=row.title,
        start=day(row.start),
        due=day(row.due),
        goal=row.goal,
        goal_word=row.goal_word,
        partners=[play.units[name] for name in row.partners],
        schools=[play.units[name] for name in row.schools],
        steps=[TypedStep(step.what, day(step.due)) for step in row.steps],
    )
    task = create_task(plan, unit=play.units[row.unit], by=by)
    if row.fate == "planned":
        return task
    start_task(task, by=by)
    for step in row.steps:
        if step.done is not None:
            complete_milestone(task.milestones.get(what=step.what), by=by, done_on=day(step.done))
    return task
