"""The text of a Word file, read straight from its XML.

mammoth and python-docx leave out text boxes, nested tables or bold runs, and an issue often has its
masthead in a text box and its imprint in a table. Nothing outside the file is ever fetched, entities are
refused (defusedxml), and sizes are checked before anything is unpacked.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from bulletins.reading.errors import UnreadableFile

MAX_FILE_BYTES = 30 * 1024 * 1024
MAX_UNPACKED_BYTES = 120 * 1024 * 1024
MAX_READ_BYTES = 8 * 1024 * 1024
MAX_MEMBERS = 2000
MAX_RATIO = 200
"""Word's own XML packs 10 to 30 times; a part that packs 200 times is no writing of a person."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_NOT_TEXT = {_FALLBACK, f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}rPr", f"{_W}pPr"}
_CHARS = {f"{_W}tab": " ", f"{_W}noBreakHyphen": "-", f"{_W}br": "\n", f"{_W}cr": "\n"}
_SYMBOL_STAR = {"F0AB", "2605"}  # Wingdings' star and the plain one
_SIDE_PARTS = re.compile(r"word/(?:header|footer|footnotes|endnotes)\d*\.xml")
_READ_PARTS = re.compile(r"word/(?:document|numbering|header|footer|footnotes|endnotes)\d*\.xml")
_PACKING = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    ParseError,
    DefusedXmlException,
    OSError,
    RuntimeError,
    EOFError,
)
"""What the libraries raise for a file that is torn, locked, nested without end (RecursionError) or no Word file."""
_CHINESE = re.compile("[\u4e00-\u9fff]")
_PAGE_NUMBER = re.compile(r"第?\d*页?[，,/ ]*共?\d*页?")

_NOT_WORD = "这个文件不是可用的 Word（.docx）文件，可能已损坏。请在 Word 中打开并另存为 .docx 后再上传。"
_BOMB = "这个 Word 文件解压后异常庞大，为安全起见没有打开。请把文字复制到新的 Word 文件中再上传。"


@dataclass(frozen=True, slots=True)
class WordText:
    """Paragraphs in reading order, empty ones too; ``leftovers``: Chinese text of headers, footers, notes."""

    paragraphs: tuple[str, ...]
    leftovers: tuple[str, ...]


def read_word(source: bytes) -> WordText:
    """The text of a .docx, tracked insertions taken as done and deletions as gone, bold runs as ``**…**``.

    Raises UnreadableFile for what is no Word file, is broken, or is dangerous to unpack.
    """
    if len(source) > MAX_FILE_BYTES:
        raise UnreadableFile("这个 Word 文件超过 30 MB，请删去图片或只保留文字后再上传。")
    try:
        with zipfile.ZipFile(io.BytesIO(source)) as archive:
            _check_sizes(archive)
            return _read_archive(archive)
    except UnreadableFile:
        raise
    except (*_BROKEN, ValueError) as error:
        raise UnreadableFile(_NOT_WORD) from error


def _read_archive(archive: zipfile.ZipFile) -> WordText:
    body = fromstring(archive.read("word/document.xml"))
    sides = [fromstring(archive.read(name)) for name in archive.namelist() if _SIDE_PARTS.fullmatch(name)]
    stars = _star_lists(archive)
    texts = (_paragraph_text(paragraph, stars) for paragraph in _paragraphs(body))
    return WordText(tuple(line for text in texts for line in text.split("\n")), tuple(_side_text(sides)))


def _check_sizes(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    read = sum(member.file_size for member in members if _READ_PARTS.fullmatch(member.filename))
    squeezed = any(
        member.file_size > 1_000_000 and member.file_size > MAX_RATIO * max(member.compress_size, 1)
        for member in members
    )
    if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED_BYTES or read > MAX_READ_BYTES or squeezed:
        raise UnreadableFile(_BOMB)
    if any(member.compress_type not in _PACKING for member in members):
        raise UnreadableFile(_NOT_WORD)


def _star_lists(archive: zipfile.ZipFile) -> frozenset[str]:
    """Ids of the bullet lists whose bullet is a star: there the ★ is no text of the paragraph."""
    if "word/numbering.xml" not in archive.namelist():
        return frozenset()
    root = fromstring(archive.read("word/numbering.xml"))
    starred = {
        abstract.get(f"{_W}abstractNumId")
        for abstract in root.findall(f"{_W}abstractNum")
        if any(text.get(f"{_W}val") in {"★", "\uf0ab"} for text in abstract.iter(f"{_W}lvlText"))
    }
    return frozenset(
        number.get(f"{_W}numId", "")
        for number in root.findall(f"{_W}num")
        if any(link.get(f"{_W}val") in starred for link in number.findall(f"{_W}abstractNumId"))
    )


def _paragraphs(node: Element) -> Iterator[Element]:
    """Paragraphs in reading order; those of a text box come before the paragraph that holds the box."""
    for child in node:
        if child.tag in _NOT_TEXT:
            continue
        yield from _paragraphs(child)
        if child.tag == f"{_W}p":
            yield child


def _paragraph_text(paragraph: Element, stars: frozenset[str]) -> str:
    out = ""
    for text, bold in _runs(paragraph):
        if bold and text.strip():
            out = out[:-2] + text + "**" if out.endswith("**") else f"{out}**{text}**"
        else:
            out += text
    listed = paragraph.find(f"{_W}pPr/{_W}numPr/{_W}numId")
    starred = listed is not None and listed.get(f"{_W}val") in stars
    return f"★{out}" if starred and out.strip() else out


def _runs(node: Element) -> Iterator[tuple[str, bool]]:
    for child in node:
        if child.tag == f"{_W}r":
            text = "".join(_run_text(child))
            if text:
                yield text, _is_bold(child)
        elif child.tag not in _NOT_TEXT and child.tag != f"{_W}p":
            yield from _runs(child)


def _run_text(run: Element) -> Iterator[str]:
    for child in run:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag == f"{_W}sym":
            code = (child.get(f"{_W}char") or "").upper()
            yield "★" if code in _SYMBOL_STAR else chr(int(code or "FFFD", 16))
        elif child.tag in _CHARS:
            yield _CHARS[child.tag]


def _is_bold(run: Element) -> bool:
    mark = run.find(f"{_W}rPr/{_W}b")
    style = run.find(f"{_W}rPr/{_W}rStyle")
    strong = style is not None and style.get(f"{_W}val") == "Strong"
    return strong if mark is None else mark.get(f"{_W}val", "true") not in {"0", "false", "off"}


def _side_text(sides: list[Element]) -> Iterator[str]:
    for part in sides:
        for paragraph in _paragraphs(part):
            text = "".join(piece for piece, _ in _runs(paragraph)).strip()
            if _CHINESE.search(text) and not _PAGE_NUMBER.fullmatch(text):
                yield text
