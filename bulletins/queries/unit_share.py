"""A unit's share in the bulletin: what it sent in and what was printed, for its page, and counted for any figure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from bulletins.ledger import ADOPTED, PRINTED
from bulletins.models import Submission
from bulletins.queries.ledger import COUNTED
from bulletins.queries.submission import submissions_for
from portal.accounts.models import Unit, User
from portal.accounts.queries.unit_tree import UnitTree
from portal.measures import Number
from portal.periods import Period

#: Reports on a unit's page; all of them stand in the ledger and are found by search.
SHOWN = 8


def reports_of(user: User, unit: Unit) -> Mapping[str, Any] | None:
    """The reports of ``unit`` that have left it, as far as ``user`` may see them; None without any. Two queries."""
    rows = submissions_for(user).filter(unit=unit, submitted_at__isnull=False).order_by("-submitted_at", "-pk")
    counts = rows.aggregate(
        sent=Count("pk"),
        adopted=Count("pk", filter=Q(state__in=(ADOPTED, PRINTED))),
        printed=Count("pk", filter=Q(state=PRINTED)),
    )
    return {"counts": counts, "reports": list(rows.defer("text", "print_text")[:SHOWN])} if counts["sent"] else None


def printed_reports(period: Period) -> QuerySet[Submission]:
    """Reports that were printed, by the day on which they were last sent in, as the ledger counts them."""
    start, end = (
        timezone.make_aware(datetime.combine(day, time())) for day in (period.start, period.end + timedelta(days=1))
    )
    return Submission.objects.filter(COUNTED, state=PRINTED, submitted_at__gte=start, submitted_at__lt=end)


def count_printed(pks: Collection[int], period: Period, **parameters: Any) -> Mapping[int, Number]:
    """Printed reports of each unit and of what stood under it on the day of sending; five queries."""
    reports = printed_reports(period).values_list("unit_id", "submitted_at")
    return UnitTree().tally((([unit], timezone.localdate(at)) for unit, at in reports), pks)


def rows_of_printed(pk: int, period: Period, **parameters: Any) -> QuerySet[Submission]:
    """The reports behind the figure of one unit."""
    tree = UnitTree()
    rows = printed_reports(period).values_list("pk", "unit", "submitted_at")
    ids = [report for report, unit, at in rows if pk in tree.path(unit, timezone.localdate(at))]
    return Submission.objects.filter(pk__in=ids)


def address_of_printed(pk: int, period: Period, **parameters: Any) -> str:
    """The unit's page shows what the reader may see of them."""
    return reverse("unit", args=[pk])
