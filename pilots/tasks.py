"""The jobs of this app: which service does which kind; and what beat asks for."""

from __future__ import annotations

from pilots.services.progress_reminding import REMIND, order_progress_reminders
from portal.celery import app
from portal.jobs.services import handles

handles(REMIND, "pilots.services.progress_reminding.run_progress_reminders")


@app.task(name="pilots.tasks.order_progress_reminders")
def remind_progress() -> None:
    order_progress_reminders()
