"""A small county with a school and somebody at every desk, and sheets for the term of the tests' day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from pilots.models import ProgressReport, ReportingCadence, ReportingPeriod
from pilots.services.progress_report import submit_report
from pilots.services.reporting import open_period
from portal.accounts.models import Unit, User
from portal.accounts.roles import Role, UnitKind
from portal.periods import span, term_of
from tests.factories import make_officer, make_unit, make_user


@dataclass
class Desks:
    """A school under a county under a prefecture, with the people who fill in and review, and the office's two."""

    prefecture: Unit
    county: Unit
    school: Unit
    teacher: User
    bureau: User
    office: User

    @property
    def report(self) -> ProgressReport:
        """The school's latest sheet, read afresh."""
        return ProgressReport.objects.filter(unit=self.school).earliest("-during")


def make_desks(*, open_now: bool = True) -> Desks:
    """The county's signer reviews, the office's editor confirms; with the running term open for all."""
    prefecture = make_unit(UnitKind.PREFECTURE)
    county = make_unit(UnitKind.COUNTY, parent=prefecture)
    school = make_unit(UnitKind.SCHOOL, parent=county)
    desks = Desks(
        prefecture=prefecture,
        county=county,
        school=school,
        teacher=make_officer(school),
        bureau=make_user(Role.UNIT_APPROVER, county, name="县局审核"),
        office=make_user(Role.EDITOR, name="省办编辑甲"),
    )
    if open_now:
        open_term(desks.office)
    return desks


def term_cadence() -> ReportingCadence:
    return ReportingCadence.objects.get(span=ReportingCadence.Span.TERM)


def open_term(by: User) -> ReportingPeriod:
    """The running term, for all who report."""
    return open_period(cadence=term_cadence(), span=term_of(timezone.localdate()), by=by).period


def open_past(by: User, *, months: int = 12) -> ReportingPeriod:
    """A month that is over and locked since yesterday."""
    today = timezone.localdate()
    end = today - timedelta(days=30 * months)
    days = {"due": today - timedelta(days=5), "locks_on": today - timedelta(days=1)}
    return open_period(cadence=term_cadence(), span=span(end - timedelta(days=30), end), by=by, **days).period


def submitted(desks: Desks) -> ProgressReport:
    """The school's sheet, on the county's desk."""
    return submit_report(desks.report, by=desks.teacher)


def day_in(period: ReportingPeriod) -> date:
    return period.span.start
