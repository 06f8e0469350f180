"""States of an assessment (捆绑式考核, S2 三（六）) and what may follow what."""

from __future__ import annotations

from django.db import models

from portal.workflow import Transition


class AssessmentState(models.TextChoices):
    """Schools assess themselves, their county reviews, outside reviewers score, the result is shown for objections."""

    PREPARING = "preparing", "准备中"
    SELF = "self", "自评"
    COUNTY = "county", "县级复核"
    REVIEWING = "reviewing", "专家评审"
    SHOWN = "shown", "公示（受理异议）"
    PUBLISHED = "published", "已公布"
    CANCELLED = "cancelled", "已取消"


class ObjectionState(models.TextChoices):
    """What a unit says against a score, and what was decided."""

    OPEN = "open", "待答复"
    UPHELD = "upheld", "异议成立"
    REJECTED = "rejected", "维持原得分"


A = AssessmentState

#: The assessed know of these.
KNOWN = frozenset({A.SELF, A.COUNTY, A.REVIEWING, A.SHOWN, A.PUBLISHED})
#: Scores are still made in these.
SCORING = frozenset({A.SELF, A.COUNTY, A.REVIEWING})
#: The assessed see their points in these.
RESULT_KNOWN = frozenset({A.SHOWN, A.PUBLISHED})
_DAYS = ("self_until", "county_until", "review_until", "objections_until")
#: The days that can still be put off, by the state of the round.
DAYS_OPEN = {A.SELF: _DAYS, A.COUNTY: _DAYS[1:], A.REVIEWING: _DAYS[2:], A.SHOWN: _DAYS[3:]}

ASSESSMENT_TRANSITIONS = (
    Transition(
        "open",
        "开始自评",
        frozenset({A.PREPARING}),
        A.SELF,
        "pilots.manage_assessment",
        confirm="开始后，考核方案随本次考核固定下来，不再随方案修改而变；各校会收到自评待办。",
        style="primary",
    ),
    Transition(
        "to_county",
        "转入县级复核",
        frozenset({A.SELF}),
        A.COUNTY,
        "pilots.manage_assessment",
        confirm="转入复核后，各校的自评不能再改。",
        style="primary",
    ),
    Transition(
        "to_reviewers",
        "转入专家评审",
        frozenset({A.COUNTY}),
        A.REVIEWING,
        "pilots.manage_assessment",
        confirm="转入后，评审专家会收到待办，只看到分给自己的共同体。",
        style="primary",
    ),
    Transition(
        "show",
        "公示结果",
        frozenset({A.COUNTY, A.REVIEWING}),
        A.SHOWN,
        "pilots.manage_assessment",
        confirm="公示后，得分不能再改；各单位可以在公示期内对得分提出异议。",
        style="primary",
    ),
    Transition(
        "publish",
        "公布结果",
        frozenset({A.SHOWN}),
        A.PUBLISHED,
        "pilots.manage_assessment",
        confirm="公布后，结果封存，不能再改。",
        style="primary",
    ),
    Transition(
        "cancel",
        "取消考核",
        frozenset({A.PREPARING, A.SELF, A.COUNTY, A.REVIEWING, A.SHOWN}),
        A.CANCELLED,
        "pilots.manage_assessment",
        reason=True,
        style="danger",
    ),
)
