"""采用台账: what counts, once the facts of each report are known. Pure: reads no database.

A report counts in the period in which it was last sent in, and where its unit stood on that day. Every figure
is a test of one report, so that a figure and the list behind it cannot differ.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

ADOPTED, PRINTED, DECLINED = "adopted", "printed", "declined"


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """One report: its unit and that unit's kind and prefecture (None: in none) on ``day``, when it was sent in.

    ``in_time`` is None where no deadline applied. ``was_returned`` says that it came back at least once.
    ``section`` is where it was printed or is placed.
    """

    pk: int
    unit: int
    kind: str
    area: int | None
    day: date
    state: str
    in_time: bool | None = None
    was_returned: bool = False
    section: int | None = None
    points: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Figure:
    """A column: its heading, what it means, and which reports it counts."""

    key: str
    label: str
    meaning: str
    counts: Callable[[ReportFacts], bool]


FIGURES = {
    figure.key: figure
    for figure in (
        Figure("submitted", "报送", "本单位已报出的稿件", lambda report: True),
        Figure(
            "in_time", "按时", "约稿截止前、或活动所在收稿时段结束前首次报送", lambda report: report.in_time is True
        ),
        Figure("late", "逾期", "有期限而首次报送晚于期限", lambda report: report.in_time is False),
        Figure("adopted", "采用", "已采用的稿件，含已编发", lambda report: report.state in (ADOPTED, PRINTED)),
        Figure("printed", "编发", "已编入签发的一期", lambda report: report.state == PRINTED),
        Figure("returned", "退回过", "曾被退回修改", lambda report: report.was_returned),
        Figure("declined", "未采用", "已决定不予采用", lambda report: report.state == DECLINED),
    )
}


@dataclass(frozen=True, slots=True)
class Rule:
    """What an act (submitted, adopted, printed) is worth, for a section and a kind of unit or for all."""

    act: str
    points: Decimal
    section: int | None = None
    kind: str = ""

    def fits(self, report: ReportFacts) -> bool:
        return (
            FIGURES[self.act].counts(report)
            and self.section in (None, report.section)
            and self.kind in ("", report.kind)
        )

    @property
    def weight(self) -> tuple[int, Decimal]:
        """The more closely a rule is drawn the more it weighs; of equals the higher value."""
        return ((self.section is not None) + bool(self.kind), self.points)


def points_of(report: ReportFacts, rules: Iterable[Rule]) -> Decimal:
    """Of each act the rule drawn most closely; of the acts the highest, once."""
    by_act: dict[str, Rule] = {}
    for rule in rules:
        if rule.fits(report) and (rule.act not in by_act or rule.weight > by_act[rule.act].weight):
            by_act[rule.act] = rule
    return max((rule.points for rule in by_act.values()), default=Decimal(0))


@dataclass(slots=True)
class Tally:
    """The figures of some reports."""

    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FIGURES, 0))
    points: Decimal = Decimal(0)

    def add(self, report: ReportFacts) -> None:
        for figure in FIGURES.values():
            self.counts[figure.key] += figure.counts(report)
        self.points += report.points

    @property
    def points_shown(self) -> str:
        """``2.5``, ``3``."""
        return f"{self.points:.1f}".removesuffix(".0")

    @property
    def rate(self) -> str:
        """采用率, adopted of submitted; empty where nothing was sent in."""
        return f"{self.counts['adopted'] * 100 / self.counts['submitted']:.0f}%" if self.counts["submitted"] else ""


def tally(reports: Iterable[ReportFacts]) -> Tally:
    """The figures of all of them together."""
    total = Tally()
    for report in reports:
        total.add(report)
    return total


def tallies(reports: Iterable[ReportFacts], group: Callable[[ReportFacts], Hashable]) -> dict[Hashable, Tally]:
    """The figures by group."""
    found: dict[Hashable, Tally] = defaultdict(Tally)
    for report in reports:
        found[group(report)].add(report)
    return found


def ranks(totals: Sequence[Tally], *, with_points: bool) -> list[int]:
    """The place of each: by points where there are rules, else by printed and adopted; equals share a place."""
    worth = [(total.points if with_points else 0, total.counts["printed"], total.counts["adopted"]) for total in totals]
    return [1 + sum(other > own for other in worth) for own in worth]
