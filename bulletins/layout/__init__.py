"""An issue of the bulletin as data, set in type: HTML, PDF and Word. Reads no database and writes no file.

The names below are loaded when they are asked for: a web process that makes a Word file need not carry the
whole printing machinery (two thirds of a second, sixty megabytes).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bulletins.layout.press import CompiledPdf, compile_pdf, missing_characters, render_html
    from bulletins.layout.word import issue_docx
    from portal.printing.fetcher import AddressRefused, OwnFilesOnly
    from portal.printing.fonts import Face, FontSet, FontsMissing, find_fonts

__all__ = [
    "AddressRefused",
    "CompiledPdf",
    "Face",
    "FontSet",
    "FontsMissing",
    "OwnFilesOnly",
    "compile_pdf",
    "find_fonts",
    "issue_docx",
    "missing_characters",
    "render_html",
]

_HOMES = {
    "portal.printing.fetcher": ("AddressRefused", "OwnFilesOnly"),
    "portal.printing.fonts": ("Face", "FontSet", "FontsMissing", "find_fonts"),
    "bulletins.layout.press": ("CompiledPdf", "compile_pdf", "missing_characters", "render_html"),
    "bulletins.layout.word": ("issue_docx",),
}


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(home), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
