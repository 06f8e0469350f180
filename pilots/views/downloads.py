"""Files that the browser saves under a Chinese name."""

from __future__ import annotations

from io import BytesIO

from django.http import FileResponse

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def word_file(data: bytes, name: str) -> FileResponse:
    """A .docx."""
    response = FileResponse(BytesIO(data), as_attachment=True, filename=name, content_type=WORD)
    response["Cache-Control"] = "private, no-store"
    return response
