"""Messages about calls (约稿) to those who report for the units asked; each person hears once of one event."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from bulletins.models import Call
from portal.accounts.models import User
from portal.notices.services import send_notice

WHY = "您负责本单位的信息报送"


def tell_called(call: Call, people: Iterable[User]) -> None:
    """A call has come, at first or because the unit was added later."""
    _tell(call, people, "call_sent", f"call:{call.pk}:sent")


def tell_extended(call: Call, people: Iterable[User]) -> None:
    """There is more time."""
    _tell(call, people, "call_extended", f"call:{call.pk}:until:{call.deadline}")


def tell_cancelled(call: Call, people: Iterable[User]) -> None:
    """No report is wanted any more."""
    _tell(call, people, "call_cancelled", f"call:{call.pk}:cancelled")


def tell_reopened(call: Call, people: Iterable[User]) -> None:
    """Reports are wanted again."""
    _tell(call, people, "call_reopened", f"call:{call.pk}:reopened:{timezone.now().timestamp():.6f}")


def _tell(call: Call, people: Iterable[User], template: str, occasion: str) -> None:
    send_notice(
        occasion=occasion,
        about=call,
        to=people,
        template=template,
        context={"call": call},
        url=reverse("own-call", args=[call.pk]),
        why=WHY,
    )
