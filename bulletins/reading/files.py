"""From bytes to numbered lines, whatever the file: UTF-8, GB18030 or UTF-16 text, or Word (.docx)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bulletins.reading.errors import UnreadableFile
from bulletins.reading.word import read_word

MAX_TEXT_BYTES = 2 * 1024 * 1024
"""Text of more than 2 MB is no issue and no report; the longest known issue has 20 kB."""
MAX_LINES = 20_000
"""No issue and no report has so many paragraphs."""

_OLD_WORD = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One line that is not empty: its number in the file from 1 (in Word the paragraph), and its text."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class SourceText:
    """The lines of a file; ``unit`` is what they are counted in (``line`` or ``paragraph``).

    ``leftovers`` is text found outside the body of a Word file (headers, footers, notes).
    """

    lines: tuple[SourceLine, ...]
    unit: str
    leftovers: tuple[str, ...] = ()


def load_lines(source: bytes, *, filename: str) -> SourceText:
    """The lines of a .txt or .docx file, bold runs of Word marked ``**…**``.

    Raises UnreadableFile for what is empty, too large, of another kind, or dangerous to unpack.
    """
    if not source.strip():
        raise UnreadableFile("这个文件是空的，请选择有内容的 TXT 或 Word（.docx）文件。")
    if source.startswith(_OLD_WORD):
        raise UnreadableFile("这是旧版 Word 文件，请在 Word 中另存为 .docx 格式后再上传。")
    if filename.lower().endswith(".docx") or source.startswith(_ZIP):
        word = read_word(source)
        return _checked(SourceText(_numbered(word.paragraphs), "paragraph", word.leftovers))
    return _checked(SourceText(_numbered(_decode(source).splitlines()), "line"))


def _checked(text: SourceText) -> SourceText:
    if not text.lines:
        raise UnreadableFile("这个文件里没有文字，请选择有内容的 TXT 或 Word（.docx）文件。")
    if len(text.lines) > MAX_LINES or sum(len(line.text.encode()) for line in text.lines) > MAX_TEXT_BYTES:
        raise UnreadableFile(_TOO_LARGE)
    return text


_TOO_LARGE = "文件中的文字超过 2 MB，不像是一期工作动态或一篇稿件，请检查是否选错了文件。"
_BINARY = "这个文件不是文字文件，请选择 TXT 或 Word（.docx）文件。"


def _decode(source: bytes) -> str:
    if len(source) > MAX_TEXT_BYTES:
        raise UnreadableFile(_TOO_LARGE)
    wide = source.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "gb18030"):
        try:
            text = source.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _CONTROLS.search(text):
            break
        return text
    raise UnreadableFile(_BINARY)


def _numbered(lines: list[str] | tuple[str, ...]) -> tuple[SourceLine, ...]:
    stripped = (_INVISIBLE.sub("", line).strip() for line in lines)
    return tuple(SourceLine(number, line) for number, line in enumerate(stripped, start=1) if line)
