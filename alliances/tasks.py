"""What Celery calls: call a service, nothing else."""

from __future__ import annotations

from alliances.services.agreement import remind_of_endings
from portal.celery import app


@app.task(name="alliances.tasks.remind_of_endings")
def remind() -> None:
    remind_of_endings()
