"""Opening a reporting period: once for all, without repeats and overlaps; its rules are data."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pilots.models import ProgressReport, ReportingCadence, ReportingRule
from pilots.services.reporting import move_days, open_period, set_cadence, set_rule
from portal.accounts.models import User
from portal.accounts.roles import Role, UnitKind
from portal.inbox.queries import waiting_for
from portal.notices.models import Notice
from portal.periods import school_year_of, span, term_of
from portal.refusals import Refused
from tests.factories import make_officer, make_unit, make_user
from tests.factories.progress import make_desks, open_term, term_cadence

pytestmark = pytest.mark.django_db


def test_one_act_opens_a_sheet_for_every_unit_that_reports() -> None:
    desks = make_desks(open_now=False)
    university, partner = make_unit(), make_unit(UnitKind.PARTNER)
    period = open_term(desks.office)
    having = set(period.reports.values_list("unit", flat=True))
    assert {desks.school.pk, desks.county.pk, university.pk} <= having
    assert not having & {desks.prefecture.pk, partner.pk}


def test_opening_again_gives_sheets_to_new_units_only() -> None:
    desks = make_desks()
    opened = open_period(cadence=term_cadence(), span=term_of(timezone.localdate()), by=desks.office)
    assert (opened.new, opened.already) == (0, ProgressReport.objects.count())
    make_unit(UnitKind.SCHOOL, parent=desks.county)
    again = open_period(cadence=term_cadence(), span=term_of(timezone.localdate()), by=desks.office)
    assert again.new == 1
    assert again.period == opened.period


def test_who_fills_it_in_is_told_once_and_finds_it_among_his_todo() -> None:
    desks = make_desks()
    open_term(desks.office)
    (wait,) = waiting_for(desks.teacher)
    assert wait.due == desks.report.period.due
    assert "核对后提交" in wait.what
    assert Notice.objects.filter(user=desks.teacher).count() == 1


def test_only_the_office_opens() -> None:
    desks = make_desks(open_now=False)
    for user in (desks.teacher, desks.bureau, make_user(Role.AUDITOR), make_user(Role.ADMIN)):
        with pytest.raises(PermissionDenied):
            open_term(user)


def test_overlapping_periods_are_refused_in_a_sentence() -> None:
    desks = make_desks()
    today = timezone.localdate()
    with pytest.raises(ValidationError, match="不能重叠"):
        open_period(cadence=term_cadence(), span=span(today - timedelta(days=3), today), by=desks.office)


def test_a_unit_has_one_sheet_for_a_stretch_of_time_whatever_the_cadence() -> None:
    desks = make_desks()
    yearly = ReportingCadence.objects.get(span=ReportingCadence.Span.SCHOOL_YEAR)
    ReportingRule.objects.filter(unit_kind=UnitKind.SCHOOL).update(cadence=yearly)
    opened = open_period(cadence=yearly, span=school_year_of(timezone.localdate()), by=desks.office)
    assert desks.school.label in opened.overlapping
    assert opened.new == 0
    with pytest.raises(IntegrityError), transaction.atomic():
        ProgressReport.objects.create(period=opened.period, unit=desks.school, during=opened.period.during)


def test_a_period_that_has_not_begun_is_not_opened() -> None:
    desks = make_desks(open_now=False)
    later = span(timezone.localdate() + timedelta(days=1), timezone.localdate() + timedelta(days=30))
    with pytest.raises(Refused, match="届时再开放"):
        open_period(cadence=term_cadence(), span=later, by=desks.office)


def test_it_locks_after_it_is_due_never_before() -> None:
    desks = make_desks()
    period = desks.report.period
    with pytest.raises(ValidationError, match="早于截止"):
        move_days(period, due=period.due, locks_on=period.due - timedelta(days=1), by=desks.office)
    with pytest.raises(ValidationError, match="锁定不能早于截止"):
        set_cadence(term_cadence(), by=desks.office, due_after=20, locks_after=10)


def test_a_later_day_stands_in_the_todo() -> None:
    desks = make_desks()
    period = desks.report.period
    later = period.due + timedelta(days=7)
    move_days(period, due=later, locks_on=period.locks_on, by=desks.office)
    assert waiting_for(desks.teacher).get().due == later


def test_rules_are_data_of_the_office() -> None:
    desks = make_desks(open_now=False)
    rule = ReportingRule.objects.get(unit_kind=UnitKind.SCHOOL)
    set_rule(rule, reports=False, cadence=rule.cadence, reviewed_by=[UnitKind.COUNTY], by=desks.office)
    assert not open_term(desks.office).reports.filter(unit__kind=UnitKind.SCHOOL).exists()
    with pytest.raises(PermissionDenied):
        set_rule(rule, reports=True, cadence=rule.cadence, reviewed_by=[], by=desks.teacher)


def opening_queries(by: User, schools: int) -> int:
    """How many queries it takes to open for so many new schools."""
    county = make_unit(UnitKind.COUNTY)
    for _ in range(schools):
        make_officer(make_unit(UnitKind.SCHOOL, parent=county))
    with CaptureQueriesContext(connection) as found:
        open_term(by)
    return len(found)


def test_opening_for_many_asks_no_more_than_for_few() -> None:
    desks = make_desks()
    few = opening_queries(desks.office, 2)
    assert opening_queries(desks.office, 12) <= few
