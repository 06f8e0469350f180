"""States of a case (典型案例), and what may follow what."""

from __future__ import annotations

from django.db import models

from portal.workflow import Transition


class CaseState(models.TextChoices):
    """A case goes round between its unit and the office until it is kept in the library or not."""

    DRAFT = "draft", "草稿"
    AWAITING_UNIT = "awaiting_unit", "待本单位审核"
    SENT = "sent", "已报送"
    REVIEWING = "reviewing", "评审中"
    RETURNED = "returned", "已退回修改"
    KEPT = "kept", "已入库"
    PUBLIC = "public", "已公开"
    DECLINED = "declined", "不入库"


S = CaseState

#: Its unit writes it.
WITH_WRITER = frozenset({S.DRAFT, S.RETURNED})
#: The office has it and has not decided.
TO_DECIDE = frozenset({S.SENT, S.REVIEWING})
#: What the library holds, shown to the public or not.
IN_LIBRARY = frozenset({S.KEPT, S.PUBLIC})
#: The office has it, or has decided on it.
SEEN_BY_OFFICE = TO_DECIDE | IN_LIBRARY | {S.RETURNED, S.DECLINED}

CASE_TRANSITIONS = (
    Transition(
        "send_to_approver",
        "送本单位审核",
        WITH_WRITER,
        S.AWAITING_UNIT,
        "bulletins.send_case_to_approver",
        style="primary",
    ),
    Transition("submit", "报送", WITH_WRITER, S.SENT, "bulletins.submit_case", style="primary"),
    Transition("approve", "同意报送", frozenset({S.AWAITING_UNIT}), S.SENT, "bulletins.approve_case", style="primary"),
    Transition(
        "send_back", "退回修改", frozenset({S.AWAITING_UNIT}), S.RETURNED, "bulletins.approve_case", reason=True
    ),
    Transition(
        "withdraw",
        "撤回",
        frozenset({S.AWAITING_UNIT, S.SENT}),
        S.DRAFT,
        "bulletins.withdraw_case",
        confirm="撤回后案例回到草稿，修改后可以再次报送。",
    ),
    Transition("assign", "安排评审", TO_DECIDE, S.REVIEWING, "bulletins.manage_cases", is_button=False),
    Transition("score", "专家评分", frozenset({S.REVIEWING}), S.REVIEWING, "bulletins.score_case", is_button=False),
    Transition("release", "取消评审", frozenset({S.REVIEWING}), S.REVIEWING, "bulletins.manage_cases", is_button=False),
    Transition("keep", "入库", TO_DECIDE, S.KEPT, "bulletins.manage_cases", style="primary"),
    Transition("return", "退回修改", TO_DECIDE, S.RETURNED, "bulletins.manage_cases", reason=True),
    Transition("decline", "不入库", TO_DECIDE, S.DECLINED, "bulletins.manage_cases", reason=True, style="danger"),
    Transition("reopen", "重新处理", frozenset({S.KEPT, S.DECLINED}), S.SENT, "bulletins.manage_cases", reason=True),
    Transition(
        "publish",
        "公开",
        frozenset({S.KEPT}),
        S.PUBLIC,
        "bulletins.publish_case",
        style="primary",
        confirm="公开后，不登录的人也能在案例库中看到这个案例。确定公开吗？",
    ),
    Transition("set_aside", "暂不公开", frozenset({S.KEPT}), S.KEPT, "bulletins.publish_case", reason=True),
    Transition(
        "hide", "撤下公开", frozenset({S.PUBLIC}), S.KEPT, "bulletins.publish_case", reason=True, style="danger"
    ),
)
