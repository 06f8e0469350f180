"""States of a need (需求, 订单式), and what may follow what."""

from __future__ import annotations

from django.db import models

from portal.workflow import Transition


class NeedState(models.TextChoices):
    """A need is proposed, taken by a university, arranged with who has it, and done; or it comes to nothing."""

    PROPOSED = "proposed", "已提出"
    CLAIMED = "claimed", "已认领"
    ARRANGED = "arranged", "已安排"
    DONE = "done", "已完成"
    UNMET = "unmet", "未能满足"
    WITHDRAWN = "withdrawn", "已撤回"


N = NeedState

#: Something is still to be done.
OPEN_NEED = frozenset({N.PROPOSED, N.CLAIMED, N.ARRANGED})

NEED_TRANSITIONS = (
    Transition("claim", "认领", frozenset({N.PROPOSED}), N.CLAIMED, "alliances.claim_need", style="primary"),
    Transition("arrange", "确认安排", frozenset({N.CLAIMED}), N.ARRANGED, "alliances.settle_need", style="primary"),
    Transition("rearrange", "调整安排", frozenset({N.ARRANGED}), N.ARRANGED, "alliances.settle_need"),
    Transition("finish", "登记完成", frozenset({N.ARRANGED}), N.DONE, "alliances.settle_need", style="primary"),
    Transition(
        "open",
        "向全联盟开放",
        frozenset({N.PROPOSED}),
        N.PROPOSED,
        "alliances.open_need",
        confirm="开放后，联盟各高校都可以认领这项需求。",
    ),
    Transition(
        "give_back", "退回认领", frozenset({N.CLAIMED, N.ARRANGED}), N.PROPOSED, "alliances.give_back_need", reason=True
    ),
    Transition("refuse", "未能满足", OPEN_NEED, N.UNMET, "alliances.refuse_need", reason=True, style="danger"),
    Transition("withdraw", "撤回需求", OPEN_NEED, N.WITHDRAWN, "alliances.withdraw_need", reason=True),
)
