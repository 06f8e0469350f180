"""What Celery calls: take ids, call a service, nothing else."""

from __future__ import annotations

from portal.celery import app
from portal.home.services import weekly


@app.task(name="portal.home.tasks.order_weekly")
def order_weekly() -> None:
    weekly.order_weekly()
