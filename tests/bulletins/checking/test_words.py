from __future__ import annotations

import pytest

from bulletins.checking import mended
from tests.bulletins.checking.samples import entry, found


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("学校的的教师。", "学校的教师。"),
        ("完成了了任务。", "完成了任务。"),
        ("开展开展联合教研。", "开展联合教研。"),
        ("协同提质协同提质工作。", "协同提质工作。"),
        ("教师师师参加。", "教师参加。"),
        ("教师们们参加。", "教师们参加。"),
    ],
)
def test_what_stands_twice_by_a_slip_is_told(wrong: str, right: str) -> None:
    one = entry(wrong)
    assert mended(one, found(one, rule="doubled")).text == right


@pytest.mark.parametrize(
    "text",
    [
        "刚刚，大家谢谢老师，家家户户和和美美。",
        "以提质为目的的活动，为了了解需求，重点在在校生。",
        "两校结对对接，共同参与与会讨论，位于于都县。",
        "教师教育教育集团一步一步推进，许多许多人参加，等等。",
        "重要的是是否落实，正在在线学习，意味着着力改进。",
        "温和和蔼，可以以校为单位，通过过程评价，普及及时。",
    ],
)
def test_words_that_rightly_stand_twice_are_let_be(text: str) -> None:
    assert found(entry(text), rule="doubled") == []


def test_listed_words_are_replaced_or_told() -> None:
    replaced, forbidden = found(entry("会议布署帮扶差生的工作。"), rule="listed")
    assert (replaced.excerpt, replaced.fix) == ("布署", "部署")
    assert (forbidden.excerpt, forbidden.fix) == ("差生", None)
    assert "不贴标签" in forbidden.why


def test_traditional_characters_become_simplified_and_words_are_read_whole() -> None:
    one = entry("城鄉教育共同體邀請著名学者谈乾坤。")
    assert mended(one, found(one, rule="traditional")).text == "城乡教育共同体邀请著名学者谈乾坤。"


def test_characters_without_a_place_in_print_are_told() -> None:
    one = entry("共⼀百人参加😀。")
    assert mended(one, found(one, rule="characters")).text == "共一百人参加。"


class TestNamesOfUnits:
    def test_the_first_mention_is_in_full_and_later_ones_may_be_short(self) -> None:
        assert (
            found(entry("青山师范大学到绿水县。青山师大与绿水三中座谈。"), rule="unit_names")[0].excerpt == "绿水三中"
        )

    def test_a_short_name_first_is_told_with_the_full_one(self) -> None:
        (finding,) = found(entry("青山师大的教师备课。"), rule="unit_names")
        assert finding.fix == "青山师范大学"

    def test_an_organ_of_a_unit_has_its_own_name(self) -> None:
        assert found(entry("绿水县教体局召开会议。"), rule="unit_names") == []

    def test_a_former_name_is_told(self) -> None:
        (finding,) = found(entry("白云师范专科学校的教师备课。"), rule="unit_names")
        assert "曾用名" in finding.why

    def test_the_headline_may_be_short_where_the_text_is_full(self) -> None:
        assert found(entry("青山师范大学的教师备课。", lead="青山师大备课。"), rule="unit_names") == []

    def test_names_in_titles_of_papers_stay(self) -> None:
        assert found(entry("印发《青山师大章程》。"), rule="unit_names") == []


class TestPosts:
    def test_another_post_of_the_same_person_is_told(self) -> None:
        first = entry("青山师范大学副校长李大同出席。", key="a")
        later = entry("绿水县请来校长李大同讲课。", key="b")
        (finding,) = found(first, later, rule="posts")
        assert finding.key == "b"
        assert "副校长" in finding.why

    @pytest.mark.parametrize(
        "later", ["李大同指出，要抓落实。", "副校长李大同讲话。", "学校党委委员、副校长李大同讲话。"]
    )
    def test_bare_shorter_and_fuller_mentions_are_fine(self, later: str) -> None:
        first = entry("青山师范大学党委委员、副校长李大同出席。", key="a")
        assert found(first, entry(later, key="b"), rule="posts") == []
