"""Keeping the alliance: its name, who leads it, whether the lead consolidates, how its map is drawn."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from alliances.models import Alliance
from portal.accounts.models import Unit, User
from portal.accounts.queries.unit import the_programme
from portal.accounts.roles import UnitKind
from portal.audit.models import record


@transaction.atomic
def save_alliance(*, name: str, lead: Unit | None, lead_consolidates: bool, arrangement: str, by: User) -> Alliance:
    """Enter the one alliance or change it.

    Raises PermissionDenied, or ValidationError for a lead that is no university, or none where it is to consolidate.
    """
    if not by.has_perm("alliances.change_alliance"):
        raise PermissionDenied
    if lead is not None and lead.kind != UnitKind.UNIVERSITY:
        raise ValidationError({"lead": f"“{lead}”不是高校。"})
    if lead_consolidates and lead is None:
        raise ValidationError({"lead": "请先选择牵头高校，再让它为全联盟汇总。"})
    alliance = Alliance.objects.select_for_update().first() or Alliance(programme=the_programme())
    alliance.name, alliance.lead = name, lead
    alliance.lead_consolidates, alliance.arrangement = lead_consolidates, arrangement
    alliance.full_clean()
    alliance.save()
    record(
        alliance,
        "alliances.alliance.save",
        "修改联盟",
        by=by,
        lead=lead.name if lead else "",
        lead_consolidates=lead_consolidates,
    )
    return alliance
