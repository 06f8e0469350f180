"""Past issues come in whole, once, and raise the counter."""

from __future__ import annotations

from datetime import date

import pytest

from bulletins.models import Issue, Section
from bulletins.queries.issue import the_periodical
from bulletins.reading import UnreadableIssue
from bulletins.services.content import content_of
from bulletins.services.importing import Imported, import_issue
from bulletins.services.numbering import take_number
from bulletins.states import IssueState
from portal.jobs.models import Job
from portal.refusals import Refused
from tests.bulletins.reading.issues import PLAIN, SAMPLES, Sample

pytestmark = pytest.mark.django_db


def bring_in(text: str | bytes, filename: str = "issue.txt") -> Imported:
    source = text.encode() if isinstance(text, str) else text
    return import_issue(source, filename=filename, periodical=the_periodical(), by=None)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.label)
def test_an_issue_keeps_number_dates_sections_and_every_entry(sample: Sample) -> None:
    issue = bring_in(sample.source).issue
    content = content_of(issue)
    assert (issue.label, issue.number, issue.year) == (sample.label, sample.number, sample.year)
    assert (issue.issue_date, issue.printed_on) == (sample.issue_date, sample.printed_on)
    assert tuple((section.name, len(section.entries)) for section in content.sections) == sample.sections
    assert issue.state == IssueState.PRINTED


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.label)
def test_the_rows_say_the_same_as_the_frozen_content(sample: Sample) -> None:
    issue = bring_in(sample.source).issue
    rows = [(entry.lead, *entry.text.splitlines()) for entry in issue.entries.all()]
    frozen = [(entry.lead, *entry.paragraphs) for section in content_of(issue).sections for entry in section.entries]
    assert rows == frozen


def test_the_same_file_again_gives_the_issue_already_there() -> None:
    first, second = bring_in(PLAIN), bring_in(PLAIN)
    assert (first.is_new, second.is_new) == (True, False)
    assert second.issue.pk == first.issue.pk
    assert Issue.objects.count() == 1


def test_another_text_under_a_used_number_is_refused_and_nothing_changes() -> None:
    bring_in(PLAIN)
    with pytest.raises(Refused, match="内容与这份文件不同"):
        bring_in(PLAIN.replace("八位教师", "九位教师"))
    assert Issue.objects.count() == 1


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("2025年3月10日", "9999年3月10日", "9999年3月10日”年份不对"),
        ("〔2025〕第3期", "第99999999999期", "没有找到期号"),
        ("甲师范大学送课到乡里。", "甲师范大学送课" * 40, "作为导语最多200字"),
        ("领导小组组长", "领导小组组长、" * 60, "作为报最多300字"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_sentence_and_nothing_is_kept(old: str, new: str, sentence: str) -> None:
    assert old in PLAIN
    with pytest.raises((Refused, UnreadableIssue)) as refused:
        bring_in(PLAIN.replace(old, new))
    assert sentence in str(refused.value)
    assert not Issue.objects.exists()


def test_importing_raises_the_counter_so_that_the_number_is_never_given_again() -> None:
    number = bring_in(PLAIN.replace("〔2025〕第3期", "第41期")).issue.number
    assert number == 41
    assert take_number(the_periodical(), date(2025, 4, 1)) == (42, None, "第42期")


def test_importing_an_older_issue_does_not_lower_the_counter() -> None:
    bring_in(PLAIN.replace("〔2025〕第3期", "第41期"))
    bring_in(PLAIN.replace("〔2025〕第3期", "第16期"))
    assert take_number(the_periodical(), date(2025, 4, 1))[0] == 42


def test_a_section_that_the_periodical_does_not_know_is_added_after_the_others() -> None:
    bring_in(PLAIN.replace("【高校动态】", "【校园来信】"))
    assert Section.objects.order_by("order").last() == Section.objects.get(name="校园来信")


def test_the_final_pdf_is_ordered_at_once() -> None:
    issue = bring_in(PLAIN).issue
    assert Job.objects.filter(key=f"final:{issue.pk}", payload__kind="final").exists()


def test_a_file_that_is_no_issue_is_refused_with_a_sentence() -> None:
    with pytest.raises(UnreadableIssue) as refused:
        bring_in("今天天气很好。")
    assert refused.value.message_zh.endswith("。")
    assert not Issue.objects.exists()
