"""What Celery calls: take ids, call a service, nothing else."""

from __future__ import annotations

from portal.accounts.services.handover import pass_due
from portal.accounts.services.unit import refresh_units
from portal.celery import app


@app.task(name="portal.accounts.tasks.refresh_units")
def refresh() -> None:
    refresh_units()


@app.task(name="portal.accounts.tasks.pass_handovers")
def pass_handovers() -> None:
    pass_due()
