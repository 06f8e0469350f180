"""What a unit had to do by the work lists (工作清单) of its partnerships: due or done in the period."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.urls import reverse

from alliances.models import WorkItem
from alliances.states.work_item import WorkItemState
from pilots.prefill import Figure, Line, Section, last_day_over, register
from portal.accounts.models import Unit
from portal.periods import Period
from portal.text.official import official_date


def rows(unit: Unit, period: Period) -> list[Line]:
    return [
        Line(f"work-item:{one.pk}", _text(one), url=reverse("work-item", args=[one.pk])) for one in _items(unit, period)
    ]


def figures(unit: Unit, period: Period) -> list[Figure]:
    done = _items(unit, period).filter(state=WorkItemState.DONE).count()
    return [Figure("work_items_done", "完成的工作事项", done, "项")]


def missing(unit: Unit, period: Period) -> list[str]:
    late = _items(unit, period).exclude(state=WorkItemState.DONE).filter(due__lte=last_day_over(period))
    return [f"工作事项“{one.title}”应于{official_date(one.due)}完成，尚未完成。" for one in late]


def _items(unit: Unit, period: Period) -> QuerySet[WorkItem]:
    days = (period.start, period.end)
    rows = WorkItem.objects.filter(owner=unit).exclude(state=WorkItemState.CANCELLED)
    return rows.filter(Q(due__range=days) | Q(done_on__range=days)).order_by("due", "pk")


def _text(item: WorkItem) -> str:
    end = f"{official_date(item.done_on)}完成" if item.done_on else f"{official_date(item.due)}前完成"
    return f"{item.title}，{end}（{item.get_state_display()}）"


register(Section("work-items", "工作清单", 20, rows, figures, missing=missing))
