"""A past issue comes in whole: every character of its file stands in what was read."""

from __future__ import annotations

import re
import time

import pytest

from bulletins.content import IssueContent
from bulletins.reading import UnreadableIssue, read_issue
from tests.bulletins.reading.issues import DAMAGED, PLAIN, SAMPLES, Sample


def bare(text: str) -> str:
    """A text without blanks, ``**`` and ★: what import must not touch."""
    return re.sub(r"[\s\u3000★]|\*\*", "", text)


def written_out(content: IssueContent) -> str:
    """An issue as its file has it, from top to bottom."""
    day, printed = content.issue_date, content.printed_on
    assert printed is not None
    parts = [
        content.masthead,
        content.title,
        content.label,
        content.office,
        f"{day.year}年{day.month}月{day.day}日",
    ]
    for section in content.sections:
        parts.append(f"【{section.name}】")
        for entry in section.entries:
            parts += [entry.lead, *entry.paragraphs]
    parts += [f"报：{content.report_to}", f"送：{content.copy_to}", content.office]
    parts.append(f"{printed.year}年{printed.month}月{printed.day}日印发")
    return bare("".join(parts))


def changed(old: str, new: str, text: str = PLAIN) -> bytes:
    assert old in text
    return text.replace(old, new).encode()


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.label)
def test_every_character_of_an_issue_is_kept(sample: Sample) -> None:
    content = read_issue(sample.source, filename="a.txt").content
    assert written_out(content) == bare(sample.source.decode())


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.label)
def test_number_dates_sections_and_leads_are_read_as_counted_by_hand(sample: Sample) -> None:
    issue = read_issue(sample.source, filename="a.txt")
    content = issue.content
    entries = [entry for section in content.sections for entry in section.entries]
    assert (issue.number, issue.year, content.label) == (sample.number, sample.year, sample.label)
    assert (content.issue_date, content.printed_on) == (sample.issue_date, sample.printed_on)
    assert tuple((section.name, len(section.entries)) for section in content.sections) == sample.sections
    assert tuple(bool(entry.lead) for entry in entries) == sample.leads
    assert tuple(at for at, entry in enumerate(entries) if len(entry.paragraphs) > 1) == sample.two_paragraphs
    assert issue.problems == ()


def test_damage_is_mended_and_told() -> None:
    issue = read_issue(DAMAGED.encode(), filename="第8期.txt")
    first, second = issue.content.sections[0].entries
    assert first.lead == "全省协同提质工作推进会召开。"
    assert [text[:4] for text in first.paragraphs] == ["3月3日", "会议由省"]
    assert "（2025-2027年）》听取了各方面" in first.paragraphs[0]
    assert second.lead == "教研联合体经验交流会召开。"
    assert second.paragraphs[0].startswith("为把好做法传开")
    assert [entry.lead for entry in issue.content.sections[1].entries] == [
        "青石县举办阅读指导讲座。",
        "白水区走访村小。",
    ]
    assert issue.notes == (
        "lines 6, 10, 14, 18: blanks taken out between Chinese characters and figures",
        "line 16: joined to the paragraph above, which a page end had cut",
        "line 22: run on behind the lead, which stood alone",
        "line 26: ★ supplied",
        "line 28: joined to the paragraph above, which a page end had cut",
        "line 32: joined to the paragraph above, which a page end had cut",
    )
    assert issue.problems == ()


def test_line_ends_and_coding_of_the_file_do_not_matter() -> None:
    expected = read_issue(PLAIN.encode(), filename="a.txt")
    windows = PLAIN.replace("\n", "\r\n")
    for source in (
        windows.encode(),
        windows.encode("gb18030"),
        windows.encode("utf-8-sig"),
        windows.encode("utf-16"),
    ):
        assert read_issue(source, filename="a.txt") == expected


def test_where_leads_are_marked_no_other_sentence_becomes_one() -> None:
    issue = read_issue(changed("★ 3月6日，乙学院召开座谈会，", "★ 乙学院召开座谈会。会上"), filename="a.txt")
    assert [entry.lead for entry in issue.content.sections[0].entries] == ["甲师范大学送课到乡里。", ""]


def test_text_that_belongs_nowhere_is_kept_and_told() -> None:
    source = changed("【高校动态】", "编者按\n\n【高校动态】").decode() + "\n共印50份"
    issue = read_issue(source.encode(), filename="a.txt")
    entries = [entry for section in issue.content.sections for entry in section.entries]
    assert len(entries) == 3
    assert entries[0].paragraphs[-1] == "编者按"
    assert entries[-1].paragraphs[-1] == "共印50份"
    assert issue.problems == (
        "line 10: could not be placed, kept at the end of the first entry: 编者按",
        "line 30: could not be placed, kept at the end of the last entry: 共印50份",
    )


def test_an_entry_above_the_first_section_is_kept_in_it() -> None:
    issue = read_issue(changed("【高校动态】", "★ 开篇的话写在这里。\n\n【高校动态】"), filename="a.txt")
    assert issue.content.sections[0].entries[0].paragraphs == ("开篇的话写在这里。",)
    assert issue.problems == ("line 10: text above the first section, kept there as an entry: 开篇的话写在这里。",)


def test_a_page_number_between_two_halves_of_a_paragraph_is_left_out() -> None:
    issue = read_issue(changed("八位教师在清溪镇小学", "八位教师在\n\n— 2 —\n\n清溪镇小学"), filename="a.txt")
    assert "八位教师在清溪镇小学上了" in issue.content.sections[0].entries[0].paragraphs[0]
    assert "line 14: page number — 2 — left out" in issue.notes


def test_a_sentence_that_looks_like_an_entry_without_star_is_pointed_out() -> None:
    issue = read_issue(
        changed("\n【市县动态】", "\n丙学院走访学校。3月9日，丙学院走访两所学校。\n\n【市县动态】"),
        filename="a.txt",
    )
    assert issue.problems == ("line 16: may be an entry whose ★ is missing; kept as a paragraph of the entry above",)


def test_a_marked_lead_without_star_begins_an_entry() -> None:
    issue = read_issue(changed("★ **青石县开设", "★ **甲。**乙。\n\n**青石县开设"), filename="a.txt")
    assert [len(section.entries) for section in issue.content.sections] == [2, 2]
    assert "line 20: ★ supplied" in issue.notes


def test_a_file_without_any_star_still_falls_into_entries() -> None:
    source = changed("★ 3月6日，", "★ 乙学院座谈。3月6日，").decode().replace("★", "").replace("**", "")
    issue = read_issue(source.encode(), filename="a.txt")
    assert [len(section.entries) for section in issue.content.sections] == [2, 1]
    assert issue.problems == ()


def test_what_holds_no_text_is_left_out_and_told() -> None:
    issue = read_issue(changed("【市县动态】", "★\n\n【专家引领】\n\n【市县动态】"), filename="a.txt")
    assert [section.name for section in issue.content.sections] == ["高校动态", "市县动态"]
    assert issue.problems == (
        "line 16: ★ without text left out",
        "line 18: section 专家引领 has no entries and was left out",
    )


def test_an_imprint_with_another_office_keeps_both() -> None:
    issue = read_issue(changed("省协同提质行动工作领导小组办公室\n\n2025 年", "省教育厅\n\n2025 年"), filename="a.txt")
    assert issue.content.office == "省协同提质行动工作领导小组办公室"
    assert issue.problems == ("line 24: could not be placed, kept at the end of the last entry: 省教育厅",)


@pytest.mark.parametrize("text", ["协 " * 100_000, "协" + " " * 900_000 + "同", "协同\n" * 15_000, "**协" * 200_000])
def test_a_strange_file_takes_no_long_time(text: str) -> None:
    started = time.process_time()
    read_issue(changed("3月6日，乙学院", text), filename="a.txt")
    assert time.process_time() - started < 10


def test_an_issue_without_imprint_is_read_as_not_yet_printed() -> None:
    issue = read_issue(PLAIN[: PLAIN.index("报：")].encode(), filename="a.txt")
    assert (issue.content.report_to, issue.content.copy_to, issue.content.printed_on) == ("", "", None)
    assert issue.problems == ()


def test_an_imprint_line_cut_in_two_is_one_line() -> None:
    issue = read_issue(changed("各设区市教育局", "各设区\n市教育局"), filename="a.txt")
    assert issue.content.copy_to == "各联盟高校、各设区市教育局"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (b"", "空"),
        (b" \r\n\r\n", "空"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "不是文字文件"),
        ("协同提质。".encode() * 150_000, "超过 2 MB"),
        (changed("〔2025〕第3期", ""), "期号"),
        (changed("2025年3月10日", ""), "成文日期"),
        (changed("2025年3月10日", "2025年2月30日"), "“2025年2月30日”在日历上不存在"),
        (changed("2025 年 3 月 12 日印发", "2025 年 13 月 12 日印发"), "“2025年13月12日”在日历上不存在"),
        (changed("江西省高校与县域基础教育协同提质行动 工作动态", ""), "刊头"),
        (re.sub("【.*】", "", PLAIN).encode(), "栏目"),
        (PLAIN[: PLAIN.index("★")].encode(), "没有找到内容"),
    ],
)
def test_what_is_no_issue_is_refused_in_plain_words(source: bytes, words: str) -> None:
    with pytest.raises(UnreadableIssue) as caught:
        read_issue(source, filename="a.txt")
    assert words in caught.value.message_zh
    assert caught.value.message_zh.endswith("。")
