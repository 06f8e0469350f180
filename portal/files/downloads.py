"""Files made for the moment, which the browser saves under a Chinese name; none of them is kept."""

from __future__ import annotations

from io import BytesIO

from django.http import FileResponse

from portal.files.kinds import WORD


def word_file(data: bytes, name: str) -> FileResponse:
    """A .docx."""
    response = FileResponse(BytesIO(data), as_attachment=True, filename=name, content_type=WORD.media_type)
    response["Cache-Control"] = "private, no-store"
    return response
