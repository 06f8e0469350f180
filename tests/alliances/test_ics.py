"""A calendar file as phones read it (RFC 5545)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from alliances.ics import Event, calendar_file

DAY = date(2024, 11, 18)


def lines_of(**fields: Any) -> list[str]:
    """The lines of a file with one event, folded ones put together again."""
    given: dict[str, Any] = {"uid": "1@x", "start": DAY, "end": DAY, "summary": "会议", "changed": datetime.now(UTC)}
    text = calendar_file("会议", [Event(**given | fields)]).decode()
    assert text.endswith("END:VCALENDAR\r\n")
    return text.replace("\r\n ", "").split("\r\n")


def test_days_without_an_hour_are_whole_days_with_the_last_one_in() -> None:
    lines = lines_of(end=date(2024, 11, 19))
    assert "DTSTART;VALUE=DATE:20241118" in lines
    assert "DTEND;VALUE=DATE:20241120" in lines


def test_an_hour_is_told_in_universal_time() -> None:
    begins = datetime.fromisoformat("2024-11-18T09:00:00+08:00")
    lines = lines_of(begins=begins)
    assert "DTSTART:20241118T010000Z" in lines
    assert "DTEND:20241118T030000Z" in lines


def test_marks_with_a_meaning_are_escaped() -> None:
    lines = lines_of(summary="甲;乙,丙\\丁", text="第一行\n第二行")
    assert r"SUMMARY:甲\;乙\,丙\\丁" in lines
    assert r"DESCRIPTION:第一行\n第二行" in lines


def test_no_line_is_longer_than_75_octets_and_none_breaks_a_character() -> None:
    title = "联盟高校与县域学校协同提质联席会议" * 6
    data = calendar_file("会议", [Event("1@x", DAY, DAY, title, datetime.now(UTC))])
    assert max(len(line) for line in data.split(b"\r\n")) <= 75
    assert all(line.decode() for line in data.split(b"\r\n") if line)
    assert f"SUMMARY:{title}" in lines_of(summary=title)


def test_what_was_cancelled_says_so() -> None:
    assert "STATUS:CANCELLED" in lines_of(is_cancelled=True)
    assert "STATUS:CONFIRMED" in lines_of()
