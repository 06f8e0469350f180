from __future__ import annotations

from datetime import date

import pytest

from bulletins.models import Periodical
from bulletins.queries.issue import the_periodical
from bulletins.services.numbering import proposed_label, raise_counter, take_number
from portal.accounts.models import User
from portal.refusals import Refused
from tests.factories import make_issue


@pytest.fixture
def periodical(db: None) -> Periodical:
    return the_periodical()


def test_within_2023_numbers_belong_to_the_year(periodical: Periodical) -> None:
    assert take_number(periodical, date(2023, 3, 1)) == (1, 2023, "〔2023〕第1期")
    assert take_number(periodical, date(2023, 11, 25)) == (2, 2023, "〔2023〕第2期")


def test_from_2024_numbers_count_on_over_the_years(periodical: Periodical) -> None:
    assert take_number(periodical, date(2024, 1, 1)) == (1, None, "第1期")
    assert take_number(periodical, date(2025, 6, 1)) == (2, None, "第2期")


def test_a_scheme_may_change_between_years(periodical: Periodical) -> None:
    take_number(periodical, date(2025, 12, 1))
    periodical.schemes.create(since=date(2026, 1, 1), style="yearly", label="{year}年第{number}期")
    assert take_number(periodical, date(2026, 1, 5)) == (1, 2026, "2026年第1期")


def test_a_day_without_a_scheme_is_refused(periodical: Periodical) -> None:
    with pytest.raises(Refused, match="期号规则"):
        take_number(periodical, date(2022, 1, 1))


def test_a_past_issue_raises_the_counter_and_never_lowers_it(periodical: Periodical) -> None:
    raise_counter(periodical, 16, None)
    raise_counter(periodical, 3, None)
    assert take_number(periodical, date(2024, 12, 1))[0] == 17


def test_the_proposed_number_reserves_nothing(editor: User, periodical: Periodical) -> None:
    raise_counter(periodical, 16, None)
    issue = make_issue(editor)
    assert proposed_label(issue) == proposed_label(issue) == "第17期"
