"""States of a round of selection (遴选) and of its candidates, and what may follow what."""

from __future__ import annotations

from django.db import models

from portal.workflow import Transition


class RoundState(models.TextChoices):
    """Candidates are taken while a round is 进行中; the office decides until the result is 已公布."""

    PREPARING = "preparing", "准备中"
    OPEN = "open", "进行中"
    CLOSED = "closed", "已结束"
    PUBLISHED = "published", "已公布"


class CandidateState(models.TextChoices):
    """S0: recommended from below, chosen by the office. Of schools 已推荐 is called 已上报."""

    FILLING = "filling", "填报中"
    RECOMMENDED = "recommended", "已推荐"
    CONFIRMED = "confirmed", "已确认"
    DECLINED = "declined", "未通过"
    RETURNED = "returned", "已退回"
    WITHDRAWN = "withdrawn", "已撤回"


R = RoundState
C = CandidateState

#: Rounds that those who recommend know of.
KNOWN_ROUNDS = frozenset({R.OPEN, R.CLOSED, R.PUBLISHED})
#: The office still decides.
UNDECIDED_ROUNDS = frozenset({R.OPEN, R.CLOSED})
#: Still with the unit that recommends.
WITH_RECOMMENDER = frozenset({C.FILLING, C.RETURNED})
#: What the office and the universities see: it has been sent up at least once and was not taken back.
SENT_UP = frozenset({C.RECOMMENDED, C.CONFIRMED, C.DECLINED, C.RETURNED})

ROUND_TRANSITIONS = (
    Transition(
        "open",
        "开始遴选",
        frozenset({R.PREPARING}),
        R.OPEN,
        "pilots.manage_rounds",
        confirm="开始后，有关单位会收到待办和消息，遴选标准不能再改。",
        style="primary",
    ),
    Transition("extend", "调整截止日期", frozenset({R.OPEN}), R.OPEN, "pilots.manage_rounds", is_button=False),
    Transition(
        "close",
        "结束推荐",
        frozenset({R.OPEN}),
        R.CLOSED,
        "pilots.manage_rounds",
        confirm="结束后，不再接受新的推荐；已推荐的仍可确认或不予通过。",
    ),
    Transition("reopen", "继续接受推荐", frozenset({R.CLOSED}), R.OPEN, "pilots.manage_rounds"),
    Transition(
        "publish",
        "公布结果",
        frozenset({R.CLOSED}),
        R.PUBLISHED,
        "pilots.manage_rounds",
        confirm="公布后，结果不能再改，推荐单位和入选单位会收到消息。",
        style="primary",
    ),
)

CANDIDATE_TRANSITIONS = (
    Transition(
        "recommend",
        "推荐",
        frozenset({C.FILLING, C.RETURNED}),
        C.RECOMMENDED,
        "pilots.recommend_candidate",
        style="primary",
    ),
    Transition(
        "withdraw",
        "撤回",
        frozenset({C.FILLING, C.RECOMMENDED, C.RETURNED}),
        C.WITHDRAWN,
        "pilots.recommend_candidate",
        confirm="撤回后，省协同提质办不再办理这一推荐。",
    ),
    Transition("resume", "恢复填报", frozenset({C.WITHDRAWN}), C.FILLING, "pilots.recommend_candidate"),
    Transition(
        "confirm", "确认入选", frozenset({C.RECOMMENDED}), C.CONFIRMED, "pilots.decide_candidate", style="primary"
    ),
    Transition("return", "退回修改", frozenset({C.RECOMMENDED}), C.RETURNED, "pilots.decide_candidate", reason=True),
    Transition(
        "decline",
        "不予通过",
        frozenset({C.RECOMMENDED}),
        C.DECLINED,
        "pilots.decide_candidate",
        reason=True,
        style="danger",
    ),
    Transition(
        "undo",
        "撤销决定",
        frozenset({C.CONFIRMED, C.DECLINED}),
        C.RECOMMENDED,
        "pilots.decide_candidate",
        confirm="撤销后，这一推荐回到待确认；因此登记的试点同时取消。",
    ),
)
