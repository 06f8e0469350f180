"""Look-ups of what waits for a person; counts and lists come from here alone, so they agree."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from portal.accounts.models import User
from portal.inbox.models import Waiting


def waiting_for(user: User) -> QuerySet[Waiting]:
    """Everything that waits for ``user`` by name or by a post held today, the most urgent first."""
    condition = Q(user=user)
    for post in user.posts_today:
        condition |= Q(unit=post.unit_id, role=post.role)
    return Waiting.objects.filter(condition).select_related("unit")
