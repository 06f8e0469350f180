"""States of a progress report (学期确认单) and of a doubt about one of its lines, and what may follow what."""

from __future__ import annotations

from django.db import models

from portal.accounts.roles import UnitKind
from portal.workflow import Transition


class ProgressState(models.TextChoices):
    """DOMAIN.md, Reviews: school → county → province; which levels look at it is data."""

    DRAFT = "draft", "填写中"
    AT_COUNTY = "at_county", "待县级审核"
    AT_PREFECTURE = "at_prefecture", "待市级审核"
    AT_UNIVERSITY = "at_university", "待高校审核"
    AT_PROVINCE = "at_province", "待省级审核"
    RETURNED = "returned", "已退回"
    CONFIRMED = "confirmed", "已确认"


P = ProgressState

#: In what state a report is while it lies with a unit of this kind.
STATE_AT: dict[str, str] = {
    UnitKind.COUNTY: P.AT_COUNTY,
    UnitKind.PREFECTURE: P.AT_PREFECTURE,
    UnitKind.UNIVERSITY: P.AT_UNIVERSITY,
    UnitKind.PROVINCE_OFFICE: P.AT_PROVINCE,
}
IN_REVIEW = frozenset({P.AT_COUNTY, P.AT_PREFECTURE, P.AT_UNIVERSITY, P.AT_PROVINCE})
BELOW_PROVINCE = IN_REVIEW - {P.AT_PROVINCE}
WITH_OWNER = frozenset({P.DRAFT, P.RETURNED})

PROGRESS_TRANSITIONS = (
    Transition(
        "submit",
        "提交",
        WITH_OWNER,
        P.AT_PROVINCE,
        "pilots.submit_progress",
        style="primary",
        is_button=False,
        others=BELOW_PROVINCE,
    ),
    Transition(
        "take_back",
        "取回",
        IN_REVIEW,
        P.DRAFT,
        "pilots.take_back_progress",
        confirm="取回后可以修改，改好须再次提交。确定吗？",
    ),
    Transition("approve", "通过", IN_REVIEW, P.CONFIRMED, "pilots.review_progress", style="primary", others=IN_REVIEW),
    Transition("return", "退回", IN_REVIEW | {P.CONFIRMED}, P.RETURNED, "pilots.return_progress", reason=True),
    Transition(
        "pass_over",
        "转下一级审核",
        BELOW_PROVINCE,
        P.AT_PROVINCE,
        "pilots.pass_over_progress",
        reason=True,
        others=BELOW_PROVINCE,
    ),
)


class DoubtState(models.TextChoices):
    """A reporting unit holds that a line is not right; who keeps the fact says what is true of it."""

    OPEN = "open", "待核对"
    CORRECTED = "corrected", "已更正"
    UPHELD = "upheld", "核对无误"


D = DoubtState

DOUBT_TRANSITIONS = (
    Transition("correct", "已更正", frozenset({D.OPEN}), D.CORRECTED, "pilots.settle_doubt", style="primary"),
    Transition("uphold", "核对无误", frozenset({D.OPEN}), D.UPHELD, "pilots.settle_doubt", reason=True),
)
