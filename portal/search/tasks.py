"""What Celery calls: take ids, call a service, nothing else."""

from __future__ import annotations

from portal.celery import app
from portal.search.indexing import catch_up_wholly
from portal.search.jobs import order_readings


@app.task(name="portal.search.tasks.refresh_index")
def refresh_index() -> None:
    catch_up_wholly()
    order_readings()
