"""Who opens boards; of whom, portal.home.boards.subjects says."""

from __future__ import annotations

import rules

from pilots.rules.posts import takes_part

rules.add_perm("home.view_boards", takes_part)
