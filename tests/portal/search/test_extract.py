"""The words of files: read in a worker, bounded, and a broken file simply has none."""

from __future__ import annotations

import io

import docx
import openpyxl
import pytest

from bulletins.models import Submission
from portal.accounts.models import User
from portal.files import kinds
from portal.files.models import Attachment
from portal.files.services import attach_file, detach_file
from portal.jobs.models import Job, JobState
from portal.jobs.services import run
from portal.search import extract
from portal.search.extract import text_of
from portal.search.jobs import order_readings
from tests.factories import make_draft
from tests.portal.files.samples import MAIN, archive, office_file, pdf, upload
from tests.portal.search.looking import keys


def word_file(*paragraphs: str) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.add_table(1, 1).cell(0, 0).text = "表中的文字"
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def sheet(*cells: str | int | None) -> bytes:
    book = openpyxl.Workbook()
    book.create_sheet("人数").append(cells)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def slides(*texts: str) -> bytes:
    space = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    lines = "".join(f"<a:p><a:r><a:t>{text}</a:t></a:r></a:p>" for text in texts)
    return office_file(MAIN["pptx"], {"ppt/slides/slide1.xml": f"<s {space}>{lines}</s>".encode()})


def read(content: bytes, kind: kinds.Kind) -> str:
    return text_of(io.BytesIO(content), kind.media_type)


def test_word_files_are_read_with_their_tables() -> None:
    assert read(word_file("第一段。", "第二段。"), kinds.WORD).split("\n") == ["第一段。", "第二段。", "表中的文字"]


def test_sheets_are_read_row_by_row() -> None:
    assert "横峰县 38" in read(sheet("横峰县", None, 38), kinds.EXCEL)


def test_slides_are_read_line_by_line() -> None:
    assert read(slides("单元设计", "课堂提问"), kinds.SLIDES) == "单元设计\n课堂提问"


def test_a_pdf_without_words_has_none() -> None:
    assert read(pdf(), kinds.PDF) == ""


@pytest.mark.parametrize("kind", [kinds.WORD, kinds.EXCEL, kinds.SLIDES, kinds.PDF], ids=str)
@pytest.mark.parametrize("content", [b"", b"nonsense", b"%PDF-1.7 cut", archive({"a": b"b"})], ids=["0", "1", "2", "3"])
def test_a_broken_file_has_no_words(kind: kinds.Kind, content: bytes) -> None:
    assert read(content, kind) == ""


def test_pictures_are_not_read() -> None:
    assert read(b"\x89PNG", kinds.PNG) == ""


def test_an_endless_file_is_read_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extract, "LONGEST_TEXT", 10)
    assert read(word_file("甲" * 8, "乙" * 8, "丙" * 8), kinds.WORD) == "甲" * 8 + "\n乙"


@pytest.mark.django_db
class TestReading:
    def attached(self, officer: User, content: bytes, name: str = "方案.docx") -> tuple[Submission, Attachment]:
        draft = make_draft(officer)
        return draft, attach_file(owner=draft, upload=upload(content, name), by=officer)

    def test_a_worker_reads_a_file_once_and_its_words_are_found(self, officer: User) -> None:
        _, file = self.attached(officer, word_file("跨校走课安排"))
        assert keys(officer, "走课", "file") == set()
        assert order_readings() == 1
        run(Job.objects.get(kind="read-file").pk)
        assert keys(officer, "走课", "file") == {file.pk}
        assert order_readings() == 0

    def test_a_file_that_was_taken_away_hinders_nobody(self, officer: User) -> None:
        _, file = self.attached(officer, word_file("跨校走课安排"))
        order_readings()
        detach_file(file, by=officer)
        job = Job.objects.get(kind="read-file")
        run(job.pk)
        job.refresh_from_db()
        assert job.state == JobState.DONE
        assert keys(officer, "走课", "file") == set()
