"""Navigation of 年终材料, beside the ledgers of which it is made."""

from __future__ import annotations

from portal.registry import add_navigation

add_navigation("年终材料", "packs", icon="download", order=122, visible=lambda user: user.has_perm("packs.make_pack"))
