"""Messages about what the other side says of an activity."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from pilots.models import Activity
from portal.notices.audience import reporters_of
from portal.notices.services import send_notice


def tell_objected(activity: Activity, reason: str) -> None:
    """A partner says that it was not so."""
    _tell(activity, "activity_objected", f"objected:{timezone.now().timestamp():.6f}", reason=reason)


def tell_settled(activity: Activity) -> None:
    """The objection is settled."""
    _tell(activity, "activity_settled", f"settled:{timezone.now().timestamp():.6f}")


def _tell(activity: Activity, template: str, occasion: str, **context: str) -> None:
    send_notice(
        occasion=f"activity:{activity.pk}:{occasion}",
        about=activity,
        to=reporters_of(activity.unit_id),
        template=template,
        context={"activity": activity, **context},
        url=reverse("activity", args=[activity.pk]),
        why="您负责本单位的信息报送",
    )
