"""What Celery calls: take ids, call a service, nothing else."""

from __future__ import annotations

from portal.celery import app
from portal.notices import reminding
from portal.notices.services import mail


@app.task(name="portal.notices.tasks.post_due")
def post_due() -> None:
    mail.post_due()


@app.task(name="portal.notices.tasks.order_reminders")
def order_reminders() -> None:
    reminding.order_reminders()
