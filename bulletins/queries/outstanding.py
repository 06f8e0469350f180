"""What units still owe the office: open calls without an answer, and reports that were returned to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from bulletins.models import CallTarget, Submission
from bulletins.queries.call import SILENT, reporters_of
from bulletins.states import CallState, SubmissionState
from portal.accounts.models import Unit, User
from portal.accounts.queries.post import posts_on
from portal.accounts.roles import Role


@dataclass(frozen=True, slots=True)
class Item:
    """One thing a unit owes, and in whose hands it is: the officer's, or the approver's who has yet to sign."""

    unit: Unit
    about: CallTarget | Submission
    name: str
    until: date | None
    url: str
    with_approver: bool = False


def silent_targets() -> QuerySet[CallTarget]:
    """Units in use that have not answered a call that is open."""
    rows = CallTarget.objects.filter(SILENT, call__state=CallState.SENT, unit__is_active=True)
    return rows.select_related("call", "unit").order_by("call__deadline", "pk")


def returned_reports() -> QuerySet[Submission]:
    """What came back to a unit for changes; what a unit's own approver sent back is the unit's own business."""
    rows = Submission.objects.filter(state=SubmissionState.RETURNED, submitted_at__isnull=False, unit__is_active=True)
    return rows.select_related("unit").order_by("decided_at", "pk")


def items_of(targets: Iterable[CallTarget], reports: Iterable[Submission]) -> list[Item]:
    """As lines of one list, calls first."""
    targets = list(targets)
    signing = set(
        Submission.objects.filter(state=SubmissionState.AWAITING_UNIT, call__in={target.call_id for target in targets})
        .values_list("call", "unit")
        .distinct()
    )
    return [
        *(
            Item(
                target.unit,
                target,
                f"{target.call.get_kind_display()}“{target.call}”",
                target.call.deadline,
                reverse("own-call", args=[target.call_id]),
                (target.call_id, target.unit_id) in signing,
            )
            for target in targets
        ),
        *(
            Item(report.unit, report, f"退回的稿件“{report}”", None, reverse("submission", args=[report.pk]))
            for report in reports
        ),
    ]


def people_behind(items: Iterable[Item]) -> dict[User, list[Item]]:
    """By person: what lies in his hands. What nobody can do is left out; ``reporters_of`` tells which."""
    items = list(items)
    officers = reporters_of({item.unit.pk for item in items})
    signers: dict[int, list[User]] = {}
    waiting = {item.unit.pk for item in items if item.with_approver}
    for post in posts_on().filter(unit__in=waiting, role=Role.UNIT_APPROVER, user__is_active=True):
        signers.setdefault(post.unit_id, []).append(post.user)
    found: dict[User, list[Item]] = {}
    for item in items:
        for user in (signers if item.with_approver else officers).get(item.unit.pk, []):
            found.setdefault(user, []).append(item)
    return found


def leaders() -> set[int]:
    """Leaders are shown things and never chased."""
    return set(posts_on().filter(role=Role.LEADER).values_list("user", flat=True))
