"""States of a meeting (联席会议、协调会), and what may follow what."""

from __future__ import annotations

from django.db import models

from portal.workflow import Transition


class MeetingState(models.TextChoices):
    """A meeting is planned, held, and its minutes are sent to all who were invited; or it is cancelled."""

    PLANNED = "planned", "计划"
    HELD = "held", "已召开"
    MINUTES_SENT = "minutes_sent", "纪要已发"
    CANCELLED = "cancelled", "已取消"


M = MeetingState
MANAGE = "alliances.manage_meeting"

#: It takes or took place.
STANDING_MEETING = frozenset({M.PLANNED, M.HELD, M.MINUTES_SENT})

MEETING_TRANSITIONS = (
    Transition("hold", "登记召开", frozenset({M.PLANNED}), M.HELD, MANAGE, style="primary"),
    Transition(
        "send_minutes",
        "发出纪要",
        frozenset({M.HELD}),
        M.MINUTES_SENT,
        MANAGE,
        style="primary",
        confirm="发出后，受邀单位都会收到消息，纪要和议定事项不能再改。确定发出吗？",
    ),
    Transition("cancel", "取消会议", frozenset({M.PLANNED}), M.CANCELLED, MANAGE, reason=True, style="danger"),
)
