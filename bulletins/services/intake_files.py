"""What comes along with a report in Word: the file itself and its pictures, kept as attachments."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

from django.core.files.base import ContentFile, File
from PIL import Image, UnidentifiedImageError

from bulletins.models import Submission
from bulletins.reading import ReadPicture
from portal.accounts.models import User
from portal.files.kinds import MOST_PIXELS
from portal.files.services import attach_file
from portal.refusals import Refused

#: Kinds that Word and WPS hold and browsers do not show; they are kept as PNG.
_CONVERTED = ("BMP", "GIF", "TIFF", "DIB")
_DRAWINGS = (".emf", ".wmf", ".emz", ".wmz")


def keep_original(submission: Submission, upload: File[bytes], *, by: User) -> list[str]:
    """Attach the file as it came. A sentence where that is not possible; a text file needs no keeping."""
    if (upload.name or "").lower().endswith(".txt"):
        return []
    try:
        attach_file(owner=submission, upload=upload, by=by)
    except Refused as refusal:
        return [f"原文件没有存为附件：{refusal}"]
    return []


def keep_pictures(submission: Submission, pictures: Sequence[ReadPicture], *, by: User) -> Iterator[str]:
    """Attach the pictures with their captions. A sentence for each that could not be kept."""
    for number, picture in enumerate(pictures, 1):
        try:
            file = ContentFile(_shown_in_browsers(picture), name=f"图片{number}")
            attach_file(owner=submission, upload=file, by=by, caption=picture.caption)
        except Refused as refusal:
            told = f"（{picture.caption}）" if picture.caption else ""
            yield f"图片{number}{told}没有存为附件：{refusal}"


def _shown_in_browsers(picture: ReadPicture) -> bytes:
    """The picture, as PNG where no browser shows its kind. Its size is checked before a pixel is unpacked."""
    if picture.name.lower().endswith(_DRAWINGS):
        raise Refused("这是矢量图，不能直接取出。请在 Word 中截成图片，再作为附件添加。")
    try:
        with Image.open(io.BytesIO(picture.data), formats=_CONVERTED) as found:
            if found.width * found.height > MOST_PIXELS:
                raise Refused("图片尺寸过大（超过 6000 万像素），请缩小后再添加。")
            out = io.BytesIO()
            found.convert("RGBA" if found.mode in {"RGBA", "LA", "P"} else "RGB").save(out, "PNG")
            return out.getvalue()
    except UnidentifiedImageError:
        return picture.data
    except Image.DecompressionBombError as error:
        raise Refused("图片尺寸过大（超过 6000 万像素），请缩小后再添加。") from error
    except (OSError, SyntaxError, ValueError) as error:
        raise Refused("这张图片已损坏，打不开。") from error
