from __future__ import annotations

from datetime import date

import pytest

from bulletins.checking import PastText
from tests.bulletins.checking.samples import entry, found


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("师范生38人、教师5人，共计44人参加。", True),
        ("师范生38人、教师5人，共计43人参加。", False),
        ("共计44人参加，其中教师40人、校长5人。", True),
        ("共计44人参加，其中教师30人。", False),
        ("师范生38人、教师5余人，共计50余人参加。", False),
        ("师范生38人、教师72人次，共计110人次。", False),
        ("师范生38人上课。教师5人听课，共计44人。", False),
    ],
)
def test_parts_and_their_sum(text: str, wrong: bool) -> None:
    assert bool(found(entry(text), rule="sums")) is wrong


def test_a_figure_of_the_lead_stands_in_the_text() -> None:
    assert found(entry("共有36人参加。", lead="63人听课。"), rule="lead_figures")
    assert found(entry("共有36人参加。", lead="36名教师听课。"), rule="lead_figures") == []


def test_a_figure_that_no_source_has_is_told() -> None:
    source = "参加活动的有师范生45人，共1,200人次。"
    (finding,) = found(entry("54人参加，计1200人次。", sources=(source,)), rule="source_figures")
    assert finding.excerpt == "54"


def test_words_of_an_official_are_those_of_the_source() -> None:
    source = "校长说：“要把教研做到课堂里去，落到每个孩子身上。”"
    assert found(entry("校长说：“要把教研做到课堂里去，落到孩子身上。”", sources=(source,)), rule="source_quotes")
    assert (
        found(entry("校长说：“要把教研做到课堂里去，落到每个孩子身上”。", sources=(source,)), rule="source_quotes")
        == []
    )


def test_two_entries_with_two_numbers_for_one_event_are_told() -> None:
    first = entry("11月5日，青山师范大学在绿水县座谈，36人参加。", key="a")
    other = entry("11月5日，绿水县与青山师范大学座谈，63人参加。", key="b")
    (finding,) = found(first, other, rule="same_event")
    assert (finding.key, finding.excerpt) == ("b", "63人")
    assert found(first, entry("11月6日，绿水县与青山师范大学座谈，63人参加。", key="b"), rule="same_event") == []


class TestDays:
    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("12月5日，开会。", "还没有到"),
            ("10月3日，开会。", "收稿时间"),
            ("2023年11月5日，开会。", "收稿时间"),
            ("11月5日，开会。", ""),
            ("双方将于12月5日开会。", ""),
            ("自2022年9月1日起实施。", ""),
            ("根据《方案》（2023年3月2日）要求，11月5日开会。", ""),
            ("10月30日至11月2日，开会。", ""),
        ],
    )
    def test_days_outside_the_window_and_days_to_come(self, text: str, said: str) -> None:
        findings = found(entry(text), rule="days")
        assert bool(findings) == bool(said)
        assert all(said in finding.why for finding in findings)

    def test_without_a_window_only_days_to_come_are_told(self) -> None:
        assert found(entry("10月3日，开会。"), rule="days", window=None) == []
        assert found(entry("12月5日，开会。"), rule="days", window=None, today=date(2024, 12, 2))


class TestRepeats:
    TOLD = (
        "11月5日，青山师范大学的教师走进绿水县的三所村小，"
        "带着孩子们用稻草、陶土和旧报纸做了一堂美术课，课后与当地教师逐一评课。"
    )

    def test_an_entry_of_the_last_issues_is_known_again(self) -> None:
        past = (
            PastText("第16期", "另一条。", "绿水县召开会议，部署来年的教师轮岗工作和经费安排。"),
            PastText("第15期", "", self.TOLD),
        )
        again = self.TOLD.replace("11月5日", "11月6日").replace("逐一评课", "座谈")
        (finding,) = found(entry(again), rule="repeats", past=past)
        assert "第15期" in finding.why

    def test_two_entries_of_one_issue_are_known_as_one(self) -> None:
        assert [f.key for f in found(entry(self.TOLD, key="a"), entry(self.TOLD, key="b"), rule="repeats")] == ["b"]

    def test_another_event_of_the_same_kind_is_none(self) -> None:
        other = (
            "11月8日，青山师范大学的教师到绿水县开展集体备课，十二位语文教师围绕一篇课文各上一课，县教研员当场点评。"
        )
        past = (PastText("第16期", "", self.TOLD),)
        assert found(entry(other), rule="repeats", past=past) == []
