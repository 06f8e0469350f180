"""Making pairs."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from alliances.models import Alliance, Partnership
from portal.accounts.models import Unit, User
from portal.accounts.roles import UnitKind
from portal.audit.models import record


@transaction.atomic
def pair_units(
    *, alliance: Alliance, university: Unit, county: Unit, since: date, until: date | None, by: User | None
) -> Partnership:
    """Pair a university with a county or partner from ``since`` until ``until`` (exclusive; None is open).

    Raises ValidationError where the kinds are wrong or the two are already paired at that time.
    """
    if university.kind != UnitKind.UNIVERSITY:
        raise ValidationError({"university": f"“{university}”不是高校。"})
    if county.kind not in (UnitKind.COUNTY, UnitKind.PARTNER):
        raise ValidationError({"county": f"“{county}”不是县（市、区）或合作单位。"})
    pair = Partnership(alliance=alliance, university=university, county=county, during=(since, until))
    pair.full_clean()
    pair.save()
    record(pair, "alliances.partnership.create", "结对", by=by)
    return pair
