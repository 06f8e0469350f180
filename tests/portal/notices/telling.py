"""Sending a message in tests, with a template that the portal really has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from portal.accounts.models import User
from portal.accounts.queries.unit import the_office
from portal.notices.models import Notice
from portal.notices.services import send_notice


@dataclass
class Told:
    """A report as far as its message names it."""

    reason: str

    def __str__(self) -> str:
        return "送教下乡"


def tell(*people: User, occasion: str = "returned:1", reason: str = "请补上日期。", **fields: object) -> int:
    """Tell people that a report came back."""
    wait_until = fields.get("wait_until")
    assert wait_until is None or isinstance(wait_until, datetime)
    return send_notice(
        occasion=occasion,
        about=the_office(),
        to=people,
        template="submission_returned",
        context={"report": Told(reason), "unit": "青山师范大学"},
        url=str(fields.get("url", "/reports/1/")),
        why="您是青山师范大学信息员",
        wait_until=wait_until,
    )


def time_comes(*notices: Notice) -> None:
    """The moment until which these were held is here."""
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(ready_at=timezone.now())
