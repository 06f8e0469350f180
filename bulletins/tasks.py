"""What this app does in the background: which service does which kind of job, and what it reminds of."""

from __future__ import annotations

from bulletins.services.case_file import CASE_PDF
from bulletins.services.certificate import CERTIFY
from bulletins.services.reminding import outstanding, reminders_due
from bulletins.services.rendition import COMPILE
from bulletins.services.twin import TWINS
from bulletins.services.volume import BIND
from portal.jobs.services import handles
from portal.notices.reminding import add_reminders

handles(COMPILE, "bulletins.services.compiling.run_compile")
handles(TWINS, "bulletins.services.twin.run_twins")
handles(BIND, "bulletins.services.binding.run_bind")
handles(CASE_PDF, "bulletins.services.case_printing.run_case_pdf")
handles(CERTIFY, "bulletins.services.certifying.run_certify")
add_reminders(reminders_due, outstanding)
