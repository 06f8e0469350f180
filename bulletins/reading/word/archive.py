"""A .docx as an archive of parts: safe to unpack, entities refused, nothing outside it ever fetched."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from bulletins.reading.errors import UnreadableFile
from bulletins.reading.word.names import in_usual_names

MAX_FILE_BYTES = 30 * 1024 * 1024
MAX_UNPACKED_BYTES = 120 * 1024 * 1024
MAX_READ_BYTES = 8 * 1024 * 1024
MAX_MEMBERS = 2000
MAX_RATIO = 200
"""Word's own XML packs 10 to 30 times; a part that packs 200 times is no writing of a person."""

_PACKING = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_ENCRYPTED = 1  # the bit in a member's flags
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    ParseError,
    DefusedXmlException,
    OSError,
    RuntimeError,
    EOFError,
    ValueError,
)
"""What the libraries raise for a file that is torn, locked, nested without end (RecursionError) or no Word file."""

NOT_WORD = "这个文件不是可用的 Word（.docx）文件，可能已损坏。请在 Word 中打开并另存为 .docx 后再上传。"
_BOMB = "这个 Word 文件解压后异常庞大，为安全起见没有打开。请把文字复制到新的 Word 文件中再上传。"
_MACRO = "这个 Word 文件带有宏，为安全起见没有打开。请在 Word 中另存为不带宏的 .docx 后再上传。"
_LOCKED = "这个文件设有打开密码，请在 Word 中去掉密码、保存后再上传。"
_MACRO_SIGNS = ("macroenabled", "vbaproject", "vbadata")
_OTHERS = (
    ("Index/Document.iwa", "这是苹果 Pages 文稿，请在 Pages 中导出为 Word（.docx）后再上传。"),
    ("index.apxl", "这是苹果 Pages 文稿，请在 Pages 中导出为 Word（.docx）后再上传。"),
    ("content.xml", "这是 OpenDocument（.odt）文稿，请在 WPS 或 Word 中另存为 .docx 后再上传。"),
    ("xl/workbook.xml", "这是 Excel 表格，不是 Word 文件。请把文字写在 Word（.docx）里再上传，表格可以作为附件添加。"),
    ("ppt/presentation.xml", "这是演示文稿，不是 Word 文件。请把文字写在 Word（.docx）里再上传。"),
)


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part refers to: ``kind`` is the last word of its type (image, hyperlink, attachedTemplate…)."""

    kind: str
    target: str
    external: bool


class WordArchive:
    """The parts of an opened .docx."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = frozenset(archive.namelist())
        self._refuse_macros()
        self.main = self._main()

    @property
    def names(self) -> frozenset[str]:
        """Names of all parts."""
        return self._names

    def tree(self, name: str) -> Element | None:
        """The root of an XML part, or None where there is no such part."""
        if name not in self._names:
            return None
        return in_usual_names(fromstring(self._archive.read(name)))

    def body(self) -> Element:
        """The root of the document itself; KeyError where there is none."""
        root = self.tree(self.main)
        if root is None:
            raise KeyError(self.main)
        return root

    def data(self, name: str) -> bytes:
        """The bytes of a part."""
        return self._archive.read(name)

    def beside(self, pattern: str) -> list[str]:
        """Names of the parts in the main part's folder that match ``pattern``, in order."""
        folder = re.escape(posixpath.dirname(self.main))
        match = re.compile(f"{folder}/(?:{pattern})\\.xml")
        return sorted(name for name in self._names if match.fullmatch(name))

    def relations(self, part: str | None = None) -> dict[str, Relation]:
        """What ``part`` (the main one if not given) refers to, by id; targets inside are full names."""
        part = self.main if part is None else part
        folder, name = posixpath.split(part)
        root = self.tree(posixpath.join(folder, "_rels", f"{name}.rels"))
        return {} if root is None else {link.get("Id", ""): _relation(link, folder) for link in root}

    def _refuse_macros(self) -> None:
        types = self.tree("[Content_Types].xml")
        kinds = [] if types is None else [kind.get("ContentType", "").lower() for kind in types]
        names = [name.lower() for name in self._names]
        if any(sign in word for word in (*kinds, *names) for sign in _MACRO_SIGNS):
            raise UnreadableFile(_MACRO)

    def _main(self) -> str:
        """Word names its main part in the archive's own relations; it is not always word/document.xml."""
        for relation in self._top().values():
            if relation.kind == "officeDocument" and relation.target in self._names:
                return relation.target
        return "word/document.xml"

    def _top(self) -> dict[str, Relation]:
        root = self.tree("_rels/.rels")
        return {} if root is None else {link.get("Id", ""): _relation(link, "") for link in root}


@contextmanager
def opened(source: bytes) -> Iterator[WordArchive]:
    """The archive in ``source``. Raises UnreadableFile for what is no Word file, broken, locked or dangerous.

    Errors of the libraries inside the ``with`` block come out as UnreadableFile too.
    """
    if len(source) > MAX_FILE_BYTES:
        raise UnreadableFile(
            f"这个 Word 文件有 {len(source) // (1024 * 1024)} MB，超过 30 MB。请在 Word 中压缩或删去图片后再上传。"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(source)) as archive:
            _check(archive)
            yield WordArchive(archive)
    except UnreadableFile:
        raise
    except _BROKEN as error:
        raise UnreadableFile(NOT_WORD) from error


def _check(archive: zipfile.ZipFile) -> None:
    """Sizes, packing and kind, from the table of contents alone."""
    members = archive.infolist()
    names = {member.filename for member in members}
    unpacked = sum(member.file_size for member in members)
    read = sum(member.file_size for member in members if member.filename.endswith((".xml", ".rels")))
    squeezed = any(
        member.file_size > 1_000_000 and member.file_size > MAX_RATIO * max(member.compress_size, 1)
        for member in members
        if not _is_picture(member.filename)
    )
    if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED_BYTES or read > MAX_READ_BYTES or squeezed:
        raise UnreadableFile(_BOMB)
    for name, sentence in _OTHERS:
        if name in names:
            raise UnreadableFile(sentence)
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise UnreadableFile(_LOCKED)
    if any(member.compress_type not in _PACKING for member in members):
        raise UnreadableFile(NOT_WORD)


def _is_picture(name: str) -> bool:
    """Screens of one colour pack a thousand times; their size is bounded with all others'."""
    return name.lower().endswith((".bmp", ".emf", ".wmf", ".tif", ".tiff", ".png"))


def _relation(link: Element, folder: str) -> Relation:
    kind = link.get("Type", "").rpartition("/")[2]
    target = link.get("Target", "")
    external = link.get("TargetMode") == "External"
    if not external:
        target = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
    return Relation(kind, target, external)
