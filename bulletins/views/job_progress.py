"""How far a job is, for pages that show it and ask again."""

from __future__ import annotations

from django.utils import timezone

from bulletins.views.proof_state import PATIENCE, Progress
from portal.jobs.models import Job, JobState


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
