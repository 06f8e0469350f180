"""Asking for work, claiming it, finishing it exactly once, and bringing back what was lost."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from portal.accounts.models import User
from portal.celery import app
from portal.jobs.models import Job, JobState

logger = logging.getLogger(__name__)

#: What people read of a job that has used up its tries.
GIVEN_UP = "多次尝试未成功，请联系管理员查看后重试。"

Handler = Callable[[Job], None]
_handlers: dict[str, str] = {}
_seconds: dict[str, int] = {}


class LeaseLost(Exception):
    """Another worker holds the job now; what this one made must not be stored."""


class JobFailed(Exception):
    """The work cannot be done and trying again will not help; the text is a sentence for people."""


def handles(kind: str, handler: str, *, seconds: int = 0) -> None:
    """Register the dotted name of the function that does jobs of ``kind``; it must end in :func:`finishing`.

    A name and not the function itself: what it needs is loaded where it runs, in a worker. A kind that may run
    longer than a lease lasts says how many ``seconds`` at most, and holds its lease on (``portal.jobs.reporting``).
    """
    _handlers[kind] = handler
    if seconds:
        _seconds[kind] = seconds


def enqueue(*, kind: str, key: str, payload: dict[str, Any], by: User | None) -> Job:
    """The job of this ``key``, made in the caller's transaction if there is none; a worker is woken on commit.

    A job that had failed for good is opened again: whoever asks once more wants another try.
    """
    job, created = Job.objects.get_or_create(key=key, defaults={"kind": kind, "payload": payload, "created_by": by})
    if not created:
        reopened = Job.objects.filter(pk=job.pk, state=JobState.FAILED).update(
            state=JobState.QUEUED, attempts=0, progress=0, step="", error="", finished_at=None
        )
        if reopened:
            job.refresh_from_db()
    if job.state == JobState.QUEUED:
        transaction.on_commit(lambda: wake(job.pk, job.kind))
    return job


def forget_if_lost(key: str, file_of: Callable[[Job], str]) -> None:
    """Forget the job of this ``key`` where it is done and its file has gone: asked for again, it is made again."""
    done = Job.objects.filter(key=key, state=JobState.DONE).first()
    if done is not None and not default_storage.exists(file_of(done)):
        done.delete()


def enqueue_many(*, kind: str, payloads: Mapping[str, dict[str, Any]], by: User | None = None) -> None:
    """Jobs by key, in the caller's transaction; those that are there already stay as they are.

    One message for all of them: the sweeper wakes a worker for each. Two statements, however many jobs.
    """
    if not payloads:
        return
    rows = [Job(kind=kind, key=key, payload=payload, created_by=by) for key, payload in payloads.items()]
    Job.objects.bulk_create(rows, ignore_conflicts=True)
    transaction.on_commit(call_sweeper)


def reopen_failed(kinds: Iterable[str], *, before: datetime, since: datetime) -> int:
    """Give jobs that failed between ``since`` and ``before`` another round of tries: what they need may be back.

    Jobs asked for earlier than ``since`` stay given up. Returns how many were opened.
    """
    failed = Job.objects.filter(kind__in=kinds, state=JobState.FAILED, finished_at__lt=before, created_at__gte=since)
    return failed.update(state=JobState.QUEUED, attempts=0, progress=0, step="", error="", woken_at=None)


def call_sweeper() -> None:
    """Wake the sweeper; if the message is lost, beat does the same a little later."""
    try:
        app.send_task("portal.jobs.tasks.sweep", retry=False)
    except (OperationalError, RedisError, OSError):
        logger.warning("broker not reachable; new jobs wait for the sweeper")


def wake(job_id: int, kind: str) -> bool:
    """Send the message. Whether it arrives does not matter: the sweeper sends again."""
    Job.objects.filter(pk=job_id).update(woken_at=timezone.now())
    try:
        app.send_task("portal.jobs.tasks.run", args=(job_id,), retry=False, time_limit=_seconds.get(kind))
    except (OperationalError, RedisError, OSError):
        logger.warning("broker not reachable; job %s waits for the sweeper", job_id)
        return False
    return True


def claim(job_id: int) -> Job | None:
    """Take a job that is free or whose lease has run out; None if it is not to be had."""
    now = timezone.now()
    free = models.Q(state=JobState.QUEUED) | models.Q(state=JobState.RUNNING, lease_until__lt=now)
    claimed = (
        Job.objects.filter(free, pk=job_id)
        .filter(attempts__lt=settings.JOB_MAX_ATTEMPTS)
        .update(
            state=JobState.RUNNING,
            attempts=models.F("attempts") + 1,
            lease_until=now + timedelta(seconds=settings.JOB_LEASE_SECONDS),
            progress=0,
            error="",
        )
    )
    return Job.objects.get(pk=job_id) if claimed else None


def report(job: Job, progress: int, step: str) -> None:
    """Tell people how far it is. Raises LeaseLost where the job has gone to another worker."""
    if not _held(job).update(progress=progress, step=step):
        raise LeaseLost(job.key)


@contextmanager
def finishing(job: Job) -> Iterator[None]:
    """The transaction in which results are stored and the job becomes done, once. Raises LeaseLost."""
    with transaction.atomic():
        if _held(job).select_for_update().first() is None:
            raise LeaseLost(job.key)
        yield
        _held(job).update(
            state=JobState.DONE, progress=100, step="已完成", finished_at=timezone.now(), lease_until=None
        )


def run(job_id: int) -> None:
    """Claim a job and do it. Errors put it back for another try, until the tries are used up."""
    job = claim(job_id)
    if job is None:
        return
    try:
        handler: Handler = import_string(_handlers[job.kind])
        handler(job)
    except LeaseLost:
        logger.warning("job %s went to another worker", job.key)
    except JobFailed as failure:
        _end(job, str(failure))
    except Exception:
        logger.exception("job %s, try %s", job.key, job.attempts)
        if job.attempts >= settings.JOB_MAX_ATTEMPTS:
            _end(job, GIVEN_UP)
        else:
            _held(job).update(state=JobState.QUEUED, lease_until=None, step="出现问题，稍后自动重试")


def sweep() -> int:
    """Send again what is overdue and close what has used up its tries; returns how many were sent."""
    now = timezone.now()
    lost = Job.objects.filter(state=JobState.RUNNING, lease_until__lt=now)
    lost.filter(attempts__gte=settings.JOB_MAX_ATTEMPTS).update(
        state=JobState.FAILED,
        error=GIVEN_UP,
        finished_at=now,
        lease_until=None,
    )
    stale = models.Q(woken_at__isnull=True) | models.Q(woken_at__lt=now - timedelta(seconds=settings.JOB_SWEEP_SECONDS))
    queued = Job.objects.filter(models.Q(state=JobState.QUEUED) & stale)
    overdue = [row for rows in (queued, lost) for row in rows.values_list("pk", "kind")]
    return sum(wake(job_id, kind) for job_id, kind in overdue)


def _held(job: Job) -> models.QuerySet[Job]:
    return Job.objects.filter(pk=job.pk, state=JobState.RUNNING, attempts=job.attempts)


def _end(job: Job, error: str) -> None:
    _held(job).update(state=JobState.FAILED, error=error, finished_at=timezone.now(), lease_until=None)
