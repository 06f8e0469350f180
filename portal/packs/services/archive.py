"""Writing the .zip: names that every system bears, files copied in chunks, so that memory does not grow with them."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from types import TracebackType

from django.core.files.storage import default_storage
from django.utils import timezone

from portal.files.downloads import CHUNK
from portal.material import Item, Kept

#: Windows bears 260 characters in all; a pack has three levels and is unpacked somewhere itself.
LONGEST = 60
_FORBIDDEN = re.compile(r'[<>:"|?*\\/]')
_BLANKS = re.compile(r"\s+")


def safe_name(name: str) -> str:
    """One part of a path without what no system bears, not too long; an ending of a file stays."""
    name = "".join(mark for mark in unicodedata.normalize("NFC", name) if unicodedata.category(mark)[0] != "C")
    name = _BLANKS.sub(" ", _FORBIDDEN.sub("_", name)).strip(" .") or "未命名"
    if len(name) <= LONGEST:
        return name
    ending = PurePosixPath(name).suffix if len(PurePosixPath(name).suffix) <= 6 else ""
    return name[: LONGEST - len(ending)].rstrip(" .") + ending


class Archive:
    """A .zip that is being written. ``count`` files are in it, ``lost`` are the names of those that could not be read.

    Nothing is packed tighter: pictures, PDF and Office files are packed already, and a plain copy is quick.
    """

    def __init__(self, path: Path) -> None:
        self.path, self.count = path, 0
        self.lost: list[str] = []
        self._taken: set[str] = set()
        self._zip = zipfile.ZipFile(path, "w", zipfile.ZIP_STORED)
        self._moment = timezone.localtime().timetuple()[:6]

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._zip.close()

    def add(self, folder: str, item: Item) -> None:
        """Put a file into ``folder``; one that is gone from the store is only noted."""
        name = self._free("/".join(safe_name(part) for part in (*folder.split("/"), *item.name.split("/")) if part))
        if isinstance(item, Kept):
            self._copy(name, item)
        else:
            self.write(name, item.make())

    def write(self, name: str, data: bytes) -> None:
        self._zip.writestr(self._entry(name, len(data)), data)
        self.count += 1

    def _copy(self, name: str, item: Kept) -> None:
        try:
            source = default_storage.open(item.path)
        except OSError:
            self.lost.append(name)
            return
        with source, self._zip.open(self._entry(name, item.size), "w") as target:
            for chunk in _chunks(source.read):
                target.write(chunk)
        self.count += 1

    def _entry(self, name: str, size: int) -> zipfile.ZipInfo:
        entry = zipfile.ZipInfo(name, self._moment)
        entry.file_size, entry.external_attr = size, 0o644 << 16
        return entry

    def _free(self, name: str) -> str:
        """The name, with a number behind it where it is taken; systems that know no capitals must not mix up two."""
        path, number = PurePosixPath(name), 1
        while name.casefold() in self._taken:
            number += 1
            name = str(path.with_name(f"{path.stem}（{number}）{path.suffix}"))
        self._taken.add(name.casefold())
        return name


def _chunks(read: Callable[[int], bytes]) -> Iterator[bytes]:
    while chunk := read(CHUNK):
        yield chunk
