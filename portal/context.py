"""What every page needs: the navigation and the counts of what waits and of unread messages."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from portal.inbox.queries import waiting_for
from portal.notices.queries.notice import unread_notices
from portal.registry import navigation_for


def portal(request: HttpRequest) -> dict[str, Any]:
    """Lazy for the signed-out: the sign-in page and the public archive ask the database nothing here.

    Each count is asked once, however often a page shows it.
    """
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {
        "navigation": navigation_for(user),
        "waiting_count": SimpleLazyObject(waiting_for(user).count),
        "unread_count": SimpleLazyObject(unread_notices(user).count),
    }
