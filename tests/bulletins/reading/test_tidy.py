"""Pasted text is brought to official form, and nothing else of it is touched."""

from __future__ import annotations

import time

import pytest

from bulletins.reading import around, read_pasted, rendered
from bulletins.reading.tidy import MOST_OF_A_KIND, tidy


@pytest.mark.parametrize(
    ("pasted", "tidied"),
    [
        ("2024 年 11 月 14 日，专家 3 人", "2024年11月14日，专家3人"),
        ("10 月 28 - 31 日", "10月28-31日"),
        ("３月７日，２所学校", "3月7日，2所学校"),
        ("走进课堂,先听再评;家长也来", "走进课堂，先听再评；家长也来"),
        ("校长说:很好!", "校长说：很好！"),
        ("一所村小(教学点)", "一所村小（教学点）"),
        ("石教字(2023)39号", "石教字（2023）39号"),
        ('开展"送教"活动', "开展“送教”活动"),
        ("听课、评课...", "听课、评课……"),
        ("师生同唱--一首歌", "师生同唱——一首歌"),
        ("大家都来了.  又走了.", "大家都来了。又走了。"),
        ("一.做法", "一、做法"),
        ("（一）、做法", "（一）做法"),
        ("1、听课", "1.听课"),
        ("　　首行缩进\u00a0", "首行缩进"),
        ("一行\n\n \n又一行", "一行\n又一行"),
        ("一行\r\n又一行\u2028第三行", "一行\n又一行\n第三行"),
        ("零\u200b宽", "零宽"),
        ("学校\t人数\n一小\t20", "学校；人数\n一小；20"),
        ("一、\t做法", "一、做法"),
    ],
)
def test_what_is_tidied(pasted: str, tidied: str) -> None:
    read = read_pasted(pasted)
    assert read.text == tidied
    everything = {change.key for change in read.changes}
    assert read.words(everything)[1] == pasted.strip("\n")


@pytest.mark.parametrize(
    "text",
    [
        "上午9:30开会，比分2:1，见https://school.invalid/a,b?c=1",
        'She said: "Good (very good)!" and left.',
        "平均4.5分，合计1,200人次，共3.2公里",
        "“送教”《方案》（试行）——一首歌……完。",
        "一、做法\n（一）听课\n1.先听\n（1）再评",
        "It's a boy's book.",
    ],
)
def test_what_is_right_stays(text: str) -> None:
    assert read_pasted(text).changes == ()


def test_each_change_tells_what_where_before_and_after() -> None:
    (change,) = read_pasted("第一段。\n走进课堂,先听再评").changes
    assert (change.what, change.before, change.after, change.where) == ("半角标点改为全角", ",", "，", "第2段")
    assert around("第一段。\n走进课堂,先听再评", change) == ("走进课堂", "先听再评")


def test_changes_of_one_passage_are_refused_one_by_one() -> None:
    read = read_pasted("3 月 7 日,上课")
    blanks, comma = read.changes
    assert read.words({blanks.key})[1] == "3 月 7 日，上课"
    assert read.words({comma.key})[1] == "3月7日,上课"


def test_many_changes_of_one_kind_are_told_to_a_bound_and_the_rest_together() -> None:
    raw = "来,去。\n" * (MOST_OF_A_KIND + 30)
    changes = tidy(raw)
    assert len(changes) == MOST_OF_A_KIND + 1
    assert changes[-1].where == "其余30处"
    assert "," not in rendered(raw, changes)
    assert rendered(raw, changes, {changes[-1].key}).count(",") == 30


@pytest.mark.parametrize("char", [*' ,("\t\n.1-一…', "　", "一 ", '"一', "(一", "1.", "\n\t"])
def test_the_time_taken_grows_with_the_text_only(char: str) -> None:
    began = time.process_time()  # other work on the machine does not count
    tidy((char * 60_000)[:60_000])
    assert time.process_time() - began < 3
