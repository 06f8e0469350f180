"""Keeping the table of collecting levels."""

from __future__ import annotations

from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.db import transaction

from portal.accounts.models import User
from portal.audit.models import record
from portal.reviews.models import CollectingLevel


@transaction.atomic
def set_collecting(chosen: Collection[int], *, by: User) -> None:
    """Let exactly the levels with the ids ``chosen`` collect. What is under way keeps the way it was sent on."""
    if not by.has_perm("reviews.manage_levels"):
        raise PermissionDenied
    for level in CollectingLevel.objects.select_for_update():
        if level.collects != (level.pk in chosen):
            level.collects = not level.collects
            level.save(update_fields=["collects"])
            act = "由上级汇总" if level.collects else "不由上级汇总"
            record(level, "reviews.level.set", "调整报送层级", by=by, level=str(level), now=act)
