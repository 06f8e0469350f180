"""The reports behind a figure of 统计台账."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from bulletins.forms.ledger import LedgerForm
from bulletins.ledger import FIGURES, ReportFacts
from bulletins.models import Submission
from bulletins.queries.ledger import Narrowing, ledger_facts, own_units, reports_by_pk
from bulletins.sheets.report import COLUMNS, TIMELY, cells, printed_in
from bulletins.states import SubmissionState
from bulletins.views.ledger import where
from portal.accounts.queries.unit_tree import UnitTree
from portal.accounts.requests import PAGE_SIZE, demand
from portal.exchange.workbook import as_download, write


@dataclass(frozen=True, slots=True)
class Listed:
    """One report: its unit as it was called when it was sent in, its state, and where it was printed."""

    facts: ReportFacts
    report: Submission
    unit: str
    state: str
    printed_in: str
    address: str

    @property
    def timely(self) -> str:
        return TIMELY[self.facts.in_time]


@require_GET
def ledger_reports(request: HttpRequest) -> HttpResponse:
    """The list, the latest first, fifty a page."""
    user = demand(request, "bulletins.view_ledger")
    tree = UnitTree()
    narrowing = LedgerForm(request.GET, tree=tree).narrowing()
    page = Paginator(ledger_facts(user, narrowing, tree), PAGE_SIZE).get_page(request.GET.get("page"))
    own = own_units(user)
    at_desk = user.has_perm("bulletins.view_desk")
    context = {
        "page": page,
        "rows": list(_listed(list(page), tree, at_desk=at_desk, own=own)),
        "period": narrowing.period,
        "narrowed": _narrowed(narrowing, tree),
        "figure": FIGURES.get(narrowing.figure),
        "back": f"{reverse('ledger')}?{urlencode({'period': narrowing.period.key})}",
        "asked": request.GET.urlencode(),
    }
    return render(request, "ledger/reports.html", context)


@require_GET
def ledger_reports_export(request: HttpRequest) -> HttpResponse:
    """The same list, all of it, as Excel."""
    user = demand(request, "bulletins.view_ledger")
    tree = UnitTree()
    narrowing = LedgerForm(request.GET, tree=tree).narrowing()
    title = f"{narrowing.period.label}稿件清单"
    return as_download(write(title, COLUMNS, cells(ledger_facts(user, narrowing, tree), tree)), f"{title}.xlsx")


def _listed(
    facts: list[ReportFacts], tree: UnitTree, *, at_desk: bool = False, own: set[int] | None = None
) -> Iterator[Listed]:
    reports = reports_by_pk(one.pk for one in facts)
    for one in facts:
        report = reports[one.pk]
        address = ""
        whole = report.part_of
        if at_desk and whole is None:
            address = reverse("desk-submission", args=[one.pk])
        elif (own and one.unit in own) or (at_desk and whole and whole.part_of_id is None):
            # The office reads what was joined into a report on its desk, and decides on the whole.
            address = reverse("submission", args=[one.pk])
        state = str(SubmissionState(one.state).label)
        yield Listed(one, report, tree.name(one.unit, one.day), state, printed_in(one, report), address)


def _narrowed(narrowing: Narrowing, tree: UnitTree) -> str:
    """What the list is narrowed to, for its head."""
    area = tree.name(narrowing.area, narrowing.period.end) if narrowing.area in tree.units and narrowing.area else ""
    return "，".join(part for part in (area, where(narrowing, tree)) if part)
