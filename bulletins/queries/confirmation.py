"""Look-ups of 请单位核稿: what a unit is asked, and what the office has asked about a report or an entry."""

from __future__ import annotations

from django.db.models import QuerySet

from bulletins.models import Confirmation, Entry, Submission
from bulletins.rules import UNIT_ROLES
from portal.accounts.models import User

_ALONG = ("submission__unit", "submission__placement__entry__issue", "asked_by", "answered_by", "taken_over_by")


def confirmations_for(user: User) -> QuerySet[Confirmation]:
    """What the units of ``user`` have been asked."""
    units = [unit.pk for unit in user.units_as(*UNIT_ROLES)]
    return Confirmation.objects.filter(submission__unit__in=units).select_related(*_ALONG)


def asked_of(submission: Submission) -> QuerySet[Confirmation]:
    """Everything asked about a report, the latest first."""
    return submission.confirmations.select_related(*_ALONG)


def asked_about(entry: Entry) -> QuerySet[Confirmation]:
    """Everything asked about the reports of an entry, the latest first; also what was asked before they stood in it."""
    return Confirmation.objects.filter(submission__placement__entry=entry).select_related(*_ALONG)
