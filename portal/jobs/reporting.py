"""Telling how far a job is while its results are being written, in a transaction that nobody sees into."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.utils import timezone

from portal.jobs.models import Job, JobState

#: Seconds between two reports: people see no more of them.
EVERY = 0.5

#: Percent and a sentence on what is being done.
Report = Callable[[int, str], None]

_TELL = f"""
UPDATE {Job._meta.db_table} SET progress = %s, step = %s, lease_until = %s
WHERE id = %s AND state = %s AND attempts = %s
"""  # noqa: S608  (the name of our own table)


@contextmanager
def reporting(job: Job) -> Iterator[Report]:
    """Reports that others see at once, whatever transaction is open here; each holds the lease on.

    They go over a connection of their own: what a transaction writes is seen by nobody before it ends. So the job's
    row must not be locked meanwhile: :func:`portal.jobs.services.finishing`, which asks whether the lease still
    holds, comes last in that transaction.
    """
    own = connection.copy()
    last = 0.0

    def report(progress: int, step: str) -> None:
        nonlocal last
        if time.monotonic() - last < EVERY:
            return
        last = time.monotonic()
        until = timezone.now() + timedelta(seconds=settings.JOB_LEASE_SECONDS)
        with own.cursor() as cursor:
            cursor.execute(_TELL, [progress, step, until, job.pk, JobState.RUNNING, job.attempts])

    try:
        yield report
    finally:
        own.close()
