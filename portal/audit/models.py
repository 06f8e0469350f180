"""Append-only record of who did what. Triggers refuse UPDATE, DELETE and TRUNCATE (migration 0002)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.functions import Now

from portal.measures import figures_changed


class Entry(models.Model):
    """One act: on which object, by whom, from which state to which, why, and details as JSON."""

    at = models.DateTimeField("时间", db_default=Now(), editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField("姓名", max_length=150, blank=True, default="")
    action = models.CharField("操作", max_length=60)
    label = models.CharField("操作名称", max_length=40)
    content_type = models.ForeignKey(ContentType, models.PROTECT, null=True, related_name="+")
    object_id = models.BigIntegerField(null=True)
    object_name = models.CharField("对象", max_length=200, blank=True, default="")
    from_state = models.CharField(max_length=30, blank=True, default="")
    to_state = models.CharField(max_length=30, blank=True, default="")
    reason = models.TextField("理由", blank=True, default="")
    data = models.JSONField(default=dict)

    class Meta:
        verbose_name = "操作记录"
        verbose_name_plural = "操作记录"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["content_type", "object_id"])]

    def __str__(self) -> str:
        return f"{self.by_name} {self.label} {self.object_name}"


def record(
    obj: models.Model | None,
    action: str,
    label: str,
    *,
    by: Any,
    from_state: str = "",
    to_state: str = "",
    reason: str = "",
    **data: Any,
) -> Entry:
    """Write one row in the caller's transaction. ``data`` must be JSON; ``by`` is a user or None for the system.

    Every business write leaves a row, so this is where figures hear that facts have changed.
    """
    entry = entry_of(obj, action, label, by=by, from_state=from_state, to_state=to_state, reason=reason, data=data)
    entry.save()
    figures_changed()
    return entry


def record_all(entries: Iterable[Entry]) -> None:
    """Write the rows of a bulk act (made by :func:`entry_of`) in the caller's transaction: one statement."""
    Entry.objects.bulk_create(entries)
    figures_changed()


def entry_of(
    obj: models.Model | None,
    action: str,
    label: str,
    *,
    by: Any,
    from_state: str = "",
    to_state: str = "",
    reason: str = "",
    data: Mapping[str, Any],
) -> Entry:
    """A row as it will be written; the one place where it is made.

    What a person does in a post of somebody else carries both names, and whose post it was as ``acting_for``.
    """
    principal = getattr(by, "acts_as", None)
    name = str(by) if by else "系统"
    return Entry(
        by=by,
        by_name=f"{name}（代{principal}办理）" if principal else name,
        action=action,
        label=label,
        content_type=ContentType.objects.get_for_model(obj) if obj is not None else None,
        object_id=obj.pk if obj is not None else None,
        object_name=str(obj)[:200] if obj is not None else "",
        from_state=from_state,
        to_state=to_state,
        reason=reason,
        data={**data, "acting_for": principal.pk} if principal else dict(data),
    )


def acted_for(obj: models.Model, user: int) -> set[int]:
    """Ids of those in whose posts ``user`` has done something with one object (代办)."""
    rows = history(obj).filter(by=user, data__has_key="acting_for")
    return set(rows.values_list("data__acting_for", flat=True))


def history(obj: models.Model) -> models.QuerySet[Entry]:
    """Everything recorded about one object, newest first."""
    return Entry.objects.filter(content_type=ContentType.objects.get_for_model(obj), object_id=obj.pk).select_related(
        "by"
    )
