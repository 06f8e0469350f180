"""Small files of every kind, good and bad, made on the spot."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pypdfium2
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

_OFFICE = "application/vnd.openxmlformats-officedocument"
MAIN = {
    "docx": f"{_OFFICE}.wordprocessingml.document.main+xml",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet.main+xml",
    "pptx": f"{_OFFICE}.presentationml.presentation.main+xml",
}
MACRO = "application/vnd.ms-word.document.macroEnabled.main+xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def upload(content: bytes, name: str = "附件") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def picture(form: str = "PNG", size: tuple[int, int] = (8, 6)) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, (163, 22, 29)).save(target, form)
    return target.getvalue()


def png_that_claims(width: int, height: int) -> bytes:
    """A PNG of a few bytes whose head promises a huge picture."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def pdf() -> bytes:
    target = io.BytesIO()
    document = pypdfium2.PdfDocument.new()
    document.new_page(100, 100)
    document.save(target)
    document.close()
    return target.getvalue()


def office_file(main: str = MAIN["docx"], parts: dict[str, bytes] | None = None) -> bytes:
    """An Open XML file with ``main`` as its main part, and other parts by name."""
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/main.xml" ContentType="{main}"/></Types>'
    )
    return archive({"[Content_Types].xml": types.encode(), "main.xml": b"<a/>", **(parts or {})})


def archive(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return target.getvalue()
