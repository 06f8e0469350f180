"""What of a unit was printed in the bulletin, as its progress report for a term opens with it."""

from __future__ import annotations

from bulletins.models import Submission
from bulletins.queries.unit_share import printed_reports
from pilots.prefill import Figure, Line, Section, register
from portal.accounts.models import Unit
from portal.periods import Period


def rows(unit: Unit, period: Period) -> list[Line]:
    printed = printed_reports(period).filter(unit=unit)
    return [Line(f"submission:{one.pk}", _text(one)) for one in printed.order_by("submitted_at", "pk")]


def figures(unit: Unit, period: Period) -> list[Figure]:
    return [Figure("printed", "工作动态编发", printed_reports(period).filter(unit=unit).count(), "篇")]


def _text(report: Submission) -> str:
    return f"《{report.title}》已在《工作动态》编发"


register(Section("bulletins", "工作动态", 60, rows, figures))
