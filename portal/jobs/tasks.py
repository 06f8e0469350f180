"""What Celery calls: take ids, call a service, nothing else."""

from __future__ import annotations

from portal.celery import app
from portal.jobs import services


@app.task(name="portal.jobs.tasks.run")
def run(job_id: int) -> None:
    services.run(job_id)


@app.task(name="portal.jobs.tasks.sweep")
def sweep() -> None:
    services.sweep()
