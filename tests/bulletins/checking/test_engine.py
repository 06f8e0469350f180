from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from time import process_time

import pytest

from bulletins.checking import MOST_FINDINGS, RULES, CheckedText, Weight, check, mended
from bulletins.content import IssueContent
from bulletins.reading import read_issue
from tests.bulletins.checking.samples import around, entry, found

SEEDS = Path(__file__).parents[3] / "../shared/seeds"


class TestQuotedWords:
    def test_a_slip_inside_a_quote_is_told_without_a_fix(self) -> None:
        (finding,) = found(entry("他说：“要布署好工作。”"), rule="listed")
        assert finding.quoted
        assert finding.fix is None

    def test_so_is_one_inside_a_locked_passage(self) -> None:
        (finding,) = found(entry("会上布署了工作，随后散会。", locked=("会上布署了工作",)), rule="listed")
        assert finding.fix is None

    def test_outside_of_both_it_has_one(self) -> None:
        (finding,) = found(entry("会上布署了工作，“五个一批”照常。", locked=("“五个一批”照常",)), rule="listed")
        assert finding.fix == "部署"


def test_findings_stand_in_the_order_of_the_words() -> None:
    places = [(finding.field, finding.start) for finding in found(entry("教师,参加。。布署工作。", lead="备课"))]
    assert places[0][0] == "lead"
    assert places[1:] == sorted(places[1:])


def test_a_finding_is_known_by_the_words_around_it_not_by_its_place() -> None:
    before = found(entry("会上布署了工作。"), rule="listed")[0]
    after = found(entry("11月5日，开会。\n会上布署了工作。"), rule="listed")[0]
    assert before.passage == after.passage
    assert before.start != after.start


def test_overlapping_fixes_do_not_spoil_each_other() -> None:
    one = entry("教师参加。。,共３８人 布署工作")
    better = mended(one, found(one))
    assert "。。" not in better.text
    assert better.text.endswith("部署工作。")


def test_only_one_text_is_told_where_one_is_asked_for() -> None:
    texts = (entry("甲布署。", key="a"), entry("乙布署。", key="b"))
    assert {finding.key for finding in check(texts, around(), only="b")} == {"b"}


@pytest.mark.parametrize("text", ["", "\n\n", "。", "，。、；：“”《》（）", "“" * 50, "》" * 50, " ", "\u3000"])
def test_nothing_and_only_marks_are_borne(text: str) -> None:
    assert isinstance(found(entry(text, lead=text[:20])), list)


@pytest.mark.parametrize(
    "char", ["的", "1", " ", "“", "《", "，", "一", "a", ",", "日", "十", "0", "(", "\n", '"', "名"]
)
def test_a_hundred_thousand_times_one_character_takes_no_long(char: str) -> None:
    start = process_time()
    text = char * (100_000 // len(char) or 1)
    assert len(found(entry(text))) <= MOST_FINDINGS
    assert process_time() - start < 4


@pytest.mark.parametrize(
    "text", ["“" * 50_000 + "》" * 50_000, "“" * 50_000 + "”" * 50_000, "共5人。" * 25_000, "共5人" * 30_000]
)
def test_nor_do_rows_of_marks_and_figures(text: str) -> None:
    test_a_hundred_thousand_times_one_character_takes_no_long(text)


def test_twenty_thousand_characters_are_read() -> None:
    text = "11月5日，青山师范大学的教师到绿水县备课，38人参加。" * 700
    assert len(found(entry(text))) <= MOST_FINDINGS


def published() -> list[IssueContent]:
    """The two published issues; where their folder is absent, one of ours."""
    paths = [path for start in ("000", "001") for path in SEEDS.glob(f"{start}*.txt")]
    issues = [read_issue(path.read_bytes(), filename=path.name).content for path in paths]
    return issues or [IssueContent("", "", "", "", date(2024, 12, 2), ())]


@pytest.mark.parametrize("issue", published(), ids=lambda issue: issue.label)
def test_a_published_issue_raises_no_false_alarm(issue: IssueContent) -> None:
    texts = [
        CheckedText(f"{section.name}{number}", one.lead, "\n".join(one.paragraphs), section.name)
        for section in issue.sections
        for number, one in enumerate(section.entries)
    ]
    window = (issue.issue_date - timedelta(days=35), issue.issue_date)
    findings = check(texts, around(today=issue.issue_date, reference=issue.issue_date, window=window))
    assert [finding for finding in findings if finding.weight != Weight.HINT] == []


def test_every_rule_has_a_name_of_its_own() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert all((rule.find is None) != (rule.find_all is None) for rule in RULES)
