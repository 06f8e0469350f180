"""Files that the browser saves under a Chinese name: made for the moment, or large ones that lie in the store."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from portal.files.kinds import WORD

#: So much of a file is in memory at a time.
CHUNK = 1 << 20
_RANGE = re.compile(r"bytes=([0-9]*)-([0-9]*)")


def word_file(data: bytes, name: str) -> FileResponse:
    """A .docx."""
    response = FileResponse(BytesIO(data), as_attachment=True, filename=name, content_type=WORD.media_type)
    response["Cache-Control"] = "private, no-store"
    return response


def resumable(request: HttpRequest, path: str, *, name: str, media_type: str, digest: str) -> HttpResponseBase:
    """A file of the store, or the part of it that a broken download still wants (RFC 9110, 13 and 14).

    ``digest`` names exactly this content: who asks for the rest of another one gets the whole. Several ranges at once
    nobody needs: they are answered with the whole as well.
    """
    size, tag = default_storage.size(path), f'"{digest}"'
    unchanged = get_conditional_response(request, tag)
    if unchanged is not None:
        return unchanged
    first, last = 0, size - 1
    asked = _asked_range(request, size) if request.headers.get("If-Range", tag) == tag else None
    if asked is not None:
        first, last = asked
        if first > last:
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}", "Accept-Ranges": "bytes"})
    content = _read(path, first, last) if request.method == "GET" else iter(())
    response = StreamingHttpResponse(content, status=206 if asked else 200, content_type=media_type)
    response["Content-Length"] = last - first + 1
    if asked:
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
    response["Accept-Ranges"], response["ETag"] = "bytes", tag
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Cache-Control"] = "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _asked_range(request: HttpRequest, size: int) -> tuple[int, int] | None:
    """First and last byte asked for; the first behind the last where there is no such part, None for the whole."""
    match = _RANGE.fullmatch(request.headers.get("Range", "").strip())
    if match is None or match[0] == "bytes=-":
        return None
    if not match[1]:  # the last so many bytes
        return (max(0, size - int(match[2])), size - 1) if int(match[2]) else (1, 0)
    first, last = int(match[1]), int(match[2] or size)
    if match[2] and last < first:
        return None
    return (first, min(last, size - 1)) if first < size else (1, 0)


def _read(path: str, first: int, last: int) -> Iterator[bytes]:
    with default_storage.open(path) as file:
        file.seek(first)
        left = last - first + 1
        while left and (chunk := file.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
