"""Adoption, as 采用台账 counts it: sent in, adopted, printed by month; a county's schools count with themselves."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.http import urlencode

from bulletins.ledger import FIGURES, Tally, tally
from bulletins.queries.ledger import Narrowing, facts_within
from bulletins.queries.ledger_lines import ledger_lines
from portal.accounts.queries.unit_tree import UnitTree
from portal.accounts.roles import UnitKind
from portal.home.boards.facts import Figure, Row, Table
from portal.home.boards.months import name_of_month
from portal.home.boards.subjects import COMMUNITY, BoardSubject
from portal.periods import Period

SHOWN = ("submitted", "adopted", "printed")
MEANING = "按最后一次报送的时间归入月份，单位归属以报送当天为准。"
RATE_MEANING = "已采用（含已编发）的稿件占已报送稿件的比例。"


def adoption_of(subject: BoardSubject, period: Period, day: date) -> tuple[list[Figure], Table | None]:
    """The figures of the whole period for the top, and the table by month; communities send nothing in."""
    if subject.kind == COMMUNITY:
        return [], None
    own = _narrows(subject)
    tree, narrowing = UnitTree(), Narrowing(period, area=own.get("area"), unit=own.get("unit"))
    facts = facts_within(None, narrowing, tree)
    lines = ledger_lines(facts, by="month", narrowing=narrowing, tree=tree)
    rows = [
        Row(name_of_month(line.place[0], period), _figures(subject, str(line.narrows["period"]), line.tally))
        for line in lines
    ]
    labels = [FIGURES[key].label for key in SHOWN]
    table = Table("adoption", "稿件报送和采用", "篇", MEANING, ["月份", *labels], rows)
    return _whole(subject, period, tally(facts)), table


def _narrows(subject: BoardSubject) -> dict[str, int]:
    if subject.is_office:
        return {}
    return {"area" if subject.level == UnitKind.PREFECTURE else "unit": subject.pk}


def _whole(subject: BoardSubject, period: Period, total: Tally) -> list[Figure]:
    sent, adopted = total.counts["submitted"], total.counts["adopted"]
    rate = round(adopted * 100 / sent, 1) if sent else None
    figures = _figures(subject, period.key, total)
    return [figures[1], Figure("采用率", rate, "%", figures[1].url, RATE_MEANING)]


def _figures(subject: BoardSubject, period: str, total: Tally) -> list[Figure]:
    figures = []
    for key in SHOWN:
        asked: dict[str, str | int] = {"period": period, **_narrows(subject), "figure": key}
        number, figure = total.counts[key], FIGURES[key]
        url = f"{reverse('ledger-reports')}?{urlencode(asked)}" if number else ""
        label = "采用稿件" if key == "adopted" else f"{figure.label}稿件"
        figures.append(Figure(label, number, "篇", url, f"{figure.meaning}。"))
    return figures
