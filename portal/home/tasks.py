"""What Celery calls: take ids, call a service, nothing else."""

from __future__ import annotations

from portal.celery import app
from portal.home.services import board, weekly


@app.task(name="portal.home.tasks.order_weekly")
def order_weekly() -> None:
    weekly.order_weekly()


@app.task(name="portal.home.tasks.look_after_boards")
def look_after_boards() -> None:
    board.look_after_boards()
