"""The jobs of this app: which service does which kind."""

from __future__ import annotations

from portal.jobs.services import handles
from portal.notices.reminding import REMIND
from portal.notices.services.mail import MAIL_DIGEST, MAIL_NOTICE

handles(MAIL_NOTICE, "portal.notices.services.mail.mail_notice")
handles(MAIL_DIGEST, "portal.notices.services.mail.mail_digest")
handles(REMIND, "portal.notices.reminding.run_reminders")
