"""What a person waits for: apps say which things are his, the rows say with whom each lies."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet

from portal.accounts.models import User

#: The things of one model that somebody began, or whose outcome his unit waits for.
Own = Callable[[User], QuerySet[Any]]
#: By key of things of one model: the page on which who waits for them opens them.
Addresses = Callable[[Collection[int]], Mapping[int, str]]

_own: dict[type[Model], Own] = {}
_addresses: dict[type[Model], Addresses] = {}


def add_awaited(model: type[Model], own: Own, addresses: Addresses | None = None) -> None:
    """Show what waits of ``own(user)`` to the user as what he waits for; called once, from the app's ``ready``.

    ``addresses`` is given where the page of who has to act is not the page of who waits.
    """
    _own[model] = own
    if addresses is not None:
        _addresses[model] = addresses


def awaited_addresses(model: type[Model], pks: Collection[int]) -> Mapping[int, str]:
    """Where who waits opens these things; those that everybody opens on the same page are left out."""
    return _addresses[model](pks) if model in _addresses else {}


def own_things(user: User) -> list[tuple[ContentType, QuerySet[Any]]]:
    """Keys of all things of ``user``, by kind."""
    return [
        (ContentType.objects.get_for_model(model), own(user).order_by().values("pk")) for model, own in _own.items()
    ]
