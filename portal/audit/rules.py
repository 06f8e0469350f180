"""Who may read what everybody did."""

from __future__ import annotations

import rules

from portal.accounts.rules import is_auditor, is_security

rules.add_perm("audit.view", is_auditor | is_security)
