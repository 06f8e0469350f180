"""Pasted text loses what nobody sees, never a word or a mark."""

from __future__ import annotations

import pytest

from portal.text.clean import Change, clean_text, squeeze_blanks


def test_text_pasted_from_word_and_wechat_is_plain_afterwards() -> None:
    raw = "\ufeff标\u200b题\r\n\r\n\r\n\r\n\u3000\u3000第一段\u00a0有 AI tools。 \r第二\u00ad段\t完\u2028第三段\x07"
    cleaned = clean_text(raw)
    assert cleaned.text == "标题\n\n第一段 有 AI tools。\n第二段 完\n第三段"
    assert Change("去除段首段尾空格", 1) in cleaned.changes
    assert [change.label for change in cleaned.changes] == [
        "统一换行",
        "去除不可见字符",
        "去除控制字符",
        "统一空格",
        "去除段首段尾空格",
        "合并多余空行",
    ]


def test_clean_text_stays_as_it_is() -> None:
    text = "甲县开展活动。\n\n“一校一案”，《通知》（2024-2026年）：6+1。"
    assert clean_text(text).text == text
    assert clean_text(text).changes == ()


def test_the_parts_of_a_joined_emoji_stay_together() -> None:
    family = "\U0001f468\u200d\U0001f469"
    assert clean_text(family).text == family


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("2024 年 11 月 18 日", "2024年11月18日"),
        ("（2024 -2026 年）", "（2024-2026年）"),
        ("组建 47 对 AI 课堂", "组建47对AI课堂"),
        ("read Unit 3 aloud", "read Unit 3 aloud"),
        ("**标题。** 正文", "**标题。**正文"),
        ("**Open day** now", "**Open day** now"),
    ],
)
def test_only_blanks_between_latin_words_stay(line: str, expected: str) -> None:
    assert squeeze_blanks(line) == expected
