"""Writing the facts of an activity."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from pilots.models import Activity, ActivityKind
from pilots.services.activity import Facts, People, drop_activity, record_activities, save_activity
from pilots.states import ActivityState
from portal.accounts.models import User
from portal.audit.models import history
from tests.factories import make_activity, make_unit

DAY = date(2024, 11, 5)


def training(**changes: object) -> Facts:
    facts = Facts(kind=ActivityKind.objects.get(name="培训"), start=DAY, people=(People("教师", 12),))
    return replace(facts, **changes)  # type: ignore[arg-type]


def test_an_activity_on_one_day_ends_on_that_day(db: None) -> None:
    assert save_activity(None, training(), unit=make_unit(), by=None).end == DAY


def test_the_reporting_unit_is_not_its_own_partner(db: None) -> None:
    unit, partner = make_unit(), make_unit()
    activity = save_activity(None, training(partners=[unit, partner]), unit=unit, by=None)
    assert list(activity.partners.all()) == [partner]


def test_an_end_before_the_start_is_refused(db: None) -> None:
    with pytest.raises(ValidationError, match="早于"):
        save_activity(None, training(end=date(2024, 11, 1)), unit=make_unit(), by=None)


def test_only_a_change_of_recorded_facts_is_written_to_the_audit(officer: User) -> None:
    unit = officer.posts_today[0].unit
    activity = save_activity(None, training(), unit=unit, by=officer)
    assert not history(activity).exists()
    record_activities([activity], by=None)
    save_activity(activity, training(), unit=unit, by=officer)
    assert not history(activity).exists()
    save_activity(activity, training(people=(People("教师", 13),)), unit=unit, by=officer)
    assert history(activity).get().label == "修改活动"


def test_recording_asks_for_kind_and_date(db: None) -> None:
    activity = save_activity(None, Facts(place="县城"), unit=make_unit(), by=None)
    with pytest.raises(ValidationError, match="第1项活动还缺类型或日期"):
        record_activities([activity], by=None)


def test_a_draft_is_thrown_away_and_a_recorded_fact_is_kept_as_withdrawn(officer: User) -> None:
    unit = officer.posts_today[0].unit
    draft, recorded = make_activity(unit), make_activity(unit)
    record_activities([recorded], by=None)
    for activity in (draft, recorded):
        drop_activity(activity, by=officer)
    left = Activity.objects.get(unit=unit)
    assert (left, left.state) == (recorded, ActivityState.WITHDRAWN)
    assert history(recorded).get().label == "撤销活动"
