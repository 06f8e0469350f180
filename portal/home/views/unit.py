"""The one page of a unit: what it is called, where it stands, who works there, and all that it takes part in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from portal.accounts.models import Unit, User
from portal.accounts.queries.post import has_post, posts_in, reporters_of, with_successors
from portal.accounts.queries.unit import readable_units, units_below
from portal.accounts.requests import person
from portal.accounts.roles import Role
from portal.audit.models import history
from portal.home.boards.subjects import units_with_board
from portal.registry import unit_sections

#: Lines of the history, units below: more of them stand in 操作记录 and in the register.
UNIT_HISTORY = 20
BELOW_SHOWN = 60


@require_GET
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """The unit with every section that an app has for it; posts and changes for those who read the register."""
    user = person(request)
    found = get_object_or_404(readable_units(user).select_related("parent"), pk=pk)
    below = list(units_below(found))
    context = {
        "unit": found,
        "today": timezone.localdate(),
        "names": found.names.all(),
        "placements": found.placements.select_related("parent"),
        "aliases": found.aliases.all(),
        "below": below[:BELOW_SHOWN],
        "below_count": len(below),
        "sections": unit_sections(user, found),
        "has_board": user.has_perm("home.view_boards") and units_with_board(user).filter(pk=pk).exists(),
        "may_manage": user.has_perm("accounts.manage_units"),
        **(_register(user, found) if user.has_perm("accounts.view_units") else {"reporters": reporters_of(found)}),
    }
    return render(request, "home/unit.html", context)


def _register(user: User, unit: Unit) -> dict[str, Any]:
    """What the register holds beside: every post there ever was, and who changed what."""
    return {
        "reads_register": True,
        "posts": with_successors(posts_in(unit)),
        "officer": has_post(unit, Role.INFORMATION_OFFICER),
        "entries": history(unit)[:UNIT_HISTORY],
        "may_see_people": user.has_perm("accounts.manage_users"),
    }
