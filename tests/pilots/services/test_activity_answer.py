"""What the other side says of an activity (DOMAIN.md, Activities): matched, undone, objected to, silent."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from pilots.models import Activity
from pilots.queries.activity_match import proposals_for
from pilots.services.activity import Facts, change_activity, withdraw_activity
from pilots.services.activity_answer import (
    confirm_activity,
    lapse_silent,
    match_activities,
    object_to_activity,
    part_activities,
    settle_activity,
)
from pilots.states.activity import COUNTED, ActivityState
from portal.accounts.models import Unit, User
from portal.accounts.roles import Role, UnitKind
from portal.inbox.models import Waiting
from portal.notices.models import Notice
from portal.refusals import Refused, WrongState
from tests.factories import make_officer, make_unit, make_user
from tests.factories.activity import make_recorded
from tests.factories.alliance import make_pair

pytestmark = pytest.mark.django_db

#: Of the two sides of an event: the university, the county, and who reports for each.
Sides = tuple[Unit, Unit, User, User]


@pytest.fixture
def sides() -> Sides:
    university, county = make_unit(), make_unit(UnitKind.COUNTY)
    return university, county, make_officer(university), make_officer(county)


def counted(unit: Unit) -> int:
    return Activity.objects.filter(state__in=COUNTED, credits__unit=unit).count()


def facts_of(activity: Activity, **changed: object) -> Facts:
    same = {"kind": activity.kind, "start": activity.start, "end": activity.end}
    return Facts(**{**same, "partners": list(activity.partners.all()), **changed})  # type: ignore[arg-type]


def test_an_event_that_both_sides_recorded_counts_once_for_both(sides: Sides) -> None:
    university, county, _, officer = sides
    first, second = make_recorded(university, county), make_recorded(county, university)
    assert counted(county) == 2
    kept = match_activities(second, first, by=officer)
    second.refresh_from_db()
    assert kept == first
    assert (kept.state, second.state, second.joined_into) == (ActivityState.AGREED, ActivityState.JOINED, first)
    assert counted(university) == counted(county) == 1


def test_what_only_the_other_record_names_counts_for_that_unit_too(sides: Sides) -> None:
    university, county, officer, _ = sides
    third = make_unit(UnitKind.COUNTY)
    first, second = make_recorded(university, county), make_recorded(county, university, third)
    match_activities(first, second, by=officer)
    assert counted(third) == 1


def test_matching_is_undone_and_both_count_again(sides: Sides) -> None:
    university, county, officer, _ = sides
    first, second = make_recorded(university, county), make_recorded(county, university)
    match_activities(first, second, by=officer)
    second.refresh_from_db()
    part_activities(second, by=officer)
    first.refresh_from_db()
    assert first.state == second.state == ActivityState.RECORDED
    assert second.joined_into is None
    assert counted(county) == 2


def test_two_who_match_at_once_match_once(sides: Sides) -> None:
    university, county, officer, other = sides
    first, second = make_recorded(university, county), make_recorded(county, university)
    match_activities(first, second, by=officer)
    with pytest.raises(WrongState, match="可能已由对方处理"):
        match_activities(second, first, by=other)


def test_undoing_twice_is_told(sides: Sides) -> None:
    university, county, officer, other = sides
    first, second = make_recorded(university, county), make_recorded(county, university)
    match_activities(first, second, by=officer)
    second.refresh_from_db()
    part_activities(second, by=officer)
    with pytest.raises(WrongState, match="没有并入"):
        part_activities(second, by=other)


def test_a_unit_does_not_match_its_own_records(sides: Sides) -> None:
    university, county, officer, _ = sides
    first, second = make_recorded(university, county), make_recorded(university, county)
    with pytest.raises(Refused, match="同一单位"):
        match_activities(first, second, by=officer)


def test_who_is_on_neither_side_may_not_match(sides: Sides) -> None:
    university, county, _, _ = sides
    first, second = make_recorded(university, county), make_recorded(county, university)
    with pytest.raises(PermissionDenied):
        match_activities(first, second, by=make_officer())


def test_records_of_different_days_are_not_one_event(sides: Sides) -> None:
    university, county, officer, _ = sides
    today = timezone.localdate()
    first = make_recorded(university, county, day=today - timedelta(days=3))
    second = make_recorded(county, university, day=today - timedelta(days=5))
    with pytest.raises(Refused, match="对不上"):
        match_activities(first, second, by=officer)


def test_proposals_are_alike_in_kind_and_overlap_in_days(sides: Sides) -> None:
    university, county, _, _ = sides
    day = timezone.localdate() - timedelta(days=9)
    mine = make_recorded(university, county, day=day, end=day + timedelta(days=2))
    alike = make_recorded(county, university, day=day + timedelta(days=2), kind="集体备课")
    make_recorded(county, university, day=day, kind="实习支教")
    make_recorded(county, university, day=day + timedelta(days=3))
    make_recorded(make_unit(), day=day)
    assert list(proposals_for(mine)) == [alike]


def test_a_pair_is_proposed_though_neither_names_the_other() -> None:
    pair = make_pair()
    first, second = make_recorded(pair.university), make_recorded(pair.county)
    assert list(proposals_for(first)) == [second]
    assert match_activities(first, second, by=make_officer(pair.county)) == first


def test_a_partner_confirms_and_nothing_waits_any_more(sides: Sides) -> None:
    university, county, _, officer = sides
    activity = make_recorded(university, county)
    assert Waiting.objects.filter(unit=county, what="核对活动").exists()
    confirm_activity(activity, by=officer)
    assert activity.state == ActivityState.AGREED
    assert not Waiting.objects.filter(unit=county, what="核对活动").exists()


def test_a_unit_does_not_confirm_its_own_record(sides: Sides) -> None:
    university, county, officer, _ = sides
    with pytest.raises(PermissionDenied):
        confirm_activity(make_recorded(university, county), by=officer)


def test_an_objection_has_a_reason_is_told_and_still_counts(sides: Sides) -> None:
    university, county, own, officer = sides
    activity = make_recorded(university, county)
    with pytest.raises(Refused, match="请写明"):
        object_to_activity(activity, by=officer, reason=" ")
    object_to_activity(activity, by=officer, reason="当天没有开展。")
    assert activity.state == ActivityState.OBJECTED
    assert counted(county) == 1
    assert Waiting.objects.filter(unit=university, what="答复异议").exists()
    assert Notice.objects.filter(user=own, body__contains="当天没有开展。").exists()


def test_objecting_twice_is_refused(sides: Sides) -> None:
    university, county, _, officer = sides
    activity = make_recorded(university, county)
    object_to_activity(activity, by=officer, reason="日期不对。")
    with pytest.raises(WrongState):
        object_to_activity(activity, by=officer, reason="日期不对。")


def test_who_objected_or_the_office_settles_it_the_recorder_does_not(sides: Sides) -> None:
    university, county, own, officer = sides
    editor = make_user(Role.EDITOR)
    for settler in (officer, editor):
        activity = make_recorded(university, county)
        object_to_activity(activity, by=officer, reason="日期不对。")
        with pytest.raises(PermissionDenied):
            settle_activity(activity, by=own)
        settle_activity(activity, by=settler)
        assert activity.state == ActivityState.AGREED


def test_corrected_facts_are_put_before_the_partner_again(sides: Sides) -> None:
    university, county, own, officer = sides
    activity = make_recorded(university, county)
    object_to_activity(activity, by=officer, reason="场次不对。")
    changed = change_activity(activity, facts_of(activity, sessions=2), by=own)
    assert changed.state == ActivityState.RECORDED
    assert changed.answer_due == timezone.localdate() + timedelta(days=settings.ACTIVITY_SILENCE_DAYS)


def test_silence_is_agreement_after_the_last_day_not_on_it(sides: Sides) -> None:
    university, county, _, officer = sides
    activity = make_recorded(university, county)
    last = activity.answer_due
    assert last is not None
    assert lapse_silent(last) == 0
    assert lapse_silent(last + timedelta(days=1)) == 1
    activity.refresh_from_db()
    assert activity.state == ActivityState.LAPSED
    assert counted(county) == 1
    assert not Waiting.objects.filter(unit=county, what="核对活动").exists()
    with pytest.raises(WrongState):
        object_to_activity(activity, by=officer, reason="太迟了。")


def test_nobody_is_asked_where_no_registered_unit_took_part() -> None:
    activity = make_recorded(make_unit(), other_partners="音乐学院")
    assert activity.answer_due is None
    assert lapse_silent(timezone.localdate() + timedelta(days=99)) == 0


def test_the_other_record_counts_again_when_the_one_that_counted_is_withdrawn(sides: Sides) -> None:
    university, county, own, officer = sides
    first, second = make_recorded(university, county), make_recorded(county, university)
    match_activities(first, second, by=officer)
    withdraw_activity(first, by=own, reason="登记错了。")
    second.refresh_from_db()
    assert (first.state, second.state) == (ActivityState.WITHDRAWN, ActivityState.RECORDED)
    assert counted(county) == counted(university) == 1
