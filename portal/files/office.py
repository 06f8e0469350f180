"""Office files (Open XML): safe to unpack, without macros, and which of the three kinds."""

from __future__ import annotations

import zipfile
import zlib
from typing import IO
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from portal.refusals import Refused

MOST_MEMBERS = 5_000
MOST_UNPACKED = 200_000_000
#: Sheets of figures shrink to about a fiftieth; a bomb to a thousandth.
MOST_SHRUNK = 150
#: A small file may shrink as it likes.
RATIO_COUNTS_FROM = 10_000_000
LARGEST_LIST = 2_000_000
_CONTENT_TYPES = "[Content_Types].xml"
_MAIN = ".main+xml"
_MACRO_SIGNS = ("macroenabled", "vbaproject", "activex", "macrosheet")


def main_part_of(file: IO[bytes]) -> str:
    """The media type of an Office file, told by its list of contents.

    Raises Refused with a sentence for a bomb, a macro file, another kind of archive or a broken one.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            check_archive(archive)
            return _kind(_content_types(archive))
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OSError) as error:
        raise Refused("这个文件已损坏，打不开。请重新保存后再添加。") from error


def check_archive(archive: zipfile.ZipFile) -> None:
    """Raise Refused where unpacking could swamp the server; reads the table of contents only."""
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    too_dense = unpacked > RATIO_COUNTS_FROM and unpacked > packed * MOST_SHRUNK
    if len(members) > MOST_MEMBERS or unpacked > MOST_UNPACKED or too_dense:
        raise Refused("这个文件解压后异常庞大，为安全起见不予接收。请检查文件，或另存为 PDF 后再添加。")
    if any(member.flag_bits & 1 for member in members):
        raise Refused("这个文件设有密码，请去掉密码后再添加。")


def _content_types(archive: zipfile.ZipFile) -> list[str]:
    """Content types of all parts, lower case, and the names of the parts: whatever could betray a macro."""
    names = archive.namelist()
    if _CONTENT_TYPES not in names:
        raise Refused("不接收压缩包。请解压后，把其中的文件分别添加。")
    with archive.open(_CONTENT_TYPES) as part:
        content = part.read(LARGEST_LIST + 1)
    if len(content) > LARGEST_LIST:
        raise Refused("这个文件的内部结构异常，为安全起见不予接收。请另存为 PDF 后再添加。")
    try:
        root = fromstring(content)
    except (ParseError, DefusedXmlException) as error:
        raise ValueError("no list of contents") from error
    return [element.get("ContentType", "").lower() for element in root] + [name.lower() for name in names]


def _kind(parts: list[str]) -> str:
    if any(sign in part for part in parts for sign in _MACRO_SIGNS):
        raise Refused("这个文件带有宏，为安全起见不予接收。请另存为不带宏的 .docx、.xlsx 或 .pptx 文件后再添加。")
    for kind in ("wordprocessingml.document", "spreadsheetml.sheet", "presentationml.presentation"):
        media_type = f"application/vnd.openxmlformats-officedocument.{kind}"
        if media_type + _MAIN in parts:
            return media_type
    raise Refused("不接收这种压缩格式的文件，只接收 Word（.docx）、Excel（.xlsx）和 PowerPoint（.pptx）。")
