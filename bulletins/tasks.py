"""The jobs of this app: take ids, call a service, nothing else."""

from __future__ import annotations

from bulletins.services.rendition import COMPILE, run_compile
from portal.jobs.services import handles

handles(COMPILE)(run_compile)
