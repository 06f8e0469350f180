"""States of an activity, and what may follow what.

An activity is one record of what took place. What the other side says of it (DOMAIN.md, Activities) is part of its
state: it counts from the moment it is recorded, and the state marks how far the other side stands behind it.
"""

from __future__ import annotations

from django.db import models

from portal.workflow import Transition


class ActivityState(models.TextChoices):
    """A draft is still being written; recorded facts survive the return or decline of their report.

    ``JOINED`` is the other side's record of the same event: it is kept, and the one it is joined into counts.
    """

    DRAFT = "draft", "草稿"
    RECORDED = "recorded", "已登记"
    AGREED = "agreed", "双方一致"
    LAPSED = "lapsed", "逾期无异议"
    OBJECTED = "objected", "有异议"
    JOINED = "joined", "已并入对方记录"
    WITHDRAWN = "withdrawn", "已撤销"


A = ActivityState

#: Steps that change a fact, or ask for it to be changed: none of them once its period is locked.
SHUT_BY_LOCK = frozenset({"object", "withdraw"})

#: What counts, each event once: the one group that figures ask for.
COUNTED = frozenset({A.RECORDED, A.AGREED, A.LAPSED, A.OBJECTED})
#: What took place and was recorded, the second record of an event as well.
KEPT = COUNTED | {A.JOINED}

ACTIVITY_TRANSITIONS = (
    Transition("confirm", "确认属实", frozenset({A.RECORDED}), A.AGREED, "pilots.answer_activity", style="primary"),
    Transition("object", "提出异议", frozenset({A.RECORDED}), A.OBJECTED, "pilots.answer_activity", reason=True),
    Transition("settle", "异议已解决", frozenset({A.OBJECTED}), A.AGREED, "pilots.settle_activity", style="primary"),
    Transition("match", "认定为同一活动", COUNTED, A.AGREED, "pilots.match_activity", is_button=False),
    Transition("join", "并入对方记录", COUNTED, A.JOINED, "pilots.match_activity", is_button=False),
    Transition("part", "撤销认定", frozenset({A.JOINED}), A.RECORDED, "pilots.part_activity", is_button=False),
    Transition("release", "撤销认定", frozenset({A.AGREED}), A.RECORDED, "pilots.part_activity", is_button=False),
    Transition("withdraw", "撤销登记", COUNTED, A.WITHDRAWN, "pilots.edit_activity", reason=True, style="danger"),
)
