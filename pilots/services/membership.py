"""A school's way into a community, out of it, and to its head. Each change is dated and audited."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from pilots.models import Community, CommunityKind, Membership
from pilots.notices.community import tell_joined, tell_lead_changed, tell_left
from portal.accounts.models import Unit, User
from portal.accounts.roles import UnitKind
from portal.audit.models import record
from portal.refusals import Refused
from portal.text.official import official_date


def locked_community(community: Community, *, by: User | None) -> Community:
    """The row, locked: changes of membership happen one after another. Raises PermissionDenied."""
    found = Community.objects.select_for_update(of=("self",)).select_related("area", "kind").get(pk=community.pk)
    if by is not None and not by.has_perm("pilots.change_community", found):
        raise PermissionDenied
    return found


@transaction.atomic
def add_member(community: Community, *, school: Unit, since: date, by: User | None) -> Membership:
    """Take ``school`` in from ``since`` on. Raises ValidationError for ``school`` or ``since``."""
    found = locked_community(community, by=by)
    check_schools(found.area, [school], field="school", by=by)
    _check_within(found, since)
    membership = enter(found, school, Membership.Role.MEMBER, since, field="school")
    record(found, "pilots.community.add_member", "增加成员校", by=by, school=school.name, since=since.isoformat())
    tell_joined(found, school, since=since, by=by)
    return membership


@transaction.atomic
def end_membership(membership: Membership, *, last_day: date, reason: str, by: User | None) -> None:
    """A member leaves; ``last_day`` is its last. The lead must hand over first, the last member cannot leave."""
    found = locked_community(membership.community, by=by)
    membership = Membership.objects.select_related("school").get(pk=membership.pk)
    if not reason.strip():
        raise Refused("请写明退出的理由。")
    if membership.role == Membership.Role.LEAD:
        raise Refused("牵头校不能直接退出。请先更换牵头校，或结束整个共同体。")
    _check_leaves(membership, last_day)
    end = last_day + timedelta(days=1)
    others = found.memberships.filter(role=Membership.Role.MEMBER, during__contains=end).exclude(pk=membership.pk)
    if not others.exists():
        raise Refused("这是最后一所成员校，共同体至少要有一所。如不再继续，请结束整个共同体。")
    _close(membership, end)
    record(
        found,
        "pilots.community.end_membership",
        "成员校退出",
        by=by,
        reason=reason,
        school=membership.school.name,
        last_day=last_day.isoformat(),
    )
    tell_left(found, membership.school, last_day=last_day, reason=reason.strip(), by=by)


@transaction.atomic
def change_lead(community: Community, *, school: Unit, since: date, stays: bool, by: User | None) -> Membership:
    """``school`` leads from ``since`` on; the lead before it goes on as a member if it ``stays``.

    Raises ValidationError where it leads already, the day lies outside the community, or no member would be left.
    """
    found = locked_community(community, by=by)
    check_schools(found.area, [school], field="school", by=by)
    _check_within(found, since)
    before = (
        found.memberships.select_related("school").filter(role=Membership.Role.LEAD, during__contains=since).first()
    )
    if before is None or before.during.lower >= since:
        raise ValidationError({"since": "接任日期须晚于现任牵头校的开始日期，请核对。"})
    if before.school_id == school.pk:
        raise ValidationError({"school": f"“{school}”已是牵头校。"})
    own = found.memberships.filter(school=school, during__contains=since).first()
    if own is not None:
        _close(own, since)
    _close(before, since)
    after = enter(found, school, Membership.Role.LEAD, since, field="school")
    if stays:
        enter(found, before.school, Membership.Role.MEMBER, since, field="school")
    if not found.memberships.filter(role=Membership.Role.MEMBER, during__contains=since).exists():
        raise ValidationError({"school": "这样共同体就没有成员校了。请让原牵头校留下作成员校，或先增加成员校。"})
    record(
        found,
        "pilots.community.change_lead",
        "更换牵头校",
        by=by,
        before=before.school.name,
        after=school.name,
        since=since.isoformat(),
    )
    tell_lead_changed(found, before=before.school, after=school, since=since, stays=stays, by=by)
    return after


def check_schools(area: Unit, schools: Sequence[Unit], *, field: str, by: User | None) -> None:
    """Whether ``by`` may bring ``schools`` together in ``area``. Raises ValidationError for ``field``."""
    for school in schools:
        if school.kind != UnitKind.SCHOOL:
            raise ValidationError({field: f"“{school}”不是学校（园）。"})
        if not school.is_active:
            raise ValidationError({field: f"“{school}”已停用，不能再参加共同体。"})
        if by is None or by.has_perm("pilots.found_any_community"):
            continue
        if not lies_in(school, area):
            raise ValidationError(
                {field: f"“{school}”不在{area}。跨县的共同体请由设区市建立，跨市、跨省的请由省协同提质办建立。"}
            )


def lies_in(school: Unit, area: Unit) -> bool:
    """Whether ``school`` stands right under ``area`` today, or one floor further down."""
    above = school.parent
    return above is not None and area.pk in {above.pk, above.parent_id}


def enter(community: Community, school: Unit, role: str, since: date, *, field: str) -> Membership:
    """Write a membership. The database refuses the second of a kind; raises ValidationError saying where it is."""
    during = (since, community.during.upper)
    membership = Membership(community=community, kind=community.kind, school=school, role=role, during=during)
    try:
        with transaction.atomic():
            membership.save(force_insert=True)
    except IntegrityError as error:
        raise _sentence(error, membership, field) from error
    membership.refresh_from_db(fields=["during"])
    return membership


def _sentence(error: IntegrityError, membership: Membership, field: str) -> ValidationError:
    if "school_in_one_community_of_a_kind" in str(error):
        other = (
            Membership.objects.filter(school=membership.school, kind=membership.kind, during__overlap=membership.during)
            .select_related("community")
            .first()
        )
        where = other.community.name if other else ""
        return ValidationError({field: in_another(membership.school, where, membership.kind)})
    if "community_has_one_lead" in str(error):
        return ValidationError({field: "这个共同体在这段时间已有牵头校，请办理更换。"})
    raise error


def in_another(school: Unit, where: str, kind: CommunityKind) -> str:
    """The sentence for a school that is in a community of ``kind`` already, ``where`` its name if known."""
    named = f"“{where}”" if where else "另一个共同体"
    return f"“{school}”在这段时间已在{named}中。一所学校同一时间只能参加一个{kind}。"


def _check_within(community: Community, since: date) -> None:
    if since not in community.during:
        raise ValidationError({"since": f"日期不在共同体的存续时间内（自{official_date(community.during.lower)}起）。"})


def _check_leaves(membership: Membership, last_day: date) -> None:
    """A membership is ended once, not before it began; one entered for today or later may be taken back whole."""
    begun, end = membership.during.lower, membership.during.upper
    if last_day < begun < timezone.localdate():
        raise ValidationError({"last_day": f"早于参加日期{official_date(begun)}，请核对。"})
    if end is not None and last_day + timedelta(days=1) > end:
        held_until = official_date(end - timedelta(days=1))
        raise ValidationError({"last_day": f"“{membership.school}”已定于{held_until}退出，只能提前，不能延后。"})


def _close(membership: Membership, end: date) -> None:
    """Let it hold until the day before ``end``; what would not have held for a day is gone, the audit row remains."""
    if membership.during.lower >= end:
        membership.delete()
        return
    membership.during = (membership.during.lower, end)
    membership.save(update_fields=["during"])
