"""States of an output (成果), and what may follow what."""

from __future__ import annotations

from django.db import models

from portal.workflow import Transition


class OutputState(models.TextChoices):
    """Proposed by its unit, confirmed by the level above or the office; shown to the public only if chosen."""

    PROPOSED = "proposed", "待确认"
    RETURNED = "returned", "已退回"
    CONFIRMED = "confirmed", "已确认"
    PUBLIC = "public", "已公开"
    WITHDRAWN = "withdrawn", "已撤下"


S = OutputState

#: Counted as something that came of the programme.
COUNTED_OUTPUT = frozenset({S.CONFIRMED, S.PUBLIC})
#: Its unit may still correct it.
OPEN_OUTPUT = frozenset({S.PROPOSED, S.RETURNED})

OUTPUT_TRANSITIONS = (
    Transition("propose", "重新报送", frozenset({S.RETURNED}), S.PROPOSED, "pilots.change_output", style="primary"),
    Transition("confirm", "确认", frozenset({S.PROPOSED}), S.CONFIRMED, "pilots.confirm_output", style="primary"),
    Transition("send_back", "退回", frozenset({S.PROPOSED}), S.RETURNED, "pilots.confirm_output", reason=True),
    Transition(
        "publish",
        "公开",
        frozenset({S.CONFIRMED}),
        S.PUBLIC,
        "pilots.publish_output",
        confirm="公开后，不登录的人也能看到这项成果。确定公开吗？",
    ),
    Transition("hide", "取消公开", frozenset({S.PUBLIC}), S.CONFIRMED, "pilots.publish_output", reason=True),
    Transition("withdraw", "撤下", OPEN_OUTPUT, S.WITHDRAWN, "pilots.change_output", reason=True, style="danger"),
    Transition(
        "strike",
        "撤销确认",
        frozenset({S.CONFIRMED}),
        S.WITHDRAWN,
        "pilots.strike_output",
        reason=True,
        style="danger",
    ),
)
