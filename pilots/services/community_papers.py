"""A community's 领导小组, its plan of a school year, and its area's policy."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from pilots.models import (
    Community,
    CommunityDuty,
    CommunityKind,
    CommunityPlan,
    CommunityPolicy,
    DutyOffice,
    GroupSeat,
)
from portal.accounts.models import Unit, User
from portal.accounts.roles import UNIT_ROLES
from portal.audit.models import record
from portal.periods import Period

MOST_SEATS = 30
_SEAT = re.compile(r"(?P<post>[^：:]{1,30})[：:]\s*(?P<who>.{1,100})")


@transaction.atomic
def set_group(community: Community, *, school: Unit | None, text: str, by: User | None) -> None:
    """Write the 领导小组 of ``school``, or of the whole community: a line each, ``组长：校长``.

    A school writes its own, the lead and the bureau all. Raises ValidationError for ``text``.
    """
    _demand_group(community, school, by)
    seats = _seats(text)
    own = GroupSeat.objects.filter(community=community, school=school)
    before = list(own.values_list("post", "who"))
    if before == seats:
        return
    own.delete()
    GroupSeat.objects.bulk_create(
        GroupSeat(community=community, school=school, post=post, who=who, order=order)
        for order, (post, who) in enumerate(seats)
    )
    whose = school.name if school else ""
    record(community, "pilots.community.group", "修改领导小组", by=by, school=whose, before=before, after=seats)


@transaction.atomic
def set_plan(community: Community, *, school_year: Period, text: str, by: User | None) -> CommunityPlan:
    """The plan of a school year; files are added to what comes back. Who writes for the community writes it."""
    if by is not None and not by.has_perm("pilots.write_for_community", community):
        raise PermissionDenied
    plan, is_new = CommunityPlan.objects.get_or_create(community=community, school_year=school_year.key)
    if is_new or plan.text != text.strip():
        plan.text = text.strip()
        plan.full_clean()
        plan.save()
        record(community, "pilots.community.plan", "修改共同体规划", by=by, school_year=school_year.key)
    return plan


@transaction.atomic
def set_policy(
    *,
    area: Unit,
    kind: CommunityKind,
    label: str,
    document: str = "",
    offices: Mapping[CommunityDuty, tuple[str, str]],
    by: User | None,
) -> CommunityPolicy:
    """What an area calls communities of a kind, and which of its offices lead a duty and answer for it (S2)."""
    if by is not None and not by.has_perm("pilots.found_community", area):
        raise PermissionDenied
    policy = CommunityPolicy.objects.filter(area=area, kind=kind).first() or CommunityPolicy(area=area, kind=kind)
    policy.label, policy.document = label.strip(), document.strip()
    policy.full_clean()
    policy.save()
    for duty, (lead, others) in offices.items():
        row = policy.offices.filter(duty=duty).first() or DutyOffice(policy=policy, duty=duty)
        row.lead_office, row.offices = lead.strip(), others.strip()
        row.full_clean()
        row.save()
    record(area, "pilots.community.policy", "修改地区共同体政策", by=by, kind=kind.name, word=policy.label)
    return policy


def _demand_group(community: Community, school: Unit | None, by: User | None) -> None:
    held = community.memberships.filter(school=school, during__contains=timezone.localdate())
    if school is not None and not held.exists():
        raise ValidationError({"text": f"“{school}”现在不在这个共同体中。"})
    if by is None or by.has_perm("pilots.write_for_community", community):
        return
    if (
        school is None
        or not by.has_perm("pilots.write_in_community", community)
        or not by.holds(*UNIT_ROLES, unit=school)
    ):
        raise PermissionDenied


def _seats(text: str) -> list[tuple[str, str]]:
    seats = []
    for number, line in enumerate((one.strip() for one in text.splitlines() if one.strip()), 1):
        match = _SEAT.fullmatch(line)
        if match is None:
            raise ValidationError({"text": f"第{number}行请写成“组长：校长”的样子，组内职务和人员之间用冒号隔开。"})
        seats.append((match["post"].strip(), match["who"].strip()))
    if len(seats) > MOST_SEATS:
        raise ValidationError({"text": f"领导小组有{len(seats)}人，超过{MOST_SEATS}人，请精简。"})
    return seats
