"""The facts behind 采用台账: whose a report was, when, in time or not, and who may count it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from bulletins.ledger import ReportFacts, tally
from bulletins.models import Call, Issue, Submission
from bulletins.queries.ledger import NO_AREA, Narrowing, ledger_facts
from bulletins.queries.ledger_lines import expected_units, ledger_lines
from bulletins.services.collecting import forward_report
from bulletins.services.desk import adopt_submission, decline_submission, return_submission
from bulletins.services.entry import place_submission
from bulletins.services.issue import assemble_issue
from bulletins.services.point_rules import TypedRule, add_scheme
from bulletins.states import SubmissionState
from portal.accounts.models import Unit, User
from portal.accounts.queries.unit_tree import UnitTree
from portal.accounts.roles import Role, UnitKind
from portal.accounts.services.unit import place_unit, rename_unit
from portal.periods import Period, month_of, span, year_of
from tests.factories import make_adopted, make_issue, make_officer, make_report, make_unit, make_user

pytestmark = pytest.mark.django_db

NOVEMBER = month_of(date(2024, 11, 1))
THE_YEAR = year_of(date(2024, 1, 1))


def sent_on(report: Submission, day: date) -> Submission:
    """Date a report; what else is recorded of it stays."""
    at = timezone.make_aware(datetime(day.year, day.month, day.day, 12))
    Submission.objects.filter(pk=report.pk).update(submitted_at=at)
    return report


def facts_of(user: User, period: Period = THE_YEAR, **narrows: object) -> list[ReportFacts]:
    return ledger_facts(user, Narrowing(period, **narrows), UnitTree())  # type: ignore[arg-type]


def a_report(unit: Unit, day: date = date(2024, 11, 5)) -> Submission:
    officer = next((post.user for post in unit.posts.filter(role=Role.INFORMATION_OFFICER)), None)
    return sent_on(make_report(officer or make_officer(unit)), day)


def set_state(report: Submission, state: str) -> None:
    Submission.objects.filter(pk=report.pk).update(state=state)


def test_a_report_counts_in_the_month_in_which_it_was_sent_in(editor: User) -> None:
    unit = make_unit()
    for day in (date(2024, 10, 31), date(2024, 11, 1), date(2024, 11, 30), date(2024, 12, 1)):
        a_report(unit, day)
    assert [fact.day for fact in facts_of(editor, NOVEMBER)] == [date(2024, 11, 30), date(2024, 11, 1)]


def test_a_draft_counts_nowhere(editor: User) -> None:
    report = a_report(make_unit())
    set_state(report, SubmissionState.DRAFT)
    assert facts_of(editor) == []


def test_figures_belong_to_the_prefecture_in_which_the_county_lay(editor: User) -> None:
    before, after = make_unit(UnitKind.PREFECTURE), make_unit(UnitKind.PREFECTURE)
    county = make_unit(UnitKind.COUNTY, parent=before)
    place_unit(county, parent=after, since=date(2024, 11, 10), by=None)
    a_report(county, date(2024, 11, 9))
    a_report(county, date(2024, 11, 10))
    assert [fact.area for fact in facts_of(editor, NOVEMBER)] == [after.pk, before.pk]
    assert len(facts_of(editor, NOVEMBER, area=before.pk)) == 1


def test_a_school_counts_in_the_prefecture_of_its_county(editor: User) -> None:
    prefecture = make_unit(UnitKind.PREFECTURE)
    school = make_unit(UnitKind.SCHOOL, parent=make_unit(UnitKind.COUNTY, parent=prefecture))
    a_report(school)
    assert [fact.area for fact in facts_of(editor)] == [prefecture.pk]


def test_a_university_lies_in_no_prefecture(editor: User) -> None:
    a_report(make_unit(UnitKind.UNIVERSITY))
    assert len(facts_of(editor, area=NO_AREA)) == 1


def test_a_unit_renamed_inside_the_period_is_listed_under_its_new_name_with_the_old_one(editor: User) -> None:
    unit = make_unit(name="东江学院")
    a_report(unit, date(2024, 11, 2))
    rename_unit(unit, name="东江大学", since=date(2024, 11, 10), by=None)
    tree = UnitTree()
    lines = ledger_lines(facts_of(editor, NOVEMBER), by="unit", narrowing=Narrowing(NOVEMBER), tree=tree)
    assert [(line.name, line.note) for line in lines] == [("东江大学", "原东江学院")]
    october = month_of(date(2024, 10, 1))
    a_report(unit, date(2024, 10, 9))
    before = ledger_lines(facts_of(editor, october), by="unit", narrowing=Narrowing(october), tree=tree)
    assert [(line.name, line.note) for line in before] == [("东江学院", "")]


def test_an_entry_of_several_reports_counts_for_each_unit(editor: User) -> None:
    first, second = make_officer(), make_officer()
    issue = make_issue(editor)
    for officer in (first, second):
        sent_on(make_adopted(editor, officer), date(2024, 11, 5))
    assemble_issue(issue, by=editor)
    Submission.objects.update(state=SubmissionState.PRINTED)
    by_unit = {fact.unit: fact.state for fact in facts_of(editor)}
    assert by_unit == {first.posts_today[0].unit_id: "printed", second.posts_today[0].unit_id: "printed"}


def test_what_a_county_passed_on_counts_for_the_school_in_the_section_of_the_whole(editor: User) -> None:
    county = make_unit(UnitKind.COUNTY)
    school = make_unit(UnitKind.SCHOOL, parent=county)
    part = a_report(school)
    issue = make_issue(editor)
    whole = sent_on(make_adopted(editor, make_officer(county)), date(2024, 11, 6))
    section = issue.periodical.sections.get(name="市县动态")
    place_submission(issue, submission=whole, section=section, by=editor)
    Submission.objects.filter(pk=part.pk).update(part_of=whole, state=SubmissionState.PRINTED)
    [fact] = facts_of(editor, unit=school.pk)
    assert (fact.state, fact.section) == ("printed", section.pk)


def test_on_its_way_through_the_county_a_report_counts_once_for_the_school_and_once_for_the_county(
    editor: User,
) -> None:
    county = make_unit(UnitKind.COUNTY)
    officer = make_officer(county)
    part = a_report(make_unit(UnitKind.SCHOOL, parent=county))
    assert facts_of(editor) == [], "what lies at the county has not come in"
    whole = sent_on(forward_report(part, by=officer), date(2024, 11, 6))
    adopt_submission(whole, by=editor)
    by_unit = {fact.unit: fact.state for fact in facts_of(editor)}
    assert by_unit == {county.pk: "adopted", part.unit_id: "adopted"}


@pytest.mark.parametrize(("day", "in_time"), [(date(2024, 11, 10), True), (date(2024, 11, 11), False)])
def test_the_last_day_of_a_call_is_in_time(editor: User, day: date, in_time: bool) -> None:
    call = Call.objects.create(
        topic="集体备课",
        deadline=date(2024, 11, 10),
        state="open",
        sent_at=timezone.now(),
        created_by=editor,
    )
    report = a_report(make_unit(), day)
    Submission.objects.filter(pk=report.pk).update(call=call)
    assert [fact.in_time for fact in facts_of(editor)] == [in_time]


@pytest.mark.parametrize(("day", "in_time"), [(date(2024, 11, 20), True), (date(2024, 11, 21), False)])
def test_without_a_call_the_window_that_holds_the_activity_is_the_deadline(
    editor: User, day: date, in_time: bool
) -> None:
    issue = make_issue(editor)
    Issue.objects.filter(pk=issue.pk).update(window_start=date(2024, 11, 1), window_end=date(2024, 11, 20))
    a_report(make_unit(), day)  # its activity took place on 5 November
    assert [fact.in_time for fact in facts_of(editor)] == [in_time]


def test_without_a_deadline_a_report_is_neither_in_time_nor_late(editor: User) -> None:
    a_report(make_unit())
    assert [fact.in_time for fact in facts_of(editor)] == [None]


def test_a_report_that_came_back_stays_marked(editor: User) -> None:
    report = a_report(make_unit())
    return_submission(report, by=editor, reason="请补充人数。")
    [fact] = facts_of(editor)
    assert fact.was_returned
    assert tally([fact]).counts["returned"] == 1


def test_a_declined_report_counts_as_declined(editor: User) -> None:
    decline_submission(a_report(make_unit()), by=editor, reason="与主题无关。")
    assert tally(facts_of(editor)).counts["declined"] == 1


def test_points_follow_the_rules_of_the_day_a_report_came_in(editor: User) -> None:
    add_scheme(since=date(2024, 9, 1), note="", rules=[TypedRule("submitted", Decimal(1))], by=editor)
    add_scheme(since=date(2024, 11, 10), note="", rules=[TypedRule("submitted", Decimal(3))], by=editor)
    unit = make_unit()
    for day in (date(2024, 8, 31), date(2024, 11, 9), date(2024, 11, 10)):
        a_report(unit, day)
    assert [fact.points for fact in facts_of(editor)] == [3, 1, 0]


@pytest.mark.parametrize("role", [Role.EDITOR, Role.REVIEWER, Role.ISSUER, Role.AUDITOR, Role.LEADER])
def test_office_leaders_and_auditor_count_all(role: Role) -> None:
    a_report(make_unit())
    a_report(make_unit(UnitKind.COUNTY))
    assert len(facts_of(make_user(role))) == 2


def test_a_prefecture_counts_its_area_a_unit_its_own() -> None:
    prefecture = make_unit(UnitKind.PREFECTURE)
    county, other = make_unit(UnitKind.COUNTY, parent=prefecture), make_unit(UnitKind.COUNTY)
    for unit in (county, other):
        a_report(unit)
    assert [fact.unit for fact in facts_of(make_officer(prefecture))] == [county.pk]
    assert [fact.unit for fact in facts_of(make_user(Role.STAFF, other))] == [other.pk]
    assert facts_of(make_officer()) == []


def test_what_a_prefecture_counted_stays_its_own_when_the_county_moves() -> None:
    before, after = make_unit(UnitKind.PREFECTURE), make_unit(UnitKind.PREFECTURE)
    county = make_unit(UnitKind.COUNTY, parent=before)
    a_report(county, date(2024, 11, 9))
    place_unit(county, parent=after, since=date(2024, 11, 10), by=None)
    assert len(facts_of(make_officer(before))) == 1
    assert facts_of(make_officer(after)) == []


def test_units_that_sent_nothing_can_be_listed(editor: User) -> None:
    county, school = make_unit(UnitKind.COUNTY), make_unit(UnitKind.SCHOOL)
    silent = expected_units(Narrowing(NOVEMBER), UnitTree(), None)
    assert county.pk in silent
    assert school.pk not in silent


def test_every_month_of_a_period_has_a_line(editor: User) -> None:
    a_report(make_unit(), date(2024, 11, 5))
    period = span(date(2024, 10, 15), date(2024, 12, 5))
    lines = ledger_lines(facts_of(editor, period), by="month", narrowing=Narrowing(period), tree=UnitTree())
    assert [(line.name, line.tally.counts["submitted"]) for line in lines] == [
        ("2024年10月", 0),
        ("2024年11月", 1),
        ("2024年12月", 0),
    ]
    assert [line.narrows["period"] for line in lines] == [
        "2024-10-15..2024-10-31",
        "2024-11",
        "2024-12-01..2024-12-05",
    ]


def test_a_period_without_reports_has_no_lines(editor: User) -> None:
    long_ago = span(date(1990, 1, 1), date(1990, 1, 1) + timedelta(days=3))
    assert facts_of(editor, long_ago) == []
    assert ledger_lines([], by="unit", narrowing=Narrowing(long_ago), tree=UnitTree()) == []
