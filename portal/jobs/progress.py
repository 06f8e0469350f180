"""How far a job is, for pages that show it and ask again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from portal.jobs.models import Job, JobState

#: After this long without a worker the page says that the background service may be stopped.
PATIENCE = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Progress:
    """A job for people: ``state`` is none, waiting, running, failed or done; ``percent`` 0–100."""

    state: str
    percent: int = 0
    step: str = ""
    error: str = ""
    is_slow: bool = False

    @property
    def is_open(self) -> bool:
        return self.state in ("waiting", "running")


def job_progress(job: Job | None) -> Progress:
    """What a page says of ``job``. A worker whose lease has run out counts as waiting for another."""
    if job is None:
        return Progress("none")
    if job.state == JobState.DONE:
        return Progress("done", 100)
    if job.state == JobState.FAILED:
        return Progress("failed", error=job.error)
    now = timezone.now()
    if job.state == JobState.RUNNING and job.lease_until and job.lease_until > now:
        return Progress("running", job.progress, job.step)
    return Progress("waiting", is_slow=now - (job.woken_at or job.created_at) > PATIENCE)
