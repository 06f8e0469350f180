"""Who has 年终材料 put together; for which units, ``queries.units_to_pack`` says."""

from __future__ import annotations

import rules

from pilots.rules.posts import takes_part

rules.add_perm("packs.make_pack", takes_part)
