"""States of a task of the five batches (五个一批任务), and what may follow what."""

from __future__ import annotations

from django.db import models

from portal.workflow import Transition


class TaskState(models.TextChoices):
    """A plan is known to its owner and above; partners hear of it when it begins."""

    PLANNED = "planned", "拟定"
    UNDER_WAY = "under_way", "实施中"
    AWAITING = "awaiting", "待确认"
    DONE = "done", "已完成"
    CANCELLED = "cancelled", "已取消"


T = TaskState

#: What its owner may still write on.
OPEN_TASK = frozenset({T.PLANNED, T.UNDER_WAY})

TASK_TRANSITIONS = (
    Transition("start", "开始实施", frozenset({T.PLANNED}), T.UNDER_WAY, "pilots.change_task", style="primary"),
    Transition("hand_in", "报请确认", frozenset({T.UNDER_WAY}), T.AWAITING, "pilots.hand_in_task", style="primary"),
    Transition("take_back", "撤回", frozenset({T.AWAITING}), T.UNDER_WAY, "pilots.hand_in_task"),
    Transition("confirm", "确认完成", frozenset({T.AWAITING}), T.DONE, "pilots.confirm_task", style="primary"),
    Transition("send_back", "退回", frozenset({T.AWAITING}), T.UNDER_WAY, "pilots.confirm_task", reason=True),
    Transition("reopen", "重新实施", frozenset({T.DONE}), T.UNDER_WAY, "pilots.reopen_task", reason=True),
    Transition(
        "cancel",
        "取消任务",
        frozenset({T.PLANNED, T.UNDER_WAY, T.AWAITING}),
        T.CANCELLED,
        "pilots.cancel_task",
        reason=True,
        style="danger",
    ),
    Transition("resume", "恢复", frozenset({T.CANCELLED}), T.PLANNED, "pilots.reopen_task"),
)
