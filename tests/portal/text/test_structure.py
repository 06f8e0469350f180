"""Official structure is recognised by its numbering, and no character of the text is lost."""

from __future__ import annotations

from portal.text.structure import blocks, paragraphs

TEXT = """前言写在最前面。
一、总体安排
（一）加强领导。各校成立小组。
1.定期走访
2．按月小结。每月一次。
1.5万名学生受益。
★甲县开展活动。
（一）这一条虽然编了号却是很长很长的一段话没有任何停顿一直写到了四十五个字以上才终于停了下来所以它是正文。
"""


def test_headings_items_and_paragraphs_are_told_apart() -> None:
    assert [(block.kind, block.text) for block in blocks(TEXT)][:7] == [
        ("paragraph", "前言写在最前面。"),
        ("heading1", "一、总体安排"),
        ("heading2", "（一）加强领导。"),
        ("heading3", "1.定期走访"),
        ("heading3", "2．按月小结。"),
        ("paragraph", "1.5万名学生受益。"),
        ("item", "★甲县开展活动。"),
    ]
    assert blocks(TEXT)[7].kind == "paragraph"


def test_text_that_follows_a_heading_in_its_line_runs_on() -> None:
    assert blocks(TEXT)[2].run_on == "各校成立小组。"


def test_the_blocks_together_are_the_text() -> None:
    assert "".join(block.text + block.run_on for block in blocks(TEXT)) == TEXT.replace("\n", "")


def test_a_line_is_a_paragraph_and_blank_lines_are_none() -> None:
    assert paragraphs(" 一段。\r\n\n　二段。 \n") == ("一段。", "二段。")
