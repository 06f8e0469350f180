"""What this app does in the background: its jobs, what it reminds of, and what beat asks for."""

from __future__ import annotations

from pilots.services.activity_answer import end_locked_objections, lapse_silent
from pilots.services.progress_reminding import outstanding, reminders_due
from pilots.services.progress_waits import end_locked
from pilots.services.service_certificate import CERTIFY_SERVICE
from pilots.services.task_progress import renew_due_waits
from portal.celery import app
from portal.jobs.services import handles
from portal.notices.reminding import add_reminders

handles(CERTIFY_SERVICE, "pilots.services.service_certificate.run_certify_service")
add_reminders(reminders_due, outstanding)


@app.task(name="pilots.tasks.end_locked_reports")
def end_locked_reports() -> None:
    end_locked()


@app.task(name="pilots.tasks.lapse_silent_activities")
def lapse_silent_activities() -> None:
    lapse_silent()
    end_locked_objections()


@app.task(name="pilots.tasks.renew_due_milestones")
def renew_due_milestones() -> None:
    renew_due_waits()
