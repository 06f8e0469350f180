"""The jobs of this app: which service does which kind."""

from __future__ import annotations

from bulletins.services.rendition import COMPILE
from portal.jobs.services import handles

handles(COMPILE, "bulletins.services.compiling.run_compile")
