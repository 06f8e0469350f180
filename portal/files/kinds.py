"""What a file really is: told by its content, never by its name."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from typing import IO

import pypdfium2
from PIL import Image, UnidentifiedImageError

from portal.files.office import main_part_of
from portal.refusals import Refused

#: Beyond this a picture fills a server's memory when it is opened; a camera's largest has about 50 million.
MOST_PIXELS = 60_000_000
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WELCOME = "可以添加的有：图片（JPG、PNG、WebP）、PDF，以及 Word（.docx）、Excel（.xlsx）、PowerPoint（.pptx）文件。"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file that is taken in; ``endings`` begin with the usual one."""

    media_type: str
    endings: tuple[str, ...]


_OPEN_XML = "application/vnd.openxmlformats-officedocument"
JPEG = Kind("image/jpeg", (".jpg", ".jpeg"))
PNG = Kind("image/png", (".png",))
WEBP = Kind("image/webp", (".webp",))
PDF = Kind("application/pdf", (".pdf",))
WORD = Kind(f"{_OPEN_XML}.wordprocessingml.document", (".docx",))
EXCEL = Kind(f"{_OPEN_XML}.spreadsheetml.sheet", (".xlsx",))
SLIDES = Kind(f"{_OPEN_XML}.presentationml.presentation", (".pptx",))
_PICTURES = {"JPEG": JPEG, "PNG": PNG, "WEBP": WEBP}
_OFFICE = {kind.media_type: kind for kind in (WORD, EXCEL, SLIDES)}
#: What a browser may show by itself; everything else is saved.
SHOWN_INLINE = frozenset(kind.media_type for kind in (JPEG, PNG, WEBP, PDF))


def recognise(file: IO[bytes]) -> Kind:
    """The kind of ``file``. Raises Refused with a sentence for what is not taken in or cannot be opened."""
    file.seek(0)
    start = file.read(1024)
    file.seek(0)
    if start.startswith(OLE):
        raise Refused("这是旧版 Office 文件，或设有打开密码。请去掉密码，另存为 .docx、.xlsx 或 .pptx 后再添加。")
    if start.startswith(b"PK\x03\x04"):
        return _OFFICE[main_part_of(file)]
    if b"%PDF-" in start:
        return _pdf(file)
    if start.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or (start[:4] == b"RIFF" and start[8:12] == b"WEBP"):
        return _picture(file)
    raise Refused(f"不能添加这种文件。{WELCOME}")


def _pdf(file: IO[bytes]) -> Kind:
    try:
        document = pypdfium2.PdfDocument(file.read())
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise Refused("这个 PDF 设有打开密码，请去掉密码后再添加。") from error
        raise Refused("这个 PDF 已损坏，打不开。请重新导出后再添加。") from error
    try:
        if len(document) == 0:
            raise Refused("这个 PDF 里没有页面，请检查后再添加。")
    finally:
        document.close()
    return PDF


def _picture(file: IO[bytes]) -> Kind:
    """Read the head of a picture only: its pixels are never unpacked here."""
    try:
        with Image.open(file, formats=tuple(_PICTURES)) as picture:
            kind, (width, height) = _PICTURES[str(picture.format)], picture.size
            if width * height <= MOST_PIXELS:
                picture.verify()
    except Image.DecompressionBombError as error:
        raise Refused(_TOO_MANY_PIXELS) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, struct.error, zlib.error) as error:
        raise Refused("这张图片已损坏，打不开。请重新导出后再添加。") from error
    if width * height > MOST_PIXELS:
        raise Refused(_TOO_MANY_PIXELS)
    return kind


_TOO_MANY_PIXELS = "图片尺寸过大（超过 6000 万像素），请缩小后再添加。"
