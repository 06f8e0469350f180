"""The programme, its units and its people."""

from portal.accounts.models.acting import Acting, Handover
from portal.accounts.models.post import Post
from portal.accounts.models.programme import Programme
from portal.accounts.models.unit import Unit, UnitAlias, UnitName, UnitPlacement
from portal.accounts.models.user import User

__all__ = ["Acting", "Handover", "Post", "Programme", "Unit", "UnitAlias", "UnitName", "UnitPlacement", "User"]
