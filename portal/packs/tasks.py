"""What Celery calls: take nothing, call a service."""

from __future__ import annotations

from portal.celery import app
from portal.packs.services import keeping


@app.task(name="portal.packs.tasks.forget_old_packs")
def forget_old_packs() -> None:
    keeping.forget_old_packs()
