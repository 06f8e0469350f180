"""Characters without a place in print are found before they reach it."""

from __future__ import annotations

from portal.text.characters import odd_characters


def test_emoji_private_control_and_lookalike_characters_are_named() -> None:
    found = odd_characters("好😀\ue000\x07⼀")
    assert [(odd.position, odd.kind_zh) for odd in found] == [
        (1, "表情符号"),
        (2, "自造字符"),
        (3, "控制字符"),
        (4, "部首或兼容字符"),
    ]


def test_what_official_texts_use_is_not_odd() -> None:
    assert odd_characters("★“一县一案”〔2024〕第2期：（园）——㙍\n①＋") == ()
