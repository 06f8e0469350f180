"""An issue of the bulletin as data, set in type: HTML and PDF. Reads no database and writes no file."""

from bulletins.layout.fetcher import AddressRefused, OwnFilesOnly
from bulletins.layout.fonts import Face, FontSet, FontsMissing, find_fonts
from bulletins.layout.press import CompiledPdf, compile_pdf, missing_characters, render_html

__all__ = [
    "AddressRefused",
    "CompiledPdf",
    "Face",
    "FontSet",
    "FontsMissing",
    "OwnFilesOnly",
    "compile_pdf",
    "find_fonts",
    "missing_characters",
    "render_html",
]
