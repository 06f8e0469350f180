"""Who sees the picture of the alliance, and who keeps what stands in it (S0: 省厅统筹)."""

from __future__ import annotations

import rules

from portal.accounts.rules import is_admin, is_editor, is_inside, is_reviewer

rules.add_perm("alliances.view_alliance", is_inside)
rules.add_perm("alliances.change_alliance", is_admin | is_editor | is_reviewer)
