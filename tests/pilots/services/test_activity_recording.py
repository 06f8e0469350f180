"""Activities entered without a report: who may, what is refused, what a report does with them later."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from pilots.models import Activity, ActivityCredit, ActivityKind
from pilots.services.activity import Facts, change_activity, drop_activity, record_activity, withdraw_activity
from pilots.states.activity import ActivityState
from portal.accounts.models import Unit
from portal.accounts.roles import Role, UnitKind
from portal.audit.models import history
from portal.refusals import WrongState
from tests.factories import make_officer, make_unit, make_user
from tests.factories.activity import make_recorded

pytestmark = pytest.mark.django_db


def facts(day: date | None = None, **more: object) -> Facts:
    day = day or timezone.localdate()
    return Facts(kind=ActivityKind.objects.get(name="专题讲座"), start=day, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("role", [Role.INFORMATION_OFFICER, Role.UNIT_APPROVER, Role.STAFF])
def test_the_people_of_a_unit_record_what_took_place_and_it_counts_at_once(role: str) -> None:
    unit = make_unit()
    activity = record_activity(facts(), unit=unit, by=make_user(role, unit))
    assert activity.state == ActivityState.RECORDED
    assert ActivityCredit.objects.filter(activity=activity, unit=unit, is_direct=True).exists()
    assert history(activity).filter(label="登记活动").exists()


def test_nobody_records_for_another_unit() -> None:
    with pytest.raises(PermissionDenied):
        record_activity(facts(), unit=make_unit(), by=make_officer())


def test_the_office_records_what_it_did_itself_only() -> None:
    editor = make_user(Role.EDITOR)
    office: Unit = editor.posts_today[0].unit
    assert record_activity(facts(), unit=office, by=editor).unit == office
    with pytest.raises(PermissionDenied):
        record_activity(facts(), unit=make_unit(), by=editor)


def test_what_has_not_begun_is_refused() -> None:
    officer = make_officer()
    with pytest.raises(ValidationError, match="还没有开始"):
        record_activity(facts(timezone.localdate() + timedelta(days=1)), unit=officer.posts_today[0].unit, by=officer)


def test_dates_the_wrong_way_round_are_refused() -> None:
    officer = make_officer()
    today = timezone.localdate()
    with pytest.raises(ValidationError, match="结束日期早于开始日期"):
        record_activity(facts(today, end=today - timedelta(days=1)), unit=officer.posts_today[0].unit, by=officer)


def test_a_partner_does_not_change_the_record_of_the_other() -> None:
    university, county = make_unit(), make_unit(UnitKind.COUNTY)
    activity = make_recorded(university, county)
    with pytest.raises(PermissionDenied):
        change_activity(activity, facts(), by=make_officer(county))


def test_what_is_withdrawn_is_changed_no_more() -> None:
    unit = make_unit()
    officer, activity = make_officer(unit), make_recorded(unit)
    withdraw_activity(activity, by=officer, reason="登记错了。")
    assert not ActivityCredit.objects.filter(activity=activity).exists()
    with pytest.raises(WrongState):
        change_activity(activity, facts(), by=officer)


def test_a_report_that_no_longer_tells_of_it_leaves_what_was_entered_by_itself() -> None:
    officer = make_officer()
    activity = record_activity(facts(), unit=officer.posts_today[0].unit, by=officer)
    drop_activity(activity, by=officer)
    activity.refresh_from_db()
    assert activity.state == ActivityState.RECORDED


def test_words_on_what_it_was_about_survive_a_report_that_has_none() -> None:
    officer = make_officer()
    unit = officer.posts_today[0].unit
    activity = record_activity(facts(about="幼小衔接"), unit=unit, by=officer)
    assert change_activity(activity, facts(place="安义中学"), by=officer).about == "幼小衔接"


def test_two_activities_of_a_kind_are_told_apart_by_their_days() -> None:
    school = make_unit(UnitKind.SCHOOL, name="梧桐路小学")
    first, second = (make_recorded(school, day=date(2024, 11, day)) for day in (5, 12))
    assert [str(first), str(second)] == ["梧桐路小学 11月5日联合教研", "梧桐路小学 11月12日联合教研"]
    second.is_approximate = True
    assert str(second) == "梧桐路小学 11月联合教研"
    assert str(Activity(unit=school)) == "梧桐路小学 活动"
