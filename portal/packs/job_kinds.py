"""The job of this app."""

from __future__ import annotations

from portal.jobs.services import handles
from portal.packs.services.ordering import LONGEST_SECONDS, MAKE_PACK

handles(MAKE_PACK, "portal.packs.services.making.make_pack", seconds=LONGEST_SECONDS)
