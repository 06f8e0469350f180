"""Packs are kept for a while only: what they are made of stays where it is, and another is a click away."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import timezone

from portal.jobs.models import JobState
from portal.packs.models import Pack


def forget_old_packs() -> int:
    """Delete what was asked for ``PACK_KEEP_DAYS`` ago, file and row; returns how many."""
    limit = timezone.now() - timedelta(days=settings.PACK_KEEP_DAYS)
    old = Pack.objects.filter(asked_at__lt=limit).exclude(job__state__in=(JobState.QUEUED, JobState.RUNNING))
    count = 0
    for pack in old:
        if pack.file:
            default_storage.delete(pack.file)
        pack.delete()
        count += 1
    return count
