"""What a person waits for: apps say which things are his, the rows say with whom each lies."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet

from portal.accounts.models import User

#: The things of one model that somebody began, or whose outcome his unit waits for.
Own = Callable[[User], QuerySet[Any]]

_own: dict[type[Model], Own] = {}


def add_awaited(model: type[Model], own: Own) -> None:
    """Show what waits of ``own(user)`` to the user as what he waits for; called once, from the app's ``ready``."""
    _own[model] = own


def own_things(user: User) -> list[tuple[ContentType, QuerySet[Any]]]:
    """Keys of all things of ``user``, by kind."""
    return [
        (ContentType.objects.get_for_model(model), own(user).order_by().values("pk")) for model, own in _own.items()
    ]
