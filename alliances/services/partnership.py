"""Making pairs, prolonging and ending them, and whom one calls on either side."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from alliances.models import Alliance, Partnership, PartnershipContact
from alliances.notices.partnership import tell_ended, tell_paired
from alliances.states.term import term_of_days
from alliances.validators import check_term
from portal.accounts.models import Unit, User
from portal.accounts.roles import UNIT_ROLES, UnitKind
from portal.audit.models import record
from portal.refusals import Refused
from portal.saving import save_checked


@transaction.atomic
def pair_units(
    *, alliance: Alliance, university: Unit, county: Unit, since: date, until: date | None, by: User | None
) -> Partnership:
    """Pair a university with a county or partner, or two partners (S4), from ``since`` until ``until`` (exclusive).

    Of two partners the leading one stands as ``university``; ``until`` None is open.

    ``by`` None is the portal itself (sample, import). Raises PermissionDenied for who is not of the office,
    ValidationError where the kinds are wrong, the term ends before it starts, or the two are paired at that time.
    """
    if by is not None and not by.has_perm("alliances.manage_partnerships"):
        raise PermissionDenied
    _check_kinds(university, county)
    check_term(since, until - timedelta(days=1) if until else since)
    pair = Partnership(alliance=alliance, university=university, county=county, during=DateRange(since, until))
    save_checked(pair)
    record(pair, "alliances.partnership.create", "结对", by=by)
    if by is not None:
        tell_paired(pair)
    return pair


@transaction.atomic
def prolong_partnership(pair: Partnership, *, by: User, until: date | None) -> Partnership:
    """The pair goes on until ``until``, that day included (None: open).

    Raises PermissionDenied, Refused once it is over, ValidationError where the day is earlier than the present one.
    """
    locked = _locked(pair, by)
    if locked.has_ended:
        raise Refused("这一结对已经结束；再次合作请重新建立结对。")
    if until is not None and locked.during.upper and until < locked.during.upper:
        raise ValidationError({"until": "新的截止日期应晚于原来的；提前结束请用“结束结对”。"})
    locked.during = term_of_days(locked.during.lower, until)
    locked.full_clean()
    locked.save(update_fields=["during"])
    record(locked, "alliances.partnership.renew", "延长合作期限", by=by, until=until.isoformat() if until else "")
    pair.refresh_from_db()
    return pair


@transaction.atomic
def end_partnership(pair: Partnership, *, by: User, last_day: date, reason: str) -> Partnership:
    """End a pair before its time: ``last_day`` is the last that belongs to it. Both sides are told.

    Agreements that would go on are ended by who ends them; until then the pair is refused to end.
    """
    locked = _locked(pair, by)
    if not reason.strip():
        raise ValidationError({"reason": "请写明结束的原因，双方会看到。"})
    lower, upper = locked.during.lower, locked.during.upper
    if last_day < lower or (upper and last_day >= upper):
        raise ValidationError({"last_day": "最后一天应在合作期限之内，请核对。"})
    after = last_day + timedelta(days=1)
    if locked.agreements.filter(during__endswith__gt=after).exists():
        raise Refused("还有协议在这一天之后仍然有效，请先在协议页面终止协议。")
    locked.during, locked.end_reason = term_of_days(lower, last_day), reason.strip()
    locked.save(update_fields=["during", "end_reason"])
    record(locked, "alliances.partnership.end", "结束结对", by=by, reason=reason.strip(), last_day=last_day.isoformat())
    pair.refresh_from_db()
    tell_ended(pair)
    return pair


@transaction.atomic
def add_contact(
    pair: Partnership, *, by: User, unit: Unit, post: str, phone: str = "", duty: str = ""
) -> PartnershipContact:
    """Whom one calls at ``unit``; each side names its own, the office both. Raises ValidationError for a third unit."""
    _demand_side(pair, unit, by)
    contact = PartnershipContact(partnership=pair, unit=unit, post=post.strip(), phone=phone.strip(), duty=duty.strip())
    contact.full_clean()
    contact.save()
    record(pair, "alliances.partnership.add_contact", "增加联系人", by=by, unit=unit.name, post=contact.post)
    return contact


@transaction.atomic
def remove_contact(contact: PartnershipContact, *, by: User) -> None:
    """The post has another telephone or other duties now."""
    _demand_side(contact.partnership, contact.unit, by)
    record(contact.partnership, "alliances.partnership.remove_contact", "删除联系人", by=by, post=contact.post)
    contact.delete()


def _locked(pair: Partnership, by: User) -> Partnership:
    if not by.has_perm("alliances.manage_partnerships"):
        raise PermissionDenied
    return Partnership.objects.select_for_update(of=("self",)).get(pk=pair.pk)


def _demand_side(pair: Partnership, unit: Unit, by: User) -> None:
    if unit.pk not in (pair.university_id, pair.county_id):
        raise ValidationError({"unit": "联系人须是结对双方单位的。"})
    if not by.has_perm("alliances.manage_partnerships") and not by.holds(*UNIT_ROLES, unit=unit):
        raise PermissionDenied


def _check_kinds(university: Unit, county: Unit) -> None:
    """A university with a county or partner; or two partners with each other, as the two new areas of S4."""
    if county.kind not in (UnitKind.COUNTY, UnitKind.PARTNER):
        raise ValidationError({"county": f"“{county}”不是县（市、区）或合作单位。"})
    if university.kind == UnitKind.PARTNER and county.kind != UnitKind.PARTNER:
        raise ValidationError({"university": f"“{university}”不是高校；合作单位只能与另一个合作单位结对。"})
    if university.kind not in (UnitKind.UNIVERSITY, UnitKind.PARTNER):
        raise ValidationError({"university": f"“{university}”不是高校。"})
    if university == county:
        raise ValidationError({"county": "结对的双方不能是同一个单位。"})
