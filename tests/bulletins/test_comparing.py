"""What a proof changed in the one before, told as an editor would tell it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bulletins.comparing import Kind, Reports, compare
from bulletins.content import EntryContent, IssueContent, SectionContent

A = EntryContent("甲县联合教研。", ("11月5日，甲县两校一起磨课。",), "entry-1")
B = EntryContent("乙县集体备课。", ("11月6日，乙县教师集体备课。",), "entry-2")
C = EntryContent("丙县送教下乡。", ("11月7日，丙县名师送教。",), "entry-3")
D = EntryContent("丁大学开讲座。", ("11月8日，丁大学专家讲座。",), "entry-4")
JOINED = EntryContent("甲县、乙县开展活动。", ("两县各自教研，文字重新写过。",), "entry-9")


def issue(*counties: EntryContent, universities: tuple[EntryContent, ...] = ()) -> IssueContent:
    sections = [SectionContent("高校动态", universities)] if universities else []
    return IssueContent(
        masthead="东江省携手同行计划",
        title="工作动态",
        label="拟第4期",
        office="省计划办公室",
        issue_date=date(2031, 4, 9),
        sections=(*sections, SectionContent("市县动态", counties)),
        report_to="省领导",
    )


def told(before: IssueContent, after: IssueContent, was: Reports, now: Reports) -> list[tuple[tuple[Kind, ...], str]]:
    changes = compare(before, after, was=was, now=now)
    return [(change.kinds, (change.after or change.before)[0].key) for change in changes.entries]


def test_the_same_words_changed_nothing() -> None:
    assert len(compare(issue(A, B), issue(A, B), was={}, now={})) == 0


def test_one_edited_word_is_one_change_with_both_texts() -> None:
    edited = replace(B, paragraphs=("11月6日，乙县教师分组备课。",))
    (change,) = compare(issue(A, B, C), issue(A, edited, C), was={}, now={}).entries
    assert change.kinds == (Kind.EDITED,)
    assert change.words == ("乙县集体备课。11月6日，乙县教师集体备课。", "乙县集体备课。11月6日，乙县教师分组备课。")


def test_added_ones_stand_where_they_are_printed_and_removed_ones_come_last() -> None:
    assert told(issue(A, B), issue(C, B), {}, {}) == [((Kind.ADDED,), "entry-3"), ((Kind.REMOVED,), "entry-1")]


def test_only_what_was_moved_is_said_to_have_moved() -> None:
    assert told(issue(A, B, C), issue(C, A, B), {}, {}) == [((Kind.MOVED,), "entry-3")]


def test_a_move_to_another_section_says_from_where_to_where() -> None:
    (change,) = compare(issue(A, B), issue(B, universities=(A,)), was={}, now={}).entries
    assert change.kinds == (Kind.MOVED,)
    assert [(one.section, one.number) for one in change.before + change.after] == [("市县动态", 1), ("高校动态", 1)]


def test_an_entry_moved_and_edited_is_one_change() -> None:
    edited = replace(C, lead="丙县名师送教下乡。")
    assert told(issue(A, B, C), issue(edited, A, B), {}, {}) == [((Kind.MOVED, Kind.EDITED), "entry-3")]


def test_merged_entries_are_known_by_their_reports_though_every_word_is_new() -> None:
    (change,) = compare(
        issue(A, B, C), issue(JOINED, C), was={"entry-1": [11], "entry-2": [12]}, now={"entry-9": [11, 12]}
    ).entries
    assert change.kinds == (Kind.MERGED,)
    assert [one.key for one in change.before] == ["entry-1", "entry-2"]


def test_merged_entries_without_reports_are_known_by_their_words() -> None:
    joined = EntryContent("两县开展活动。", (*A.paragraphs, *B.paragraphs), "entry-9")
    assert told(issue(A, B), issue(joined), {}, {}) == [((Kind.MERGED,), "entry-9")]


def test_a_merged_entry_that_was_parted_again_is_one_change() -> None:
    parted = (replace(A, key="entry-21"), replace(B, key="entry-22"))
    (change,) = compare(
        issue(JOINED, C), issue(*parted, C), was={"entry-9": [11, 12]}, now={"entry-21": [11], "entry-22": [12]}
    ).entries
    assert change.kinds == (Kind.RESTORED,)
    assert [one.key for one in change.after] == ["entry-21", "entry-22"]


def test_a_report_taken_out_and_put_back_is_the_same_entry() -> None:
    again = replace(A, key="entry-30", lead="甲县开展联合教研。")
    assert told(issue(A, B), issue(again, B), {"entry-1": [11]}, {"entry-30": [11]}) == [((Kind.EDITED,), "entry-30")]


def test_masthead_and_imprint_are_told_line_by_line() -> None:
    after = replace(issue(A), label="拟第5期", issue_date=date(2031, 4, 10), copy_to="各县")
    changes = compare(issue(A), after, was={}, now={})
    assert [(row.label, row.before, row.after) for row in changes.around] == [
        ("期号", "拟第4期", "拟第5期"),
        ("报头日期", "2031年4月9日", "2031年4月10日"),
        ("送", "", "各县"),
    ]
    assert changes.entries == ()


def test_a_hundred_entries_in_reverse_keep_one_and_move_the_others() -> None:
    many = [EntryContent(f"第{number}条。", (f"正文{number}号。",), f"entry-{number}") for number in range(100, 200)]
    assert len(compare(issue(*many), issue(*reversed(many)), was={}, now={})) == 99


def test_an_issue_that_was_empty_has_everything_added() -> None:
    empty = replace(issue(), sections=())
    assert told(empty, issue(D), {}, {}) == [((Kind.ADDED,), "entry-4")]
    assert told(issue(D), empty, {}, {}) == [((Kind.REMOVED,), "entry-4")]
