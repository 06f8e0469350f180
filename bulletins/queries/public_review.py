"""Look-ups of the checklist before publishing."""

from __future__ import annotations

from dataclasses import dataclass

from bulletins.models import Issue, ReviewItem, ReviewTick


@dataclass(frozen=True, slots=True)
class Checked:
    """One item of the checklist and who has ticked it for an issue, if anybody."""

    item: ReviewItem
    tick: ReviewTick | None


def checklist_of(issue: Issue) -> list[Checked]:
    """The checklist as it is now, with its ticks; two queries."""
    ticks = {tick.item_id: tick for tick in issue.review_ticks.select_related("by")}
    items = issue.periodical.review_items.filter(is_active=True)
    return [Checked(item, ticks.get(item.pk)) for item in items]


def open_items(issue: Issue) -> list[ReviewItem]:
    """What nobody has ticked yet."""
    return [checked.item for checked in checklist_of(issue) if checked.tick is None]
