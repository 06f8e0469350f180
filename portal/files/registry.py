"""Which objects may own files, and who may see and add them; apps register theirs, the ground names none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models

from portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class Owners:
    """How files of a model are guarded.

    ``visible(user)`` is the queryset of owners that the user sees; ``writable`` the permission asked
    of who adds or takes away; ``closed(owner)`` a sentence why nothing may change now, or "".
    """

    visible: Callable[[User], models.QuerySet[Any]]
    writable: str
    closed: Callable[[Any], str]


_owners: dict[type[models.Model], Owners] = {}


def _never_closed(owner: Any) -> str:
    return ""


def register(
    model: type[models.Model],
    *,
    visible: Callable[[User], models.QuerySet[Any]],
    writable: str,
    closed: Callable[[Any], str] = _never_closed,
) -> None:
    """Let objects of ``model`` own files; called once, from the app's ``ready``."""
    _owners[model] = Owners(visible, writable, closed)


def is_registered(model: type[models.Model]) -> bool:
    return model in _owners


def owners_of(model: type[models.Model]) -> Owners:
    """Raises KeyError for a model that owns no files."""
    return _owners[model]


def owner_models() -> list[type[models.Model]]:
    """All models that own files."""
    return list(_owners)


def model_called(label: str) -> type[models.Model] | None:
    """The registered model of ``bulletins.submission``, or None."""
    return next((model for model in _owners if model._meta.label_lower == label), None)


def may_change(owner: models.Model, user: User) -> bool:
    """Whether ``user`` may add files to ``owner`` as it stands."""
    guard = owners_of(type(owner))
    return user.has_perm(guard.writable, owner) and not guard.closed(owner)
