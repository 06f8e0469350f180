"""What a person received: issues with where they stand for him."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from bulletins.models import Delivery, Issue
from bulletins.queries.readership import own_deliveries
from portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class Received:
    """An issue, and what of it came to the person's units (``deliveries``) or to himself."""

    issue: Issue
    deliveries: list[Delivery]

    @property
    def is_read(self) -> bool:
        return any(row.read_at for row in self.deliveries)

    @property
    def unconfirmed(self) -> list[Delivery]:
        """Units that have not confirmed; a leader never owes a receipt."""
        return [row for row in self.deliveries if row.unit_id and not hasattr(row, "receipt")]


def received_of(user: User, issues: Iterable[Issue]) -> list[Received]:
    """Each issue with the person's own deliveries; one query, however many."""
    issues = list(issues)
    rows = own_deliveries(user).filter(issue__in=issues).select_related("unit", "leader", "receipt__by", "read_by")
    by_issue: dict[int, list[Delivery]] = defaultdict(list)
    for row in rows.order_by("unit__official_order", "unit__name", "pk"):
        by_issue[row.issue_id].append(row)
    return [Received(issue, by_issue[issue.pk]) for issue in issues]
