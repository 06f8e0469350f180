from __future__ import annotations

from datetime import date
from time import process_time

import pytest

from bulletins.shortening import MOST_PROPOSALS, NamedUnit, Phrase, Wording, accepted, propose

WORDING = Wording(
    reference=date(2024, 12, 2),
    units=(
        NamedUnit(1, "青山师范大学", "青山师大", is_house=True),
        NamedUnit(2, "白云学院", is_house=True),
        NamedUnit(3, "绿水县高新技术开发区", "绿水高新区"),
        NamedUnit(4, "绿水县", "绿水"),
    ),
    phrases=(Phrase("为深入贯彻"), Phrase("进行了深入交流", "深入交流")),
)


def shortened(text: str, lead: str = "", **more: tuple[str, ...]) -> str:
    """The text after every proposal has been accepted, one by one."""
    for _ in range(MOST_PROPOSALS):
        proposals = propose(lead, text, WORDING, **more)
        if not proposals:
            break
        lead, text = accepted(lead, text, proposals[0])
    return text


class TestDates:
    @pytest.mark.parametrize(
        ("long", "short"),
        [
            ("11月28日，开会。11月30日，总结。", "11月28日，开会。30日，总结。"),
            ("11月28日，开会。11月28日下午，总结。", "11月28日，开会。当天下午，总结。"),
            ("2024年11月28日，开会。2024年11月30日，总结。", "2024年11月28日，开会。30日，总结。"),
            ("11月5日，开会。11月7日至9日，培训。", "11月5日，开会。7日至9日，培训。"),
            ("10月30日至11月2日，开会。11月5日，总结。", "10月30日至11月2日，开会。5日，总结。"),
        ],
    )
    def test_what_the_date_before_tells_is_left_out(self, long: str, short: str) -> None:
        assert shortened(long) == short

    @pytest.mark.parametrize(
        "text",
        [
            "10月28日，开会。11月30日，总结。",
            "2023年11月28日，开会。2024年11月30日，总结。",
            "11月上旬，开会。11月30日，总结。",
            "11月28日，开会。\n11月30日，总结。",
            "11月28日，开会。《方案（11月30日稿）》印发，“11月30日见”。",
        ],
    )
    def test_what_would_become_unclear_stays(self, text: str) -> None:
        assert shortened(text) == text


class TestNames:
    def test_the_one_school_is_called_so_after_its_first_mention(self) -> None:
        text = "青山师范大学召开会议。青山师范大学音乐学院参加。"
        assert shortened(text) == "青山师范大学召开会议。学校音乐学院参加。"

    def test_with_two_schools_the_short_name_stands(self) -> None:
        text = "青山师范大学到白云学院。青山师范大学与白云学院座谈。"
        assert shortened(text) == "青山师范大学到白云学院。青山师大与白云学院座谈。"

    def test_the_headline_keeps_its_name_and_the_text_begins_with_it(self) -> None:
        text = "青山师范大学召开会议。"
        assert shortened(text, lead="青山师范大学开会。") == text

    def test_short_names_of_places_are_no_gain(self) -> None:
        text = "绿水县开会。绿水县总结。"
        assert shortened(text) == text


class TestPhrases:
    def test_a_clause_with_a_set_phrase_is_struck(self) -> None:
        text = "为深入贯彻会议精神，11月5日，两校备课。"
        assert shortened(text) == "11月5日，两校备课。"

    def test_a_wordy_turn_gives_way(self) -> None:
        assert shortened("双方进行了深入交流。") == "双方深入交流。"

    @pytest.mark.parametrize(
        "text", ["县里为深入贯彻精神，召开会议。", "为深入贯彻会议精神。", "“为深入贯彻精神，要学习。”"]
    )
    def test_nothing_is_struck_inside_a_sentence_alone_or_quoted(self, text: str) -> None:
        assert shortened(text) == text


def test_locked_words_are_never_touched() -> None:
    text = "11月28日，开会。11月30日，总结。"
    assert propose("", text, WORDING, locked=("11月30日，总结",)) == ()


def test_a_proposal_shows_what_it_saves() -> None:
    (proposal,) = propose("", "11月28日，开会。11月30日，总结。", WORDING)
    assert (proposal.before, proposal.after, proposal.saved) == ("11月30日", "30日", 3)


@pytest.mark.parametrize("text", ["", "。", "，、。", "月日", "为深入贯彻"])
def test_nothing_is_proposed_for_nothing(text: str) -> None:
    assert propose(text, text, WORDING) == ()


@pytest.mark.parametrize("piece", ["的", "1", "11月5日", "为深入贯彻，", "青山师范大学", "“"])
def test_a_hundred_thousand_characters_take_no_long(piece: str) -> None:
    start = process_time()
    assert len(propose("", piece * (100_000 // len(piece)), WORDING)) <= MOST_PROPOSALS
    assert process_time() - start < 4
