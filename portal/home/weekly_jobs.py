"""The jobs of this app: which service does which kind."""

from __future__ import annotations

from portal.home.services.weekly import WEEKLY_DIGEST
from portal.jobs.services import handles

handles(WEEKLY_DIGEST, "portal.home.services.weekly.weekly_digest")
