"""The jobs of this app: which service does which kind; and what beat asks for."""

from __future__ import annotations

from bulletins.services.certificate import CERTIFY
from bulletins.services.reminding import REMIND
from bulletins.services.reminding import order_reminders as order
from bulletins.services.rendition import COMPILE
from bulletins.services.twin import TWINS
from bulletins.services.volume import BIND
from portal.celery import app
from portal.jobs.services import handles

handles(COMPILE, "bulletins.services.compiling.run_compile")
handles(TWINS, "bulletins.services.twin.run_twins")
handles(BIND, "bulletins.services.binding.run_bind")
handles(CERTIFY, "bulletins.services.certifying.run_certify")
handles(REMIND, "bulletins.services.reminding.run_reminders")


@app.task(name="bulletins.tasks.order_reminders")
def order_reminders() -> None:
    order()
