"""Taking the text from a PDF, for comparing what was printed with what was written."""

from __future__ import annotations

import io
import re

import pypdf


def plain(text: str) -> str:
    """A text without blanks and stars."""
    return re.sub(r"[\s★]", "", text)


def text_of(pdf: bytes) -> str:
    """All text a reader takes from a PDF, without blanks, stars and page numbers."""
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    return plain("\n".join(re.sub(r"—\s*\d+\s*—", "", page) for page in pages))
