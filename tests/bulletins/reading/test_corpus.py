"""Every Word file of the corpus reads as a person would read it, and every change can be taken back."""

from __future__ import annotations

import re
import time

import pytest

from bulletins.reading import ReadDocument, read_document
from tests.bulletins.reading.corpus import CORPUS
from tests.bulletins.reading.word_case import FIRST, SECOND, TITLE, WordCase
from tests.bulletins.reading.word_files import InWord

_CASES = pytest.mark.parametrize("case", CORPUS, ids=lambda case: case.name)


def read(case: WordCase) -> ReadDocument:
    return read_document(case.make(), filename="来稿.docx")


def test_the_corpus_is_large_enough() -> None:
    assert len(CORPUS) >= 20


@_CASES
def test_a_word_file_gives_title_text_pictures_and_notes(case: WordCase) -> None:
    found = read(case)
    assert (found.title, found.text) == (case.title, case.text)
    assert tuple(picture.caption for picture in found.pictures) == case.captions
    assert tuple(dict.fromkeys(change.what for change in found.changes)) == case.changes
    assert len(found.notes) == len(case.notes)
    for told, expected in zip(found.notes, case.notes, strict=True):
        assert expected in told


@_CASES
def test_every_change_can_be_refused_alone(case: WordCase) -> None:
    found = read(case)
    accepted = found.words()
    for change in found.changes:
        assert found.words({change.key}) != accepted, change.what
    assert len({change.key for change in found.changes}) == len(found.changes)


@_CASES
def test_a_reading_survives_being_stored(case: WordCase) -> None:
    found = read(case)
    again = ReadDocument.from_json(found.to_json())
    assert (again.words(), again.changes, again.notes) == (found.words(), found.changes, found.notes)


def test_with_all_changes_refused_the_text_is_as_in_the_file() -> None:
    case = next(case for case in CORPUS if "blanks inside dates" in case.name)
    found = read(case)
    title, text = found.words({change.key for change in found.changes})
    assert title == TITLE
    assert text == "3 月 7 日, 青石师范学院 38 名师范生到青石县三所村小上课.\n校长、教师等５０余人一起评课。"


def test_refused_tracked_changes_leave_the_text_before_them() -> None:
    case = next(case for case in CORPUS if case.name == "tracked changes of an editor")
    found = read(case)
    editor = {change.key for change in found.changes if "王编辑" in change.what}
    assert found.words(editor)[1] == FIRST.replace("7日", "6日") + f"\n{SECOND}"
    moved_away = next(change.key for change in found.changes if change.what == "采纳修订：删除（李审核）")
    assert "上课。上课。" in found.words({moved_away})[1]


def test_refused_numbers_and_captions_stand_as_in_the_file() -> None:
    case = next(case for case in CORPUS if case.name == "a picture with its caption below")
    found = read(case)
    assert found.words({found.changes[0].key})[1] == f"{FIRST}\n图1 师范生在上课\n{SECOND}"


def test_a_report_of_twenty_pages_with_ten_pictures_is_read_in_time() -> None:
    """The issue's bound is 2 s; this holds reading alone to half of it, so that a slow machine passes too."""
    made = InWord().line(TITLE, centred=True)
    for page in range(20):
        made.line(f"{page + 1}、第 {page + 1} 次, 一起备课(上午)。" + FIRST * 10).line(SECOND * 12)
        if page % 2:
            made.picture(width=1600, height=1200, colour=f"#0000{page:02x}").line(f"图{page} 上课", centred=True)
    source = made.saved()
    began = time.process_time()  # other work on the machine does not count
    found = read_document(source, filename="a.docx")
    assert time.process_time() - began < 1
    assert len(found.pictures) == 10
    assert len(re.findall("图", found.text)) == 0
