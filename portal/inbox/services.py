"""Keeping Waiting rows in step with an object's state."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db import models

from portal.accounts.models import Unit, User
from portal.inbox.models import Waiting


@dataclass(frozen=True, slots=True)
class Wait:
    """What an app says waits now: for the holders of ``roles`` in ``unit``, or for ``user``."""

    title: str
    what: str
    url: str
    unit: Unit | None = None
    roles: tuple[str, ...] = ()
    user: User | None = None
    due: date | None = None


def replace_waiting(obj: models.Model, waits: Iterable[Wait]) -> None:
    """Make the rows of ``obj`` exactly ``waits``. Call inside the transaction that changes its state."""
    content_type = ContentType.objects.get_for_model(obj)
    Waiting.objects.filter(content_type=content_type, object_id=obj.pk).delete()
    rows = []
    for wait in waits:
        for role in wait.roles or ("",):
            rows.append(
                Waiting(
                    content_type=content_type,
                    object_id=obj.pk,
                    unit=wait.unit,
                    role=role,
                    user=wait.user,
                    title=wait.title[:200],
                    what=wait.what,
                    url=wait.url,
                    due=wait.due,
                )
            )
    Waiting.objects.bulk_create(rows)
