"""A report in a row of a table: the ledger's list, and the ledger of the year (信息采用台账)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bulletins.ledger import PRINTED, ReportFacts
from bulletins.models import Submission
from bulletins.queries.ledger import reports_by_pk
from bulletins.states import SubmissionState
from portal.accounts.queries.unit_tree import UnitTree
from portal.exchange.workbook import Column
from portal.text.official import official_date

COLUMNS = (
    Column("单位", 24),
    Column("标题", 50),
    Column("报送日期", 18),
    Column("状态", 14),
    Column("是否按时", 10),
    Column("编发于", 30),
)
TIMELY = {True: "按时", False: "逾期", None: ""}


def cells(facts: Sequence[ReportFacts], tree: UnitTree) -> Iterator[tuple[object, ...]]:
    """The rows of ``COLUMNS``: each unit as it was called when it sent the report in."""
    reports = reports_by_pk(one.pk for one in facts)
    for one in facts:
        report = reports[one.pk]
        state = str(SubmissionState(one.state).label)
        name = tree.name(one.unit, one.day)
        yield name, str(report), official_date(one.day), state, TIMELY[one.in_time], printed_in(one, report)


def printed_in(facts: ReportFacts, report: Submission) -> str:
    """``工作动态第16期【市县动态】``; of a joined report where the whole was printed; empty before."""
    if facts.state != PRINTED:
        return ""
    whole: Submission | None = report
    while whole is not None and not hasattr(whole, "placement"):
        whole = whole.part_of
    entry = whole.placement.entry if whole is not None else None
    return f"{entry.issue}【{entry.section}】" if entry else ""
