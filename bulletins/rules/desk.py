"""Who works at the office's desk."""

from __future__ import annotations

import rules

from bulletins.rules.posts import is_desk
from portal.accounts.rules import is_editor, is_issuer, is_reviewer

rules.add_perm("bulletins.view_desk", is_desk)
rules.add_perm("bulletins.decide_in_bulk", is_editor)
rules.add_perm("bulletins.discuss", is_editor | is_reviewer | is_issuer)
rules.add_perm("bulletins.write_to_unit", is_editor | is_reviewer)
rules.add_perm("bulletins.edit_words", is_editor)
