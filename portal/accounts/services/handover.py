"""Handing a post over (交接): the post itself, and the work that lies with the one who leaves it."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from portal.accounts.models import Handover, Post, Unit, User
from portal.accounts.passing import errands
from portal.accounts.services.post import hand_over_post
from portal.audit.models import record


def will_pass(post: Post) -> list[str]:
    """What goes along with ``post``, for the page before it is done: ``草稿3篇``; what there is none of is left out."""
    counted = ((errand, errand.count(post.unit, post.role, post.user)) for errand in errands())
    return [f"{errand.label}{count}{errand.measure}" for errand, count in counted if count]


@transaction.atomic
def hand_over(post: Post, *, to: User, by: User | None, since: date | None = None) -> Post:
    """The post from ``since`` (today) on to ``to``, and the work with it on that day. Raises what the post's does."""
    since = since or timezone.localdate()
    giver, unit = post.user, post.unit
    new = hand_over_post(post, to=to, by=by, since=since)
    handover = Handover.objects.create(unit=unit, role=post.role, giver=giver, taker=to, since=since, by=by)
    if since <= timezone.localdate():
        _pass_on(handover)
    return new


@transaction.atomic
def pass_due() -> int:
    """Pass on the work of handovers whose day has come; asked for every hour. Returns how many there were."""
    rows = Handover.objects.select_for_update(of=("self",), skip_locked=True).select_related("unit", "giver", "taker")
    due = list(rows.filter(passed_at__isnull=True, since__lte=timezone.localdate()))
    for handover in due:
        _pass_on(handover)
    return len(due)


def _pass_on(handover: Handover) -> None:
    unit: Unit = handover.unit
    passed: dict[str, int] = {}
    for errand in errands():
        if errand.hand is not None:
            passed[errand.label] = errand.hand(unit, handover.role, handover.giver, handover.taker, handover.by)
    handover.passed_at = timezone.now()
    handover.save(update_fields=["passed_at"])
    record(
        unit,
        "accounts.post.pass_on",
        f"{handover.giver}的工作移交{handover.taker}"[:40],
        by=handover.by,
        passed={label: count for label, count in passed.items() if count},
    )
