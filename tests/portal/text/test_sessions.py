"""Sessions are counted as the text counts them."""

from __future__ import annotations

import pytest

from portal.text.sessions import find_sessions


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("先后两次前往", 2, "次"),
        ("组织 17 场次的送教", 17, "场次"),
        ("举办讲座十二场", 12, "场"),
        ("培训三期", 3, "期"),
        ("100余次交流", 100, "次"),
    ],
)
def test_a_count_of_sessions_is_read(text: str, number: int, unit: str) -> None:
    (found,) = find_sessions(text)
    assert (found.number, found.unit) == (number, unit)


@pytest.mark.parametrize(
    "text",
    [
        *("72人次", "第二次会议", "第16期", "一次性", "此次会议", "首次", "“十三五”期间", "两场馆"),
        *("下一轮选题", "新一轮培训", "备课不到八次", "每学期不少于8次", "活动不足8次"),
    ],
)
def test_what_counts_no_sessions_is_left_alone(text: str) -> None:
    assert find_sessions(text) == ()
