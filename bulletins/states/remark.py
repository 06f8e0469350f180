"""States of a leader's remark (批示) and of what units answer to it, and their transition tables."""

from __future__ import annotations

from django.db import models

from portal.workflow import Transition


class RemarkState(models.TextChoices):
    """The office takes note, passes it on, and closes it when the units have answered."""

    RECORDED = "recorded", "待转办"
    PASSED = "passed", "已转办"
    CLOSED = "closed", "已办结"


class FollowUpState(models.TextChoices):
    """With one unit."""

    OPEN = "open", "待反馈"
    ANSWERED = "answered", "已反馈"


R = RemarkState
F = FollowUpState

REMARK_TRANSITIONS = (
    Transition(
        "pass_on", "转办", frozenset({R.RECORDED, R.PASSED}), R.PASSED, "bulletins.pass_remark", style="primary"
    ),
    Transition(
        "close",
        "办结",
        frozenset({R.RECORDED, R.PASSED}),
        R.CLOSED,
        "bulletins.pass_remark",
        confirm="办结后，批示和落实情况一并归档，单位不能再修改反馈。",
    ),
)

FOLLOW_UP_TRANSITIONS = (
    Transition("answer", "反馈落实情况", frozenset({F.OPEN}), F.ANSWERED, "bulletins.answer_remark", style="primary"),
    Transition("ask_again", "请补充反馈", frozenset({F.ANSWERED}), F.OPEN, "bulletins.pass_follow_up", reason=True),
)
