"""Tables as people fill them in."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook

from portal.exchange.registry import NOUNS


def table(noun: str, *rows: Sequence[object], columns: Sequence[str] = ()) -> bytes:
    """A workbook with the header of ``noun`` (or ``columns``) in its third row, and ``rows`` below it."""
    book = Workbook()
    sheet: Any = book.active
    sheet.append(["某某一览表"])
    sheet.append(["填写说明"])
    sheet.append(list(columns) or [column.title for column in NOUNS[noun].columns])
    for row in rows:
        sheet.append(list(row))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
