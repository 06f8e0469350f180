"""Founding, renaming and ending a community. History is kept: nothing that held is overwritten."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from pilots.models import Community, CommunityKind, Membership
from pilots.notices.community import tell_community_ended, tell_founded
from pilots.services.membership import check_schools, enter, locked_community
from portal.accounts.models import Unit, User
from portal.audit.models import record
from portal.refusals import Refused
from portal.text.official import official_date


@transaction.atomic
def found_community(
    *,
    kind: CommunityKind,
    area: Unit,
    name: str,
    lead: Unit,
    members: Sequence[Unit],
    since: date,
    by: User | None,
) -> Community:
    """A new community 1+N of ``area`` from ``since`` on (S2 三（一）: N is one or more).

    Raises ValidationError with a sentence per field: no member, the lead among the members, a school closed, of
    another area, or in a community of this kind already. PermissionDenied for whom the area is not.
    """
    if by is not None and not by.has_perm("pilots.found_community", area):
        raise PermissionDenied
    members = list({school.pk: school for school in members}.values())
    if not name.strip():
        raise ValidationError({"name": "请填写共同体的名称。"})
    if not members:
        raise ValidationError({"members": "共同体至少要有一所成员校，请选择。"})
    if lead in members:
        raise ValidationError({"members": f"“{lead}”是牵头校，不能同时作成员校，请从成员校中去掉。"})
    check_schools(area, [lead], field="lead", by=by)
    check_schools(area, members, field="members", by=by)
    community = Community(kind=kind, area=area, name=name.strip(), during=(since, None))
    community.full_clean()
    community.save()
    community.refresh_from_db(fields=["during"])
    enter(community, lead, Membership.Role.LEAD, since, field="lead")
    for school in members:
        enter(community, school, Membership.Role.MEMBER, since, field="members")
    record(
        community,
        "pilots.community.found",
        "建立共同体",
        by=by,
        since=since.isoformat(),
        lead=lead.name,
        members=[school.name for school in members],
    )
    tell_founded(community, by=by)
    return community


@transaction.atomic
def rename_community(community: Community, *, name: str, by: User | None) -> None:
    """Another name for it. Raises ValidationError where the area has one of that name."""
    found = locked_community(community, by=by)
    before, found.name = found.name, name.strip()
    if not found.name:
        raise ValidationError({"name": "请填写共同体的名称。"})
    if before == found.name:
        return
    found.full_clean()
    found.save()
    record(found, "pilots.community.rename", "共同体更名", by=by, before=before, after=found.name)


@transaction.atomic
def end_community(community: Community, *, last_day: date, reason: str, by: User | None) -> None:
    """End it and all its memberships; ``last_day`` is the last day on which they hold."""
    found = locked_community(community, by=by)
    end = last_day + timedelta(days=1)
    if not reason.strip():
        raise Refused("请写明结束共同体的理由。")
    if found.during.upper is not None:
        raise Refused(f"这个共同体已定于{official_date(found.during.upper - timedelta(days=1))}结束。")
    held = found.memberships.filter(during__endswith__gt=end) | found.memberships.filter(during__upper_inf=True)
    if late := held.filter(during__startswith__gte=end).select_related("school").first():
        raise ValidationError(
            {"last_day": f"“{late.school}”自{official_date(late.during.lower)}参加，结束日期不能早于这一天。"}
        )
    ended = list(held.select_related("school"))
    for membership in ended:
        membership.during = (membership.during.lower, end)
        membership.save(update_fields=["during"])
    found.during = (found.during.lower, end)
    found.save(update_fields=["during"])
    record(found, "pilots.community.end", "结束共同体", by=by, reason=reason, last_day=last_day.isoformat())
    schools = [membership.school for membership in ended]
    tell_community_ended(found, schools, last_day=last_day, reason=reason.strip(), by=by)
