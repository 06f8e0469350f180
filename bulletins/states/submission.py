"""States of a report, and the groups of them that rules and lists speak of."""

from __future__ import annotations

from django.db import models


class SubmissionState(models.TextChoices):
    """DOMAIN.md, states of a report; those of a report on its way through its own officer (交信息员) and a
    collecting unit (汇总转报) are ours. A withdrawn report is a draft again."""

    DRAFT = "draft", "草稿"
    HANDED_IN = "handed_in", "待信息员处理"
    AWAITING_UNIT = "awaiting_unit", "待本单位审核"
    COLLECTING = "collecting", "待汇总"
    JOINED = "joined", "已汇总"
    FORWARDED = "forwarded", "已转报"
    KEPT = "kept", "已留用"
    IN_REVIEW = "in_review", "已报送"
    EDITING = "editing", "编审中"
    RETURNED = "returned", "已退回"
    ADOPTED = "adopted", "已采用待编发"
    PRINTED = "printed", "已编发"
    DECLINED = "declined", "未采用"


S = SubmissionState

#: The unit still writes: its text and facts may change.
WITH_UNIT = frozenset({S.DRAFT, S.HANDED_IN, S.RETURNED})
#: A collecting unit has it and has not taken it up; its own staff's drafts lie there like other units' reports.
TO_COLLECT = frozenset({S.HANDED_IN, S.COLLECTING, S.KEPT})
#: A collecting unit has joined it into a report of its own, and it shares that report's fate.
IN_ANOTHER = frozenset({S.JOINED, S.FORWARDED, S.ADOPTED, S.PRINTED, S.DECLINED})
#: The office has it and has not decided.
WITH_OFFICE = frozenset({S.IN_REVIEW, S.EDITING})
#: The office may write its text, return the report or decline it; what stands in an issue is held by the issue.
IN_OFFICE_HANDS = WITH_OFFICE | {S.ADOPTED}
#: States of a report that the office has, has had or has decided on.
AT_OFFICE = frozenset({S.IN_REVIEW, S.EDITING, S.RETURNED, S.ADOPTED, S.PRINTED, S.DECLINED})
#: The report has left the unit (its activities are recorded).
HAS_LEFT_UNIT = AT_OFFICE | {S.COLLECTING, S.JOINED, S.FORWARDED, S.KEPT}

#: A draft as its writer holds it.
TYPED = frozenset({S.DRAFT, S.RETURNED})
#: What leaves a unit goes to the unit that collects from it, where there is one, instead of the office.
TO_COLLECTOR = frozenset({S.COLLECTING})
