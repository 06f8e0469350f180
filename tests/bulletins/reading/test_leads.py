"""A lead is a short first sentence without comma or date, or what the file marks with ``**``."""

from __future__ import annotations

import pytest

from bulletins.reading.leads import split_lead


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("甲县召开座谈会。3月2日，会议举行。", "甲县召开座谈会。"),
        ("3月2日召开座谈会。会议举行。", ""),
        ("甲县召开座谈会，各校参加。会议举行。", ""),
        ("甲县召开座谈会。", ""),
        ("甲县" + "座谈" * 22 + "。会议举行。", ""),
    ],
)
def test_an_unmarked_lead_is_known_by_its_form(text: str, lead: str) -> None:
    assert split_lead(text, marked=False) == (lead, text.removeprefix(lead))


@pytest.mark.parametrize(
    ("text", "lead", "rest"),
    [
        ("**甲县座谈，乙县听课。**各校参加。", "甲县座谈，乙县听课。", "各校参加。"),
        ("**甲县座谈**。各校参加。", "甲县座谈。", "各校参加。"),
        ("**甲县座谈。** 各校**都**参加。", "甲县座谈。", "各校都参加。"),
        ("甲县座谈。各校参加。", "", "甲县座谈。各校参加。"),
        ("**甲县座谈。**", "甲县座谈。", ""),
    ],
)
def test_a_marked_lead_ends_where_its_marks_end(text: str, lead: str, rest: str) -> None:
    assert split_lead(text, marked=True) == (lead, rest)
