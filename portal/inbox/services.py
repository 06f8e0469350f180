"""Keeping Waiting rows in step with an object's state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
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
    replace_waiting_of(type(obj), {obj.pk: waits})


def replace_waiting_of(model: type[models.Model], waits: Mapping[int, Iterable[Wait]]) -> None:
    """The same for many objects of ``model`` by primary key, in two statements."""
    content_type = ContentType.objects.get_for_model(model)
    Waiting.objects.filter(content_type=content_type, object_id__in=waits).delete()
    rows = (_rows(content_type, pk, wait) for pk, own in waits.items() for wait in own)
    Waiting.objects.bulk_create(row for some in rows for row in some)


def _rows(content_type: ContentType, pk: int, wait: Wait) -> Iterator[Waiting]:
    """One row for each role that may do it, or the one for a person."""
    for role in wait.roles or ("",):
        yield Waiting(
            content_type=content_type,
            object_id=pk,
            unit=wait.unit,
            role=role,
            user=wait.user,
            title=wait.title[:200],
            what=wait.what,
            url=wait.url,
            due=wait.due,
        )
