"""采用情况通报: the ledger of a period as the sentences and the table of a circular."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bulletins.ledger import ReportFacts, Tally, tallies, tally
from bulletins.queries.ledger_lines import Line
from portal.accounts.roles import UnitKind
from portal.periods import Period
from portal.printing.circular import CircularContent

#: Whom such a circular goes to unless the office writes otherwise.
ADDRESSEE = "各设区市教育局，各试点县（市、区）教育局，各联盟高校"
#: The columns of its table, by figure.
COLUMNS = {"submitted": "报送", "adopted": "采用", "printed": "编发", "in_time": "按时", "late": "逾期"}
CLOSING = "请各单位继续做好信息报送工作，及时、准确反映工作进展和经验做法。"


def circular_title(period: Period) -> str:
    return f"关于{period.label}信息报送和采用情况的通报"


def circular_of(
    period: Period,
    facts: Sequence[ReportFacts],
    lines: Sequence[Line],
    *,
    addressee: str,
    office: str,
    day: date,
    with_points: bool,
) -> CircularContent:
    """What the circular says; ``lines`` are the units in the order of the table."""
    head = ("单位", *COLUMNS.values(), "采用率", *(("积分",) if with_points else ()))
    return CircularContent(
        title=circular_title(period),
        addressee=addressee,
        paragraphs=_sentences(period, facts, lines),
        head=head,
        rows=tuple(_row(line, with_points=with_points) for line in lines),
        office=office,
        day=day,
    )


def _sentences(period: Period, facts: Sequence[ReportFacts], lines: Sequence[Line]) -> tuple[str, ...]:
    total = tally(facts)
    if not total.counts["submitted"]:
        return (f"{period.label}，没有收到各单位报送的信息。", CLOSING)
    by_kind = tallies(facts, lambda report: report.kind)
    parts = "；".join(f"{kind.label}{_counted(by_kind[kind])}" for kind in UnitKind if kind in by_kind)
    sentences = [
        f"现将{period.label}信息报送和采用情况通报如下：",
        f"各单位共{_counted(total)}，采用率{total.rate}。其中，{parts}。",
    ]
    if total.counts["in_time"] or total.counts["late"]:
        sentences.append(f"有报送期限的稿件中，按时报送{total.counts['in_time']}篇，逾期{total.counts['late']}篇。")
    silent = [line.name for line in lines if not line.tally.counts["submitted"]]
    if silent:
        sentences.append(f"没有报送信息的单位有{len(silent)}个：{'、'.join(silent)}。")
    return (*sentences, CLOSING)


def _counted(total: Tally) -> str:
    counts = total.counts
    return f"报送{counts['submitted']}篇、采用{counts['adopted']}篇、编发{counts['printed']}篇"


def _row(line: Line, *, with_points: bool) -> tuple[str, ...]:
    name = f"{line.name}（{line.note}）" if line.note else line.name
    figures = (str(line.tally.counts[key]) for key in COLUMNS)
    points = (line.tally.points_shown,) if with_points else ()
    return (name, *figures, line.tally.rate or "—", *points)
