"""The balance of an issue in the making: what it holds, and who has not been printed lately."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bulletins.models import Issue
from bulletins.queries.balance import Balance, balance_of
from bulletins.services.correction import void_issue
from bulletins.services.entry import add_entry
from bulletins.services.issue import assemble_issue
from pilots.models import Batch
from portal.accounts.models import Unit, User
from portal.accounts.roles import Role, UnitKind
from tests.bulletins.published import make_signed, office
from tests.factories import make_adopted, make_issue, make_officer, make_report, make_unit


@pytest.fixture
def prefecture(db: None) -> Unit:
    return make_unit(UnitKind.PREFECTURE, "长溪市")


@pytest.fixture
def county(prefecture: Unit) -> Unit:
    return make_unit(UnitKind.COUNTY, "石桥县", parent=prefecture)


@pytest.fixture
def university(db: None) -> Unit:
    return make_unit(UnitKind.UNIVERSITY, "山溪大学")


def names(balance: Balance) -> list[str]:
    return [one.unit.name for one in balance.unprinted if one.unit.name in ("石桥县", "山溪大学")]


def signed(day: int, lead: str = "省里开会。") -> Issue:
    return make_signed(date(2024, 11, day), leads=(lead,))


def test_an_empty_issue_holds_nothing_and_names_nobody(editor: User, county: Unit) -> None:
    balance = balance_of(make_issue(editor))
    assert (balance.units, balance.areas, balance.batches_held, balance.recent) == ([], [], 0, [])
    assert balance.unprinted == [], "without any issue yet nobody has been passed over"
    assert county.parent in balance.other_areas


def test_units_kinds_areas_and_batches_of_the_reports_count(
    editor: User, county: Unit, university: Unit, prefecture: Unit
) -> None:
    for unit in (county, university):
        report = make_adopted(editor, make_officer(unit))
        report.activities.get().batches.add(Batch.objects.earliest("order"))
    issue = make_issue(editor)
    assemble_issue(issue, by=editor)
    balance = balance_of(issue)
    assert {unit.name for unit in balance.units} == {"石桥县", "山溪大学"}
    assert (dict(balance.kinds)["联盟高校"], dict(balance.kinds)["县（市、区）"]) == (1, 1)
    assert dict(balance.kinds)["合作单位"] == 0
    assert balance.areas == [prefecture]
    assert prefecture not in balance.other_areas
    assert [count for _, count in balance.batches] == [2, 0, 0, 0, 0]


def test_a_school_joined_into_its_countys_report_is_represented_too(editor: User, county: Unit) -> None:
    school = make_unit(UnitKind.SCHOOL, "石桥小学", parent=county)
    report = make_adopted(editor, make_officer(county))
    part = make_report(make_officer(make_unit()))
    type(part).objects.filter(pk=part.pk).update(part_of=report, unit=school)
    issue = make_issue(editor)
    assemble_issue(issue, by=editor)
    assert {unit.name for unit in balance_of(issue).units} == {"石桥县", "石桥小学"}


def test_an_entry_written_at_the_desk_counts_for_the_unit_its_lead_names(editor: User, university: Unit) -> None:
    issue = make_issue(editor)
    section = issue.periodical.sections.earliest("order")
    add_entry(issue, section=section, lead="山溪大学开展联合教研。", text="正文。", by=editor)
    assert balance_of(issue).units == [university]


def test_who_stands_in_none_of_the_last_three_issues_is_named(editor: User, university: Unit) -> None:
    signed(1, "山溪大学举行研讨。")
    for day in (8, 15):
        signed(day)
    issue = make_issue(editor)
    assert names(balance_of(issue)) == [], "the first of three is not yet too long ago"
    signed(22)
    balance = balance_of(issue)
    assert names(balance) == ["山溪大学"]
    assert [one.issue_date.day for one in balance.recent] == [22, 15, 8]


def test_who_stands_in_this_issue_is_not_named(editor: User, university: Unit) -> None:
    signed(1)
    make_adopted(editor, make_officer(university))
    issue = make_issue(editor)
    assert names(balance_of(issue)) == ["山溪大学"]
    assemble_issue(issue, by=editor)
    assert names(balance_of(issue)) == []


def test_a_voided_issue_printed_nobody(editor: User, university: Unit) -> None:
    signed(1)
    voided = signed(8, "山溪大学举行研讨。")
    void_issue(voided, by=office(Role.ISSUER), reason="有错。")
    balance = balance_of(make_issue(editor))
    assert names(balance) == ["山溪大学"]
    assert voided not in balance.recent


def test_a_county_that_neither_is_paired_nor_ever_sent_anything_is_not_expected(editor: User, county: Unit) -> None:
    signed(1)
    issue = make_issue(editor)
    assert names(balance_of(issue)) == []
    make_report(make_officer(county))
    assert names(balance_of(issue)) == ["石桥县"]


def test_reports_that_wait_come_along_and_their_units_first(editor: User, county: Unit, university: Unit) -> None:
    signed(1)
    waiting = make_report(make_officer(county), title="送教下乡")
    balance = balance_of(make_issue(editor))
    assert balance.unprinted[0].unit == county
    assert balance.unprinted[0].waiting == [waiting]
    assert [one.waiting for one in balance.unprinted if one.unit == university] == [[]]


def test_a_declined_report_waits_no_more(editor: User, county: Unit) -> None:
    signed(1)
    report = make_report(make_officer(county))
    type(report).objects.filter(pk=report.pk).update(state="declined")
    assert balance_of(make_issue(editor)).unprinted[0].waiting == []


def test_many_units_reports_and_issues_cost_no_more_queries_than_few(editor: User, university: Unit) -> None:
    make_adopted(editor, make_officer(university))
    issue = make_issue(editor)
    assemble_issue(issue, by=editor)
    signed(1)
    make_report(make_officer(make_unit(UnitKind.COUNTY)))
    with CaptureQueriesContext(connection) as few:
        balance_of(issue)
    for _ in range(5):
        make_adopted(editor, make_officer(make_unit(UnitKind.COUNTY)))
        make_report(make_officer(make_unit(UnitKind.COUNTY)))
    assemble_issue(issue, by=editor)
    for day in (8, 15):
        signed(day, "山溪大学举行研讨。")
    with CaptureQueriesContext(connection) as many:
        balance = balance_of(issue)
    assert len(balance.units) == 6
    assert len(many) == len(few)
