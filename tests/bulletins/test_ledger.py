"""What counts in 采用台账, and what a report is worth."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bulletins.ledger import ReportFacts, Rule, points_of, ranks, tallies, tally

REPORT = ReportFacts(pk=1, unit=1, kind="county", area=9, day=date(2024, 11, 5), state="in_review")
PRINTED = replace(REPORT, state="printed", section=3)


def rule(act: str, points: str, section: int | None = None, kind: str = "") -> Rule:
    return Rule(act, Decimal(points), section, kind)


def test_a_printed_report_was_adopted_too() -> None:
    counts = tally([PRINTED, replace(REPORT, state="adopted"), REPORT]).counts
    assert (counts["submitted"], counts["adopted"], counts["printed"]) == (3, 2, 1)


def test_only_what_had_a_deadline_is_in_time_or_late() -> None:
    counts = tally([replace(REPORT, in_time=timely) for timely in (True, True, False, None)]).counts
    assert (counts["in_time"], counts["late"]) == (2, 1)


def test_what_came_back_once_counts_as_returned_whatever_became_of_it() -> None:
    assert tally([replace(PRINTED, was_returned=True)]).counts["returned"] == 1


@pytest.mark.parametrize(("adopted", "submitted", "rate"), [(1, 3, "33%"), (2, 2, "100%"), (0, 0, "")])
def test_the_rate_is_adopted_of_submitted(adopted: int, submitted: int, rate: str) -> None:
    rows = [replace(REPORT, state="adopted")] * adopted + [REPORT] * (submitted - adopted)
    assert tally(rows).rate == rate


def test_a_report_is_worth_its_highest_act_once() -> None:
    rules = [rule("submitted", "0.5"), rule("adopted", "1"), rule("printed", "2")]
    assert points_of(PRINTED, rules) == Decimal("2")
    assert points_of(replace(REPORT, state="adopted"), rules) == Decimal("1")
    assert points_of(REPORT, rules) == Decimal("0.5")


def test_the_rule_drawn_most_closely_speaks_for_its_act() -> None:
    rules = [rule("printed", "3"), rule("printed", "1", kind="county"), rule("printed", "2", section=3, kind="county")]
    assert points_of(PRINTED, rules) == Decimal("2")
    assert points_of(replace(PRINTED, section=4), rules) == Decimal("1")
    assert points_of(replace(PRINTED, kind="university"), rules) == Decimal("3")


def test_without_rules_nothing_is_worth_anything() -> None:
    assert points_of(PRINTED, []) == 0


def test_figures_by_group_add_up_to_the_whole() -> None:
    rows = [REPORT, PRINTED, replace(PRINTED, unit=2)]
    by_unit = tallies(rows, lambda report: report.unit)
    assert {unit: total.counts["printed"] for unit, total in by_unit.items()} == {1: 1, 2: 1}
    assert sum(total.counts["submitted"] for total in by_unit.values()) == tally(rows).counts["submitted"]


def test_equals_share_a_place() -> None:
    totals = [tally([PRINTED]), tally([PRINTED, PRINTED]), tally([PRINTED]), tally([])]
    assert ranks(totals, with_points=False) == [2, 1, 2, 4]


def test_points_rank_first_where_there_are_rules() -> None:
    totals = [tally([PRINTED, PRINTED]), tally([replace(PRINTED, points=Decimal(5))])]
    assert ranks(totals, with_points=True) == [2, 1]


def test_points_are_shown_without_a_needless_nought() -> None:
    assert tally([replace(PRINTED, points=Decimal("2.0"))]).points_shown == "2"
    assert tally([replace(PRINTED, points=Decimal("2.5"))]).points_shown == "2.5"
