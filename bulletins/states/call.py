"""States of a call for reports (约稿), and what may follow what."""

from __future__ import annotations

from django.db import models

from portal.workflow import Transition


class CallState(models.TextChoices):
    """A call is open while it is 征集中; closing it keeps the answers, cancelling it asks for none any more."""

    DRAFT = "draft", "草稿"
    SENT = "sent", "征集中"
    CLOSED = "closed", "已结束"
    CANCELLED = "cancelled", "已取消"


C = CallState

#: Units have been told of it.
KNOWN_TO_UNITS = frozenset({C.SENT, C.CLOSED, C.CANCELLED})

CALL_TRANSITIONS = (
    Transition(
        "send",
        "发出",
        frozenset({C.DRAFT}),
        C.SENT,
        "bulletins.manage_calls",
        style="primary",
        is_button=False,
    ),
    Transition("extend", "延长截止日期", frozenset({C.SENT}), C.SENT, "bulletins.manage_calls", is_button=False),
    Transition("add_targets", "增加单位", frozenset({C.SENT}), C.SENT, "bulletins.manage_calls", is_button=False),
    Transition("close", "结束", frozenset({C.SENT}), C.CLOSED, "bulletins.manage_calls", reason=True),
    Transition(
        "reopen",
        "继续征集",
        frozenset({C.CLOSED}),
        C.SENT,
        "bulletins.manage_calls",
        confirm="继续征集后，还没有应稿的单位会重新收到待办。",
    ),
    Transition(
        "cancel",
        "取消",
        frozenset({C.SENT}),
        C.CANCELLED,
        "bulletins.manage_calls",
        reason=True,
        style="danger",
    ),
)
