"""Joining a community, leaving it, leading it: dated, audited, one of a kind at a time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from pilots.models import Community, Membership
from pilots.services.membership import add_member, change_lead, end_membership
from portal.audit.models import history
from portal.refusals import Refused
from tests.factories.community import (
    COOPERATING,
    SINCE,
    kind_of,
    lead_of,
    make_community,
    make_school,
    member_of,
    staff_of,
)

pytestmark = pytest.mark.django_db
LATER = date(2025, 9, 1)


@pytest.fixture
def community() -> Community:
    return make_community()


def member(community: Community) -> Membership:
    return community.memberships.filter(role="member").order_by("pk")[0]


def test_a_school_joins_later(community: Community) -> None:
    school = make_school(community.area)
    joined = add_member(community, school=school, since=LATER, by=staff_of(community.area))
    assert (joined.during.lower, joined.during.upper) == (LATER, None)
    assert history(community).first().data == {"school": school.name, "since": "2025-09-01"}  # type: ignore[union-attr]


def test_nobody_joins_before_the_community_began(community: Community) -> None:
    with pytest.raises(ValidationError, match="存续时间"):
        add_member(community, school=make_school(community.area), since=SINCE - timedelta(days=1), by=None)


def test_terms_of_a_school_in_communities_of_a_kind_do_not_overlap(community: Community) -> None:
    other = make_community(community.area, name="第二共同体")
    school = make_school(community.area)
    add_member(community, school=school, since=LATER, by=None)
    with pytest.raises(ValidationError, match="已在“第一共同体”中"):
        add_member(other, school=school, since=SINCE, by=None)
    with pytest.raises(ValidationError, match="已在“第一共同体”中"):
        add_member(community, school=school, since=LATER + timedelta(days=30), by=None)


def test_the_lead_does_not_join_its_own_community(community: Community) -> None:
    with pytest.raises(ValidationError, match="已在“第一共同体”中"):
        add_member(community, school=lead_of(community), since=LATER, by=None)


def test_the_database_itself_refuses_the_second_community_of_a_kind(community: Community) -> None:
    other = make_community(community.area, name="第二共同体")
    with pytest.raises(IntegrityError, match="school_in_one_community_of_a_kind"), transaction.atomic():
        Membership.objects.create(
            community=other, kind=other.kind, school=member_of(community), during=(date(2030, 1, 1), None)
        )


def test_the_database_itself_refuses_a_membership_of_another_kind_than_its_community(community: Community) -> None:
    with pytest.raises(IntegrityError, match="membership_kind_is_the_communitys"), transaction.atomic():
        Membership.objects.create(
            community=community, kind=kind_of(COOPERATING), school=member_of(community), during=(SINCE, None)
        )


def test_a_member_leaves_with_a_reason_and_stays_in_the_history(community: Community) -> None:
    add_member(community, school=make_school(community.area), since=SINCE, by=None)
    leaving = member(community)
    with pytest.raises(Refused, match="理由"):
        end_membership(leaving, last_day=LATER, reason="", by=None)
    end_membership(leaving, last_day=date(2025, 8, 31), reason="学校撤并", by=staff_of(community.area))
    leaving.refresh_from_db()
    assert leaving.during.upper == LATER
    assert history(community).first().reason == "学校撤并"  # type: ignore[union-attr]


def test_the_last_member_cannot_leave(community: Community) -> None:
    with pytest.raises(Refused, match="最后一所成员校"):
        end_membership(member(community), last_day=LATER, reason="撤并", by=None)


def test_the_lead_cannot_leave_before_another_leads(community: Community) -> None:
    with pytest.raises(Refused, match="先更换牵头校"):
        end_membership(community.memberships.get(role="lead"), last_day=LATER, reason="调整", by=None)


def test_an_end_is_not_put_off_and_not_before_the_beginning(community: Community) -> None:
    add_member(community, school=make_school(community.area), since=SINCE, by=None)
    leaving = member(community)
    end_membership(leaving, last_day=date(2025, 8, 31), reason="撤并", by=None)
    with pytest.raises(ValidationError, match="不能延后"):
        end_membership(leaving, last_day=date(2025, 9, 30), reason="撤并", by=None)
    with pytest.raises(ValidationError, match="早于参加日期"):
        end_membership(leaving, last_day=date(2024, 1, 1), reason="撤并", by=None)


def test_a_school_entered_by_mistake_for_today_is_taken_out_again(community: Community) -> None:
    today = timezone.localdate()
    mistaken = add_member(community, school=make_school(community.area), since=today, by=None)
    end_membership(mistaken, last_day=today - timedelta(days=1), reason="选错学校", by=None)
    assert not Membership.objects.filter(pk=mistaken.pk).exists()
    assert history(community).first().reason == "选错学校"  # type: ignore[union-attr]


def test_a_member_takes_the_lead_and_the_old_lead_stays_as_member(community: Community) -> None:
    before, after = lead_of(community), member_of(community)
    change_lead(community, school=after, since=LATER, stays=True, by=None)
    now = {(row.school, row.role) for row in community.memberships.filter(during__contains=LATER)}
    assert now == {(after, "lead"), (before, "member")}
    day_before = {(row.school, row.role) for row in community.memberships.filter(during__contains=date(2025, 8, 31))}
    assert day_before == {(before, "lead"), (after, "member")}


def test_a_community_is_not_left_without_member_by_a_new_lead(community: Community) -> None:
    with pytest.raises(ValidationError, match="没有成员校"), transaction.atomic():
        change_lead(community, school=member_of(community), since=LATER, stays=False, by=None)
    assert community.memberships.count() == 2


def test_a_lead_follows_a_lead_on_a_later_day_and_is_another_school(community: Community) -> None:
    with pytest.raises(ValidationError, match="晚于现任"):
        change_lead(community, school=member_of(community), since=SINCE, stays=True, by=None)
    with pytest.raises(ValidationError, match="已是牵头校"):
        change_lead(community, school=lead_of(community), since=LATER, stays=True, by=None)


def test_schools_do_not_change_who_is_in(community: Community) -> None:
    by = staff_of(lead_of(community))
    with pytest.raises(PermissionDenied):
        add_member(community, school=make_school(community.area), since=LATER, by=by)
    with pytest.raises(PermissionDenied):
        end_membership(member(community), last_day=LATER, reason="撤并", by=by)
    with pytest.raises(PermissionDenied):
        change_lead(community, school=member_of(community), since=LATER, stays=True, by=by)
