"""学期确认单 are brought to mind once as the day comes near, and stop being so when they are submitted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from pilots.models import ReportingPeriod
from pilots.services.progress_reminding import outstanding, reminders_due
from pilots.services.progress_report import return_report, submit_report
from pilots.services.reporting import move_days
from portal.accounts.models import User
from portal.audit.models import history
from portal.notices.models import Notice
from portal.notices.reminding import remind, remind_due
from tests.factories.progress import Desks, make_desks

pytestmark = pytest.mark.django_db


@pytest.fixture
def desks() -> Desks:
    """A school, its county and its prefecture owe the running term."""
    return make_desks()


def due_in(desks: Desks, days: int) -> None:
    period = desks.report.period
    due = timezone.localdate() + timedelta(days=days)
    move_days(period, due=due, locks_on=due + timedelta(days=20), by=desks.office)


def reminders(user: User) -> list[str]:
    return [notice.body for notice in Notice.objects.filter(user=user, subject__startswith="温馨提示")]


def the_next_day() -> None:
    """What was told today was told yesterday."""
    yesterday = timezone.localdate() - timedelta(days=1)
    Notice.objects.filter(subject__startswith="温馨提示").update(occasion=f"reminder:{yesterday}")


@pytest.mark.parametrize(("days", "reminded"), [(4, False), (3, True), (2, True), (0, True), (-1, False)])
def test_from_the_set_days_before_it_is_due_on(desks: Desks, days: int, reminded: bool) -> None:
    due_in(desks, days)
    remind_due()
    assert bool(reminders(desks.teacher)) is reminded


def test_once_for_a_period_and_it_stands_with_the_sheet(desks: Desks) -> None:
    due_in(desks, 2)
    assert desks.teacher.name in remind_due().told
    the_next_day()
    assert remind_due().told == []
    entry = history(desks.report).get(action="pilots.progressreport.remind")
    assert entry.data["told"] == [{"unit": desks.school.label, "person": desks.teacher.name}]


def test_whoever_heard_of_it_long_before_is_reminded_as_the_day_comes_near(desks: Desks) -> None:
    due_in(desks, 12)
    remind(outstanding([desks.teacher]), by=None)
    today = timezone.localdate()
    days = [day for day in range(13) if desks.report in [o.thing for o in reminders_due(today + timedelta(days=day))]]
    assert days == [9, 10, 11, 12]


def test_along_with_the_rest_stands_what_can_still_be_submitted(desks: Desks) -> None:
    due_in(desks, -2)
    assert [owed.thing for owed in outstanding([desks.teacher])] == [desks.report]
    ReportingPeriod.objects.update(locks_on=timezone.localdate() - timedelta(days=1))
    assert outstanding([desks.teacher]) == []


def test_it_stops_when_the_sheet_is_submitted_and_goes_on_when_it_comes_back(desks: Desks) -> None:
    due_in(desks, 2)
    report = submit_report(desks.report, by=desks.teacher)
    assert desks.teacher.name not in remind_due().told
    return_report(report, turn=report.turn, by=desks.bureau, reason="请补充人数。")
    the_next_day()
    assert desks.teacher.name in remind_due().told
    assert "已退回，请修改后提交" in reminders(desks.teacher)[0]
