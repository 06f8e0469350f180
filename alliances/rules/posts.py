"""Groups of posts that the rules and lists of this app speak of."""

from __future__ import annotations

from portal.accounts.roles import UNIT_ROLES, Role

#: Posts in the office that read everything that pairs do.
OFFICE_READERS = (Role.EDITOR, Role.REVIEWER, Role.ISSUER, Role.AUDITOR, Role.LEADER)
#: Posts whose holders read what concerns their unit.
READER_ROLES = (*UNIT_ROLES, Role.PARTNER_READER)
