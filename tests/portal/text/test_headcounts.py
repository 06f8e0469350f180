"""Head counts are read with who, how many, 人 or 人次, and how exact."""

from __future__ import annotations

import pytest

from portal.text.headcounts import find_head_counts


def told(text: str) -> list[tuple[str, int, str, str, bool]]:
    return [(c.who, c.number, c.measure, c.exactness, c.total) for c in find_head_counts(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("专业的 38 名师范生到场", ("师范生", 38, "人", "exact", False)),
        ("师范生38人参加", ("师范生", 38, "人", "exact", False)),
        ("青石园的保育员和家长 64 人次到场", ("青石园的保育员和家长", 64, "人次", "exact", False)),
        ("校长、教研组长等 50 余人参会", ("校长、教研组长", 50, "人", "余", True)),
        ("家长和教师共计200余人参加", ("家长和教师", 200, "人", "余", True)),
        ("教师等20多人参加", ("教师", 20, "人", "多", True)),
        ("邀请7位教师参加", ("教师", 7, "人", "exact", False)),
        ("三位专家前往", ("专家", 3, "人", "exact", False)),
        ("，共11人参会", ("", 11, "人", "exact", True)),
        ("教师近百人到场", ("教师", 100, "人", "约", False)),
        ("教师一百二十余人到场", ("教师", 120, "人", "余", False)),
        ("观看直播的师生约1.2万人次", ("观看直播的师生", 12000, "人次", "约", False)),
        ("师生300人左右", ("师生", 300, "人", "约", False)),
        ("来自青山县、白石县和临江区的校长56人到场", ("青山县、白石县和临江区的校长", 56, "人", "exact", False)),
        ("家长、来自青山县的校长6人到场", ("青山县的校长", 6, "人", "exact", False)),
        ("10名校长交流", ("校长", 10, "人", "exact", False)),
        ("培训教师1,200人次", ("培训教师", 1200, "人次", "exact", False)),
        ("百余名师生同唱", ("师生同唱", 100, "人", "余", False)),
    ],
)
def test_a_head_count_is_read(text: str, expected: tuple[str, int, str, str, bool]) -> None:
    assert told(text) == ([expected])


def test_several_figures_of_one_sentence_are_told_apart() -> None:
    text = "学院的24名师范生、园长和教师60人次参与，另有家长代表等90余人旁听，共计170余人。"
    assert told(text) == [
        ("师范生", 24, "人", "exact", False),
        ("园长和教师", 60, "人次", "exact", False),
        ("另有家长代表", 90, "人", "余", True),
        ("", 170, "人", "余", True),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "6所幼儿园派人到场",
        "17场次的送教",
        "获得第3名",
        "三位一体推进",
        "一人一档",
        "第一人民医院",
        "各有关学校明确一名联络员",
        "每校2名",
        "138所学校",
        "二等奖8项",
        "数百人",
    ],
)
def test_what_counts_no_people_of_an_event_is_left_alone(text: str) -> None:
    assert told(text) == []


def test_the_place_in_the_text_counts_its_blanks() -> None:
    text = "家长代表 64 人次参加"
    (count,) = find_head_counts(text)
    assert text[slice(*count.span)] == count.text == "64 人次"
