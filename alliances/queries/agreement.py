"""Where every look-up of agreements starts."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from alliances.models import Agreement, Partnership
from alliances.queries.partnership import pairs_of_posts
from alliances.rules.posts import reads_all
from alliances.states.agreement import AgreementState
from portal.accounts.models import User


def agreements_for(user: User) -> QuerySet[Agreement]:
    """The agreements that ``user`` may see: those of the pairs whose page opens for him."""
    rows = Agreement.objects.select_related("partnership__university", "partnership__county")
    return rows if reads_all(user) else rows.filter(pairs_of_posts(user, "partnership__"))


def agreements_of_pair(pair: Partnership) -> list[Agreement]:
    """All agreements of a pair, the latest term first."""
    return list(pair.agreements.all())


def agreements_to_remind_of() -> QuerySet[Agreement]:
    """Signed ones that end within the days of notice and of which nobody has been told yet."""
    today = timezone.localdate()
    soon = today + timedelta(days=settings.AGREEMENT_REMINDER_DAYS + 1)
    return Agreement.objects.filter(
        state=AgreementState.SIGNED,
        reminded_at__isnull=True,
        during__startswith__lte=today,
        during__endswith__gt=today,
        during__endswith__lte=soon,
    ).select_related("partnership__university", "partnership__county")
