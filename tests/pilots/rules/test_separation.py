"""Who had something put forward for him judges it no more than who did it in his post (代办)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from pilots.models import ProgressReport
from pilots.services.output import confirm_output
from pilots.services.progress_report import approve_report, submit_report
from pilots.services.task_progress import complete_milestone, confirm_task, hand_in_task
from portal.accounts.models import Unit, User
from portal.accounts.roles import Role
from portal.accounts.services.acting import authorise_acting
from portal.accounts.services.post import give_post
from tests.factories import make_officer, make_user
from tests.factories.progress import make_desks
from tests.factories.task import county_school, day, make_output, make_task

pytestmark = pytest.mark.django_db


def fresh(user: User) -> User:
    """As the next request reads him."""
    return User.objects.get(pk=user.pk)


def officer_and_agent(school: Unit, above: Unit) -> tuple[User, User]:
    """The school's officer, who signs for the level above as well, and who acts for him today."""
    principal, agent = make_officer(school), make_user()
    give_post(user=principal, unit=above, role=Role.UNIT_APPROVER, by=None)
    today = timezone.localdate()
    authorise_acting(principal=principal, agent=agent, since=today, until=today + timedelta(days=5), by=principal)
    return fresh(principal), fresh(agent)


def test_an_output_proposed_for_somebody_is_confirmed_by_a_third() -> None:
    county, school = county_school()
    principal, agent = officer_and_agent(school, county)
    output = make_output(school, by=agent)
    for one in (principal, agent):
        with pytest.raises(PermissionDenied):
            confirm_output(output, by=one)
    assert confirm_output(output, by=make_user(Role.UNIT_APPROVER, county)).state == "confirmed"


def test_a_task_handed_in_for_somebody_is_confirmed_by_a_third() -> None:
    county, school = county_school()
    principal, agent = officer_and_agent(school, county)
    task = make_task(school, by=agent)
    complete_milestone(task.milestones.get(), by=agent, done_on=day(0))
    hand_in_task(task, by=agent)
    for one in (principal, agent):
        with pytest.raises(PermissionDenied):
            confirm_task(task, by=one)
    assert confirm_task(task, by=make_user(Role.UNIT_APPROVER, county)).state == "done"


def test_what_one_does_in_ones_own_post_binds_nobody_else() -> None:
    county, school = county_school()
    principal, _agent = officer_and_agent(school, county)
    output = make_output(school, by=make_user(Role.STAFF, school))
    assert confirm_output(output, by=principal).state == "confirmed"


def test_a_sheet_submitted_for_somebody_is_not_on_his_desk() -> None:
    desks = make_desks()
    give_post(user=desks.teacher, unit=desks.county, role=Role.UNIT_APPROVER, by=None)
    agent, today = make_user(), timezone.localdate()
    authorise_acting(principal=fresh(desks.teacher), agent=agent, since=today, until=today, by=fresh(desks.teacher))
    report = submit_report(desks.report, by=fresh(agent))
    assert set(report.hands) == {agent.pk, desks.teacher.pk}
    assert report.route[0]["people"] == [desks.bureau.name]
    for one in (desks.teacher, agent):
        with pytest.raises(PermissionDenied):
            approve_report(report, turn=report.turn, by=fresh(one))
    approve_report(report, turn=report.turn, by=desks.bureau)
    assert ProgressReport.objects.get(pk=report.pk).state != "at_county"
