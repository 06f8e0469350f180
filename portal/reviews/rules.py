"""Who keeps the table of collecting levels."""

from __future__ import annotations

import rules

from portal.accounts.rules import is_admin

rules.add_perm("reviews.manage_levels", is_admin)
