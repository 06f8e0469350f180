"""公开审查: ticking off the checklist before an issue becomes public, and keeping the list."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from bulletins.models import Issue, Periodical, ReviewItem, ReviewTick
from bulletins.queries.public_review import open_items
from portal.accounts.models import User
from portal.audit.models import record
from portal.refusals import Refused

#: More than one page of items would not be read.
MOST_ITEMS = 30
LONGEST_ITEM = 100


@transaction.atomic
def tick_items(issue: Issue, *, items: Collection[int], by: User) -> None:
    """Put ``by``'s name to these items of the checklist; what a colleague has ticked stays as it is.

    An item that ``by`` himself ticked earlier and now leaves out is open again.
    """
    if not by.has_perm("bulletins.publish_issue", issue):
        raise PermissionDenied
    locked = Issue.objects.select_for_update(of=("self",)).get(pk=issue.pk)
    if locked.published_at is not None:
        raise Refused("本期已经公开，审查记录不再改动。")
    active = {item.pk: item for item in locked.periodical.review_items.filter(is_active=True)}
    ticked = set(locked.review_ticks.values_list("item_id", flat=True))
    taken_back = locked.review_ticks.filter(by=by, item__in=active).exclude(item__in=items)
    new = [pk for pk in active if pk in items and pk not in ticked]
    if not new and not taken_back.exists():
        return
    taken_back.delete()
    ReviewTick.objects.bulk_create(ReviewTick(issue=locked, item_id=pk, by=by) for pk in new)
    done = [active[pk].text for pk in active if pk in items]
    record(locked, "bulletins.issue.public_review", "公开审查", by=by, items=done)


def require_reviewed(issue: Issue) -> None:
    """Raise Refused, naming them, where items of the checklist are still open."""
    missing = "；".join(item.text for item in open_items(issue))
    if missing:
        raise Refused(f"公开审查还没有完成，请逐项核对后再公开。还差：{missing}。")


@transaction.atomic
def keep_items(periodical: Periodical, *, lines: Sequence[str], by: User) -> None:
    """Make the checklist exactly ``lines``, in this order. What was ticked under an older list stays recorded."""
    if not by.has_perm("bulletins.manage_review_items"):
        raise PermissionDenied
    texts = list(dict.fromkeys(line.strip() for line in lines if line.strip()))
    if len(texts) > MOST_ITEMS:
        raise ValidationError({"items": f"最多{MOST_ITEMS}项，现在有{len(texts)}项，请合并一些。"})
    if long := next((text for text in texts if len(text) > LONGEST_ITEM), None):
        raise ValidationError({"items": f"“{long[:20]}……”有{len(long)}字，每项请不超过{LONGEST_ITEM}字。"})
    periodical.review_items.exclude(text__in=texts).update(is_active=False)
    for order, text in enumerate(texts):
        ReviewItem.objects.update_or_create(
            periodical=periodical, text=text, defaults={"order": order, "is_active": True}
        )
    record(periodical, "bulletins.review_items.update", "修改公开审查事项", by=by, items=texts)
