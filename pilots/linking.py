"""What activities can be evidence of: apps register their nouns, the activity's page and services ask here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models

from portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class Linkable:
    """A noun that activities can be linked with: whom it is ``visible`` to, and where its page is.

    ``concerning`` narrows it to what some units have to do with.
    """

    model: type[models.Model]
    label: str
    visible: Callable[[User], models.QuerySet[Any]]
    concerning: Callable[..., models.Q]
    address: Callable[[Any], str]

    @property
    def name(self) -> str:
        """How addresses and forms call it: ``alliances.partnership``."""
        return self.model._meta.label_lower


_linkables: dict[type[models.Model], Linkable] = {}


def register(
    model: type[models.Model],
    *,
    label: str,
    visible: Callable[[User], models.QuerySet[Any]],
    concerning: Callable[..., models.Q],
    address: Callable[[Any], str],
) -> None:
    """Let activities be linked with objects of ``model``; called once, from the app's ``ready``."""
    _linkables[model] = Linkable(model, label, visible, concerning, address)


def linkable(model: type[models.Model]) -> Linkable | None:
    """What was registered for ``model``."""
    return _linkables.get(model)


def linkables() -> list[Linkable]:
    """All of them, in order of registration."""
    return list(_linkables.values())
