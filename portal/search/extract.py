"""The words in a file that somebody added: bounded in size and time, and never a reason for anything to fail.

This reads for finding only. What an officer uploads to be taken over as a report is read with more care elsewhere.
"""

from __future__ import annotations

import logging
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator
from typing import IO
from xml.etree.ElementTree import Element

import pypdfium2
from defusedxml.ElementTree import fromstring
from openpyxl import load_workbook

from portal.files import kinds
from portal.files.office import check_archive

logger = logging.getLogger(__name__)

LONGEST_TEXT = 200_000
LONGEST_SECONDS = 20.0
LARGEST_PART = 20_000_000
MOST_SLIDES = 500
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
#: The same text box stands in a Word file twice: once for old programs.
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def text_of(file: IO[bytes], media_type: str) -> str:
    """The words of ``file``, lines parted by line ends; empty where it holds none or cannot be read."""
    reader = _readers.get(media_type)
    if reader is None:
        return ""
    try:
        return _bounded(reader(file))
    except MemoryError:
        raise
    except Exception:  # a broken file is no error of ours, whatever the libraries make of it
        logger.info("no text could be read from a file of type %s", media_type, exc_info=True)
        return ""


def _bounded(lines: Iterable[str]) -> str:
    """As much of ``lines`` as size and time allow; what a file gave before it broke is kept."""
    end = time.monotonic() + LONGEST_SECONDS
    kept: list[str] = []
    size = 0
    try:
        for line in lines:
            clean = line.replace("\x00", "").strip()
            if clean:
                kept.append(clean)
                size += len(clean) + 1
            if size > LONGEST_TEXT or time.monotonic() > end:
                break
    except MemoryError:
        raise
    except Exception:
        logger.info("a file could be read in part only", exc_info=True)
    return "\n".join(kept)[:LONGEST_TEXT]


def _pdf(file: IO[bytes]) -> Iterator[str]:
    document = pypdfium2.PdfDocument(file.read())
    try:
        for page in document:
            text = page.get_textpage()
            yield from str(text.get_text_bounded()).splitlines()
            text.close()
            page.close()
    finally:
        document.close()


def _word(file: IO[bytes]) -> Iterator[str]:
    with zipfile.ZipFile(file) as archive:
        check_archive(archive)
        yield from _paragraphs(_part(archive, "word/document.xml"), _WORD)


def _slides(file: IO[bytes]) -> Iterator[str]:
    with zipfile.ZipFile(file) as archive:
        check_archive(archive)
        present = set(archive.namelist())
        for number in range(1, MOST_SLIDES + 1):
            name = f"ppt/slides/slide{number}.xml"
            if name in present:
                yield from _paragraphs(_part(archive, name), _DRAWING)


def _sheets(file: IO[bytes]) -> Iterator[str]:
    with zipfile.ZipFile(file) as archive:
        check_archive(archive)
    book = load_workbook(file, read_only=True, data_only=True)
    try:
        for sheet in book.worksheets:
            yield str(sheet.title)
            for row in sheet.iter_rows(values_only=True):
                yield " ".join(str(cell) for cell in row if cell is not None)
    finally:
        book.close()


def _part(archive: zipfile.ZipFile, name: str) -> Element:
    with archive.open(name) as part:
        content = part.read(LARGEST_PART + 1)
    if len(content) > LARGEST_PART:
        raise ValueError(f"{name} is too large")
    root: Element = fromstring(content)
    return root


def _paragraphs(root: Element, space: str) -> Iterator[str]:
    """Lines of text below ``root``: a paragraph each, and those of a text box after the one that holds it."""
    line: list[str] = []
    inner: list[Element] = []
    for child in root:
        _collect(child, space, line, inner)
    if line:
        yield "".join(line)
    for paragraph in inner:
        yield from _paragraphs(paragraph, space)


def _collect(node: Element, space: str, line: list[str], inner: list[Element]) -> None:
    """The text of ``node`` into ``line``; paragraphs inside it are put off to ``inner``."""
    stack = [node]
    while stack:
        here = stack.pop()
        if here.tag == _FALLBACK:
            continue
        if here.tag == f"{space}p":
            inner.append(here)
        elif here.tag == f"{space}t":
            line.append(here.text or "")
        elif here.tag in (f"{space}tab", f"{space}br"):
            line.append(" ")
        else:
            stack.extend(reversed(here))


_readers: dict[str, Callable[[IO[bytes]], Iterator[str]]] = {
    kinds.PDF.media_type: _pdf,
    kinds.WORD.media_type: _word,
    kinds.EXCEL.media_type: _sheets,
    kinds.SLIDES.media_type: _slides,
}
#: Types of files that can hold text that we read.
READABLE = frozenset(_readers)
