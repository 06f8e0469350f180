"""A person's own calendar address: made, made anew, taken back. Only the hash of its token is kept."""

from __future__ import annotations

import hashlib
import secrets

from django.db import transaction

from alliances.models import CalendarFeed
from portal.accounts.models import User
from portal.audit.models import record


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def make_feed(*, by: User) -> str:
    """A new token; one that was given before reads nothing any more."""
    token = secrets.token_urlsafe(32)
    feed, _ = CalendarFeed.objects.update_or_create(user=by, defaults={"token_hash": hash_of(token)})
    record(feed, "alliances.calendarfeed.make", "开通日历订阅", by=by)
    return token


@transaction.atomic
def revoke_feed(*, by: User) -> None:
    """Whoever has the address reads nothing any more."""
    for feed in CalendarFeed.objects.filter(user=by):
        record(feed, "alliances.calendarfeed.revoke", "取消日历订阅", by=by)
        feed.delete()
