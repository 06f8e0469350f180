"""States of an inspection (督导、检查) and of the corrections it asks for (整改), and what may follow what."""

from __future__ import annotations

from django.db import models

from portal.workflow import Transition


class InspectionState(models.TextChoices):
    """The inspected know of it once it is announced and see the findings once they are given."""

    PREPARING = "preparing", "准备中"
    ANNOUNCED = "announced", "已通知"
    REPORTED = "reported", "已反馈"
    CLOSED = "closed", "已办结"
    CANCELLED = "cancelled", "已取消"


class CorrectionState(models.TextChoices):
    """What the inspected unit has to put right. Lateness is computed from the due day, never a state."""

    OPEN = "open", "待整改"
    ANSWERED = "answered", "待核对"
    CLOSED = "closed", "已销号"


I = InspectionState  # noqa: E741  (read in the table below only)
C = CorrectionState

#: The inspected know of these.
KNOWN_INSPECTIONS = frozenset({I.ANNOUNCED, I.REPORTED, I.CLOSED})
#: Findings are written down in these.
RECORDING = frozenset({I.PREPARING, I.ANNOUNCED})
#: The inspected see what was found.
REPORTED_INSPECTIONS = frozenset({I.REPORTED, I.CLOSED})
#: Corrections that still have to be dealt with by somebody.
PENDING_CORRECTIONS = frozenset({C.OPEN, C.ANSWERED})

INSPECTION_TRANSITIONS = (
    Transition(
        "announce",
        "通知受检单位",
        frozenset({I.PREPARING}),
        I.ANNOUNCED,
        "pilots.manage_inspection",
        confirm="受检单位会收到消息，看到检查时间和检查内容。",
        style="primary",
    ),
    Transition(
        "report",
        "反馈检查情况",
        frozenset({I.PREPARING, I.ANNOUNCED}),
        I.REPORTED,
        "pilots.manage_inspection",
        confirm="反馈后，检查记录不能再改；受检单位会看到检查情况，有整改事项的会收到待办。",
        style="primary",
    ),
    Transition(
        "close",
        "办结",
        frozenset({I.REPORTED}),
        I.CLOSED,
        "pilots.manage_inspection",
        confirm="办结后，本次检查一并归档。",
    ),
    Transition(
        "cancel",
        "取消检查",
        frozenset({I.PREPARING, I.ANNOUNCED}),
        I.CANCELLED,
        "pilots.manage_inspection",
        reason=True,
        style="danger",
    ),
)

CORRECTION_TRANSITIONS = (
    Transition("answer", "报告整改情况", frozenset({C.OPEN}), C.ANSWERED, "pilots.answer_correction", style="primary"),
    Transition("ask_again", "继续整改", frozenset({C.ANSWERED}), C.OPEN, "pilots.check_correction", reason=True),
    Transition("close", "销号", frozenset({C.OPEN, C.ANSWERED}), C.CLOSED, "pilots.check_correction", reason=True),
)
