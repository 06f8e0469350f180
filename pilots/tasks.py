"""The jobs of this app: which service does which kind; and what beat asks for."""

from __future__ import annotations

from pilots.services.activity_answer import lapse_silent
from pilots.services.progress_reminding import REMIND, order_progress_reminders
from pilots.services.service_certificate import CERTIFY_SERVICE
from pilots.services.task_progress import renew_due_waits
from portal.celery import app
from portal.jobs.services import handles

handles(REMIND, "pilots.services.progress_reminding.run_progress_reminders")
handles(CERTIFY_SERVICE, "pilots.services.service_certificate.run_certify_service")


@app.task(name="pilots.tasks.order_progress_reminders")
def remind_progress() -> None:
    order_progress_reminders()


@app.task(name="pilots.tasks.lapse_silent_activities")
def lapse_silent_activities() -> None:
    lapse_silent()


@app.task(name="pilots.tasks.renew_due_milestones")
def renew_due_milestones() -> None:
    renew_due_waits()
