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

_OLE = b"\xd0\xcf\x11\xe0"
_PASSWORD = "EncryptedPackage".encode("utf-16-le")
_SAVE_AS = "请用 Word 或 WPS 打开后另存为 .docx，再上传。"
_OTHER_KINDS = (
    ((b"{\\rtf",), f"这是 RTF 文件，{_SAVE_AS}"),
    ((b"%pdf-",), "这是 PDF 文件，不能从中取出文字。请上传 Word（.docx）原稿，PDF 可以作为附件添加。"),
    ((b"<!doctype html", b"<html", b"mime-version:"), f"这是网页格式的文件，{_SAVE_AS}"),
    ((b"<?mso-", b"<?xml"), f"这是 XML 格式的文件，{_SAVE_AS}"),
)
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
    refuse_other_kinds(source, filename=filename)
    if is_word(source, filename=filename):
        word = read_word(source)
        return _checked(SourceText(_numbered(word.paragraphs), "paragraph", word.leftovers))
    return _checked(SourceText(_numbered(decode(source).splitlines()), "line"))


def is_word(source: bytes, *, filename: str) -> bool:
    """Whether the file is to be read as .docx: by its content, else by its name."""
    return source.startswith(_ZIP) or filename.lower().endswith(".docx")


def refuse_other_kinds(source: bytes, *, filename: str) -> None:
    """Raise UnreadableFile, with what to do, for files that look like writing and are of another program."""
    if not source.strip():
        raise UnreadableFile("这个文件是空的，请选择有内容的 TXT 或 Word（.docx）文件。")
    if source.startswith(_OLE):
        raise UnreadableFile(_old_office(source, filename.lower()))
    start = source[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for signs, sentence in _OTHER_KINDS:
        if start.startswith(signs):
            raise UnreadableFile(sentence)


def _old_office(source: bytes, name: str) -> str:
    """Files of one old container: documents with a password, of WPS, of old Word."""
    if _PASSWORD in source:
        return "这个 Word 文件设有打开密码，请在 Word 中去掉密码、保存后再上传。"
    if name.endswith(".wps"):
        return "这是 WPS 文字的 .wps 文件，请在 WPS 中点“文件—另存为”，选择 Word 文件（.docx），再上传。"
    return "这是旧版 Word 文件（.doc），请在 Word 或 WPS 中点“文件—另存为”，另存为 .docx 格式后再上传。"


def _checked(text: SourceText) -> SourceText:
    if not text.lines:
        raise UnreadableFile("这个文件里没有文字，请选择有内容的 TXT 或 Word（.docx）文件。")
    if len(text.lines) > MAX_LINES or sum(len(line.text.encode()) for line in text.lines) > MAX_TEXT_BYTES:
        raise UnreadableFile(_TOO_LARGE)
    return text


_TOO_LARGE = "文件中的文字超过 2 MB，不像是一期工作动态或一篇稿件，请检查是否选错了文件。"
_BINARY = "这个文件不是文字文件，请选择 TXT 或 Word（.docx）文件。"


def decode(source: bytes) -> str:
    """The text of a .txt file, whatever Windows or WPS saved it as. Raises UnreadableFile for what is no text."""
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
