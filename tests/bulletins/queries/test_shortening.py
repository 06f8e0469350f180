from __future__ import annotations

import pytest

from bulletins.queries.issue import the_periodical
from bulletins.queries.shortening import DEFAULT, FEWEST, usual_length, wording
from portal.accounts.models import User
from tests.bulletins.published import make_signed
from tests.factories import make_issue, make_unit

pytestmark = pytest.mark.django_db


def test_the_usual_length_is_read_off_what_was_printed() -> None:
    leads = tuple(f"{'字' * number}。" for number in range(1, FEWEST + 2))
    issue = make_signed(leads=leads, text="")
    usual = usual_length(issue.periodical.sections.earliest("order"))
    assert (usual.few, usual.median, usual.many, usual.counted) == (4, 6, 8, FEWEST + 1)


def test_few_printed_entries_say_nothing(editor: User) -> None:
    make_signed()
    section = the_periodical().sections.earliest("order")
    assert usual_length(section) == DEFAULT
    assert usual_length(None) == DEFAULT


def test_what_is_not_printed_yet_does_not_count(editor: User) -> None:
    issue = make_issue(editor)
    section = issue.periodical.sections.earliest("order")
    issue.entries.bulk_create(
        issue.entries.model(issue=issue, section=section, position=at, lead="甲。") for at in range(FEWEST * 2)
    )
    assert usual_length(section) == DEFAULT


def test_units_and_set_phrases_come_from_the_database(editor: User) -> None:
    make_unit(name="青山师范大学", short_name="青山师大")
    found = wording(make_issue(editor).issue_date)
    assert any(unit.short == "青山师大" and unit.is_house for unit in found.units)
    assert any(phrase.words == "为深入贯彻" for phrase in found.phrases)
