"""One name for the same data, whatever order it was written in."""

from __future__ import annotations

import hashlib
import json
from typing import Any


def digest_of(data: Any, *, compact: bool = False) -> str:
    """SHA-256 (hex) of plain JSON data with its names sorted; ``compact`` leaves the blanks between them out.

    What is frozen somewhere keeps its way of writing: the digests that are stored were made with it.
    """
    separators = (",", ":") if compact else None
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=separators)
    return hashlib.sha256(text.encode()).hexdigest()
