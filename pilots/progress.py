"""Where a task stands, computed from its milestones and its pace; nobody types it in (正常 / 需关注 / 滞后). Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import models


class Standing(models.TextChoices):
    """How a running task is doing, in words."""

    NORMAL = "normal", "正常"
    WATCH = "watch", "需关注"
    BEHIND = "behind", "滞后"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When a task wants attention. No source gives figures: the office's habit, and data.

    One late milestone is 需关注; ``late_milestones`` of them, or one ``late_days`` days late, is 滞后. Of what the days
    gone by would ask of the goal, less than ``attention_percent`` reached is 需关注, less than ``late_percent`` 滞后.
    """

    late_milestones: int
    late_days: int
    attention_percent: int
    late_percent: int


@dataclass(frozen=True, slots=True)
class Step:
    """A milestone as far as progress cares."""

    what: str
    due: date
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A task as far as progress cares: its term (both days included), and its goal where a figure is set."""

    start: date
    due: date
    steps: Sequence[Step] = ()
    goal: int | None = None
    goal_word: str = ""
    reached: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """The standing, why it is that in sentences, the next open milestone, and what today would ask of the goal."""

    standing: Standing
    why: tuple[str, ...]
    next_step: Step | None
    expected: int | None


_ORDER = list(Standing)


def task_progress(plan: Plan, today: date, limits: Thresholds) -> Progress:
    """How a running task stands on ``today``. The worst of milestones, pace and deadline decides; all are told."""
    findings = [
        finding
        for finding in (_deadline(plan, today), _milestones(plan, today, limits), _pace(plan, today, limits))
        if finding is not None
    ]
    open_steps = sorted((step for step in plan.steps if step.done_on is None), key=lambda step: step.due)
    return Progress(
        standing=max((standing for standing, _why in findings), key=_ORDER.index, default=Standing.NORMAL),
        why=tuple(why for _standing, why in findings) or (_all_well(plan, open_steps),),
        next_step=open_steps[0] if open_steps else None,
        expected=expected_by(plan, today),
    )


def expected_by(plan: Plan, today: date) -> int | None:
    """What of the goal the days gone by ask for, evenly over the term and rounded down; None without a goal."""
    if plan.goal is None:
        return None
    days = (plan.due - plan.start).days + 1
    gone = min(max((today - plan.start).days + 1, 0), days)
    return plan.goal * gone // days


def _deadline(plan: Plan, today: date) -> tuple[Standing, str] | None:
    late = (today - plan.due).days
    return (Standing.BEHIND, f"已超过完成期限{late}天，还没有报请确认。") if late > 0 else None


def _milestones(plan: Plan, today: date, limits: Thresholds) -> tuple[Standing, str] | None:
    late = sorted((step for step in plan.steps if step.done_on is None and step.due < today), key=lambda step: step.due)
    if not late:
        return None
    grave = len(late) >= limits.late_milestones or (today - late[0].due).days >= limits.late_days
    names = "、".join(f"“{step.what}”（{(today - step.due).days}天）" for step in late)
    return (Standing.BEHIND if grave else Standing.WATCH), f"{len(late)}个节点已过期：{names}。"


def _pace(plan: Plan, today: date, limits: Thresholds) -> tuple[Standing, str] | None:
    expected = expected_by(plan, today)
    if not expected or plan.reached * 100 >= limits.attention_percent * expected:
        return None
    standing = Standing.BEHIND if plan.reached * 100 < limits.late_percent * expected else Standing.WATCH
    word = plan.goal_word
    return standing, f"目标{plan.goal}{word}，按时间应有{expected}{word}，已有{plan.reached}{word}。"


def _all_well(plan: Plan, open_steps: Sequence[Step]) -> str:
    if open_steps:
        return "没有过期的节点，进度符合期限。"
    if not plan.steps:
        return "进度符合期限。"
    if plan.goal is not None and plan.reached < plan.goal:
        return f"节点已全部完成，目标还差{plan.goal - plan.reached}{plan.goal_word}。"
    return "节点已全部完成，可以报请确认。"
