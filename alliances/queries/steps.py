"""How far a pair has come on its way 辨需求 → 签协议 → 列清单 → 定详案, and what comes next.

Read off what the pair holds, not moved by hand: a step that somebody ticked stays ticked when the agreement lapses
or the new school year has no plan yet; what is derived cannot disagree with what stands beside it on the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, IntegerField, Max, OuterRef, QuerySet, Subquery, TextChoices
from django.db.models.functions import Coalesce, Upper
from django.utils import timezone

from alliances.models import Agreement, Need, Partnership, Plan, WorkItem
from alliances.queries.work_item import late_items
from alliances.states.need import NeedState
from alliances.states.plan import PlanState
from alliances.states.term import Standing, standing_until
from alliances.states.work_item import OPEN, WorkItemState
from portal.periods import school_year_of


class Step(TextChoices):
    """The four steps of a pair (DOMAIN.md), in their order."""

    NEEDS = "needs", "辨需求"
    AGREEMENT = "agreement", "签协议"
    LIST = "list", "列清单"
    PLAN = "plan", "定详案"


class Next(TextChoices):
    """What a pair should do next, and the sentence that says so."""

    ENDED = "ended", "这一结对已经结束，记录留作查考。"
    RENEW = "renew", "协议快到期了，请双方商定续签或按期终止。"
    NEEDS = "needs", "先辨需求：请县里和学校把需要什么提出来。"
    AGREEMENT = "agreement", "需求已经明确，请双方签订协议并登记。"
    LIST = "list", "协议已经签订，请把要做的事列入工作清单。"
    PLAN = "plan", "工作清单已列，请把本学年的详案定下来。"
    LATE = "late", "四步都已到位；有事项已经逾期，请先办理。"
    GO_ON = "go_on", "四步都已到位，请按工作清单推进。"


@dataclass(frozen=True, slots=True)
class StepShown:
    """A step on the bar: whether the pair has got there, and whether it is the one to take now."""

    step: Step
    is_done: bool
    is_current: bool


def with_steps(rows: QuerySet[Partnership]) -> QuerySet[Any]:
    """The same pairs with what the step bar and the list ask of each; no query more.

    ``has_needs``, ``has_agreement`` (one that is not over), ``has_plan`` (the county's of this school year);
    ``item_count`` without the cancelled, ``open_count``, ``late_count``; ``agreed_until``, the day after the last
    agreement's last day.
    """
    today = timezone.localdate()
    needs = Need.objects.filter(partnership=OuterRef("pk")).exclude(state=NeedState.WITHDRAWN)
    agreements = Agreement.objects.filter(partnership=OuterRef("pk"))
    items = WorkItem.objects.filter(partnership=OuterRef("pk")).exclude(state=WorkItemState.CANCELLED)
    year = school_year_of(today).key
    plans = Plan.objects.filter(unit=OuterRef("county"), school_year=year, state=PlanState.SETTLED)
    last = agreements.order_by().values("partnership").annotate(last=Max(Upper("during"))).values("last")
    return rows.annotate(
        has_needs=Exists(needs),
        has_agreement=Exists(agreements.filter(during__endswith__gt=today)),
        has_plan=Exists(plans),
        agreed_until=Subquery(last),
        item_count=_counted(items),
        open_count=_counted(items.filter(state__in=OPEN)),
        late_count=_counted(items.filter(late_items(today))),
    )


def steps_of(pair: Any) -> list[StepShown]:
    """The bar of a pair from :func:`with_steps`.

    An agreement stands only where the needs were known, so it tells that they were, also where they were gathered
    on paper.
    """
    done = {
        Step.NEEDS: pair.has_needs or pair.has_agreement,
        Step.AGREEMENT: pair.has_agreement,
        Step.LIST: pair.item_count > 0,
        Step.PLAN: pair.has_plan,
    }
    current = next((step for step in Step if not done[step]), None)
    return [StepShown(step, done[step], step == current) for step in Step]


def next_thing(pair: Any) -> Next:
    """What comes first for a pair from :func:`with_steps`."""
    if pair.has_ended:
        return Next.ENDED
    if ends_soon(pair):
        return Next.RENEW
    current = next((shown.step for shown in steps_of(pair) if shown.is_current), None)
    if current is not None:
        return Next(current.value)
    return Next.LATE if pair.late_count else Next.GO_ON


def agreed_to(pair: Any) -> date | None:
    """The last day of the last agreement of a pair; None where there is none."""
    return pair.agreed_until - timedelta(days=1) if pair.agreed_until else None


def ends_soon(pair: Any) -> bool:
    """Whether the last agreement of a pair is about to end, with none to follow."""
    return pair.has_agreement and standing_until(pair.agreed_until) == Standing.ENDING


def _counted(rows: QuerySet[Any]) -> Coalesce:
    counts = rows.order_by().values("partnership").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counts, output_field=IntegerField()), 0)
