"""代签授权: giving and taking back a written authority to review or sign for somebody."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from bulletins.models import Issue, SigningAuthority
from bulletins.rules import DESK_ROLES
from bulletins.states import IssueState
from portal.accounts.models import User
from portal.audit.models import record
from portal.files.services import forget_owner
from portal.text.official import official_date
from portal.workflow import renew_waits


@transaction.atomic
def give_authority(
    *, principal: User, substitute: User, role: str, since: date, until: date, basis: str, by: User
) -> SigningAuthority:
    """Let ``substitute`` do ``role``'s link of the chain for ``principal``, both days included.

    Raises ValidationError where the principal does not hold the post, the substitute does not work at the
    desk, or the days make no sense.
    """
    if not by.has_perm("bulletins.manage_authorities"):
        raise PermissionDenied
    if until < since:
        raise ValidationError({"until": "截止日期早于开始日期，请核对。"})
    if until < timezone.localdate():
        raise ValidationError({"until": "截止日期已过，请核对。"})
    if not principal.holds(role):
        raise ValidationError({"principal": f"{principal}现在不担任这一岗位，不能授权他人代签。"})
    if not substitute.holds(*DESK_ROLES):
        raise ValidationError({"substitute": f"{substitute}不是省协同提质办的编审人员，不能代签。"})
    authority = SigningAuthority(
        principal=principal,
        substitute=substitute,
        role=role,
        during=(since, until + timedelta(days=1)),
        basis=basis.strip(),
    )
    authority.full_clean()
    authority.save()
    record(authority, "bulletins.authority.give", "登记代签授权", by=by, basis=authority.basis, until=until.isoformat())
    _tell_who_waits()
    return authority


@transaction.atomic
def end_authority(authority: SigningAuthority, *, by: User) -> None:
    """Take an authority back from today on; what was signed under it stays signed."""
    if not by.has_perm("bulletins.manage_authorities"):
        raise PermissionDenied
    locked = SigningAuthority.objects.select_for_update(of=("self",)).get(pk=authority.pk)
    today = timezone.localdate()
    if locked.during.upper <= today:
        raise ValidationError(f"这份授权已于{official_date(locked.during.upper - timedelta(days=1))}截止。")
    record(locked, "bulletins.authority.end", "收回代签授权", by=by)
    if locked.during.lower >= today:
        forget_owner(locked)
        locked.delete()
    else:
        locked.during = (locked.during.lower, today)
        locked.save()
    _tell_who_waits()


def _tell_who_waits() -> None:
    """Issues in the middle of the chain wait for the substitutes of today as well."""
    for issue in Issue.objects.filter(state__in=(IssueState.AWAITING_REVIEW, IssueState.AWAITING_SIGNATURE)):
        renew_waits(issue)
