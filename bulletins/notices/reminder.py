"""温馨提示: one joined message per person, at most one a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.urls import reverse

from bulletins.queries.outstanding import Item
from portal.accounts.models import User
from portal.notices.models import Notice
from portal.notices.services import send_notice


def occasion_of(user: User, day: date) -> str:
    """The one reminder of a person and a day."""
    return f"reminder:{user.pk}:{day}"


def reminded_today(people: Iterable[User], day: date) -> set[int]:
    """Who of ``people`` has had the reminder of ``day``."""
    occasions = [occasion_of(user, day) for user in people]
    return set(Notice.objects.filter(occasion__in=occasions).values_list("user", flat=True))


def tell_outstanding(user: User, items: Sequence[Item], *, day: date) -> bool:
    """Everything that lies with ``user``, in one message; says whether it went (not where one went today already)."""
    units = "、".join(dict.fromkeys(item.unit.label for item in items))
    told = send_notice(
        occasion=occasion_of(user, day),
        about=user,
        to=[user],
        template="reminder",
        context={"items": items, "today": day},
        url=items[0].url if len(items) == 1 else reverse("waiting"),
        why=f"您负责{units}的信息报送"[:200],
    )
    return told > 0
