"""What lies with others is on the list of who waits for it: named with whom, and gone once it is done."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from pilots.models import Correction
from pilots.services.candidate import decline
from pilots.services.correction import answer
from pilots.services.inspection import TypedFinding, ask_correction, report, write_findings
from pilots.services.task_progress import complete_milestone, hand_in_task
from portal.accounts.models import User
from portal.accounts.queries.unit import the_office
from portal.accounts.roles import UnitKind
from portal.inbox.queries import awaited_by
from tests.factories import make_officer, make_unit
from tests.factories.activity import make_recorded
from tests.factories.progress import make_desks, submitted
from tests.factories.selection import make_candidate, make_inspection, make_round
from tests.factories.task import county_school, day, make_output, make_task

pytestmark = pytest.mark.django_db


def awaited(user: User) -> list[tuple[str, str]]:
    """What is done to it, and with which unit it lies."""
    return [(row.what, str(row.unit)) for row in awaited_by(user)]


def test_a_sheet_is_awaited_by_its_school_while_it_lies_on_a_desk() -> None:
    desks = make_desks()
    assert awaited(desks.teacher) == []
    submitted(desks)
    assert awaited(desks.teacher) == [("审核", str(desks.county))]
    assert awaited(desks.bureau) == []


def test_an_activity_is_awaited_by_its_unit_while_the_other_side_may_object() -> None:
    officer, partner = make_officer(make_unit(UnitKind.SCHOOL)), make_officer()
    there = partner.posts_today[0].unit
    make_recorded(officer.posts_today[0].unit, there)
    assert awaited(officer) == [("核对活动", str(there))]
    assert awaited(partner) == []


def test_a_task_and_what_came_of_it_are_awaited_until_they_are_confirmed() -> None:
    county, school = county_school()
    make_officer(county)
    officer = make_officer(school)
    task = make_task(school, by=officer)
    make_output(school, task, by=officer)
    complete_milestone(task.milestones.get(), by=officer, done_on=day(0))
    hand_in_task(task, by=officer)
    assert sorted(awaited(officer)) == [("确认任务完成", str(county)), ("确认成果", str(county))]
    assert awaited(make_officer(make_unit(UnitKind.SCHOOL, parent=county))) == []


def test_a_candidate_is_awaited_by_who_recommends_it_until_the_office_decides(editor: User) -> None:
    prefecture = make_unit(UnitKind.PREFECTURE)
    bureau = make_officer(prefecture)
    candidate = make_candidate(make_round(editor), make_unit(UnitKind.COUNTY, parent=prefecture), bureau)
    assert awaited(bureau) == [("办理推荐", str(the_office()))]
    decline(candidate, by=editor, reason="本轮名额已满。")
    assert awaited(bureau) == []


def test_what_has_to_be_put_right_is_awaited_by_who_inspected_and_then_by_who_answered(editor: User) -> None:
    school = make_unit(UnitKind.SCHOOL)
    officer, today = make_officer(school), timezone.localdate()
    inspection = make_inspection(editor, [school])
    visit = inspection.inspected.get()
    found = [TypedFinding(item.pk, "partly", "分工不够细") for item in inspection.items.all()]
    write_findings(visit, by=editor, visited_on=today, remark="总体较好", findings=found)
    correction = ask_correction(visit, by=editor, what="明确分管负责人。", due=today + timedelta(days=14))
    report(inspection, by=editor)
    county = school.parent
    assert set(awaited(editor)) == {("整改并报告情况", str(school)), ("督促学校整改", str(county))}
    answer(Correction.objects.get(pk=correction.pk), by=officer, text="已明确由副校长分管。")
    assert awaited(editor) == []
    assert awaited(officer) == [("核对整改情况", str(the_office()))]
