"""States of an item of the work list (工作清单). Lateness is no state: the due date says so."""

from __future__ import annotations

from django.db import models

from portal.workflow import Transition


class WorkItemState(models.TextChoices):
    """An item is open until it is done or cancelled."""

    TODO = "todo", "未开始"
    DOING = "doing", "进行中"
    DONE = "done", "已完成"
    CANCELLED = "cancelled", "已取消"


W = WorkItemState

#: Somebody still has to do something.
OPEN = frozenset({W.TODO, W.DOING})

WORK_ITEM_TRANSITIONS = (
    Transition("start", "开始办理", frozenset({W.TODO}), W.DOING, "alliances.do_work_item", style="primary"),
    Transition(
        "finish",
        "完成",
        OPEN,
        W.DONE,
        "alliances.do_work_item",
        style="primary",
        is_button=False,
    ),
    Transition("change", "修改", OPEN, W.TODO, "alliances.manage_work_item", is_button=False, others=OPEN),
    Transition("cancel", "取消", OPEN, W.CANCELLED, "alliances.manage_work_item", reason=True, style="danger"),
    Transition("reopen", "继续办理", frozenset({W.DONE, W.CANCELLED}), W.DOING, "alliances.do_work_item", reason=True),
)
