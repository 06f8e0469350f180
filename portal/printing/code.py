"""The code in the imprint: an address as a QR code in outlines, sharp at any size in print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby

import segno

#: A quarter of the code may be lost to a stamp or a fold and it still reads (ISO/IEC 18004, level Q).
_CORRECTION = "q"


def code_svg(address: str, *, alternative: str) -> str:
    """The code of an address as an SVG element without a size; ``alternative`` is read out instead of it.

    The quiet zone of four modules is part of the drawing, so that no rule or text comes too near.
    """
    code = segno.make(address, error=_CORRECTION, micro=False, boost_error=False)
    rows = list(code.matrix_iter(scale=1, border=4))
    outlines = "".join(_bars(rows))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {len(rows)} {len(rows)}">'
        f'<title>{escape(alternative)}</title><path d="{outlines}"/></svg>'
    )


def _bars(rows: list[Iterable[int]]) -> Iterator[str]:
    """Runs of dark modules as closed boxes."""
    for top, row in enumerate(rows):
        left = 0
        for dark, run in groupby(row):
            width = len(list(run))
            if dark:
                yield f"M{left} {top}h{width}v1h-{width}z"
            left += width
