from __future__ import annotations

import pytest

from bulletins.checking import mended
from tests.bulletins.checking.samples import entry, found


def after_all_fixes(text: str, rule: str) -> str:
    one = entry(text)
    return mended(one, found(one, rule=rule)).text


@pytest.mark.parametrize(
    ("rule", "wrong", "right"),
    [
        ("width", "两校教师一起备课,随后评课.", "两校教师一起备课，随后评课。"),
        ("width", "会议(线上)召开;共６８人参加!", "会议（线上）召开；共68人参加！"),
        ("width", '他说:"要常来。"', "他说：“要常来。”"),
        ("blanks", "11 月 5 日，共 38 人 参加。", "11月5日，共38人参加。"),
        ("rows", "教师参加。。会后座谈，，散会。", "教师参加。会后座谈，散会。"),
        ("rows", "学习“甲”、“乙”两项经验。", "学习“甲”“乙”两项经验。"),
        ("pairs", "印发《关于转发《行动方案》的通知》。", "印发《关于转发〈行动方案〉的通知》。"),
        ("pairs", "他说：“要落实“五件事”。”", "他说：“要落实“五件事”。”"),  # quoted words are never mended
        ("pairs", "学习〈行动方案〉。", "学习《行动方案》。"),
        ("stops", "两校教师一起备课，随后在操场上合影", "两校教师一起备课，随后在操场上合影。"),
    ],
)
def test_a_fix_makes_marks_right(rule: str, wrong: str, right: str) -> None:
    assert found(entry(wrong), rule=rule)
    assert after_all_fixes(wrong, rule) == right


@pytest.mark.parametrize(
    "text",
    [
        "会议14:30开始，网址为http://a.example/b?c=d，邮箱a.b@c.example。",
        "参加1,200人次，用时3.5小时。",
        "10月28-31日，推进“互联网+”和“优质校+薄弱校”。",
        "使用Word 2016和AI tools授课。",
        "真的吗？！大家都笑了……",
        "《行动方案》（讨论稿）、《工作清单》同时印发。",
        "印发《〈方案〉解读》。",
    ],
)
def test_marks_that_are_right_are_let_be(text: str) -> None:
    assert [finding for finding in found(entry(text)) if finding.rule in {"width", "blanks", "pairs", "rows"}] == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("会议强调“要抓落实。", "没有配对的“”"),
        ("会议强调要抓落实”。", "前面没有配对"),
        ("印发《方案。", "《"),
        ("名单（见附件。", "（"),
        ("学习《》。", "没有内容"),
    ],
)
def test_a_mark_without_its_other_half_is_told_and_left_to_a_person(text: str, said: str) -> None:
    (finding,) = found(entry(text), rule="pairs")
    assert said in finding.why
    assert finding.fix is None


def test_a_pair_may_not_reach_over_a_paragraph() -> None:
    assert len(found(entry("他说“要。\n抓落实”。"), rule="pairs")) == 2


def test_a_heading_needs_no_stop_but_a_cut_paragraph_is_told() -> None:
    text = "一、组织保障\n两校教师一起备课，随后又到绿水县的村小去"
    (finding,) = found(entry(text), rule="stops")
    assert finding.excerpt == "去"


def test_a_lead_ends_with_a_stop() -> None:
    (finding,) = found(entry("", lead="两校一起备课"), rule="stops")
    assert (finding.field, finding.fix) == ("lead", "课。")
