"""The part of the walk's world in which units report on a term."""

from __future__ import annotations

from pilots.models import ProgressDoubt, ProgressReport
from portal.accounts.models import Unit, User
from tests.factories.progress import open_term


def report_on_the_term(*, unit: Unit, other: Unit, officer: User, editor: User) -> dict[str, int]:
    """The running term, open for all; the unit doubts a line that the other keeps. Returns ids by name."""
    period = open_term(editor)
    report = ProgressReport.objects.get(period=period, unit=unit)
    doubt = ProgressDoubt.objects.create(
        report=report, key="activity:0", line="11月5日联合教研", right="11月6日", owner=other, by=officer
    )
    return {"reporting_period": period.pk, "progress": report.pk, "doubt": doubt.pk}
