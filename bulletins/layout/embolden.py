"""A bold 仿宋, which no font house ships: the outline of each character is drawn with a thin stroke.

PDF knows this as text rendering mode 2 (fill, then stroke; ISO 32000-1, 9.3.6); the text itself stays
what it is, for searching and copying. Whatever carries the style ``--stroke`` is drawn so while
:func:`stroked_text` is open. Where WeasyPrint's drawing has changed, nothing is touched and the
lead is set in 黑体 instead (see ``markup``).
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any
from unittest.mock import patch

from weasyprint import draw
from weasyprint.pdf.stream import Stream

# Width of the stroke as part of the type size; 1/36 em looks like the bold that Word makes of 仿宋.
_STROKE = 1 / 36
_ROUND_JOIN = 1
_FILL_THEN_STROKE = 2
_PARAMETERS = ("stream", "textbox", "offset_x", "text_overflow", "block_ellipsis")
_STREAM_CALLS = ("stacked", "set_color", "set_line_width", "set_line_join", "set_text_rendering")


@cache
def can_embolden() -> bool:
    """Tell whether WeasyPrint draws text the way this module knows how to extend (asked before it is extended)."""
    function = getattr(draw, "draw_text", None)
    if function is None or tuple(inspect.signature(function).parameters) != _PARAMETERS:
        return False
    return all(hasattr(Stream, call) for call in _STREAM_CALLS)


@contextmanager
def stroked_text() -> Iterator[bool]:
    """Draw text styled ``--stroke`` bold inside; yields whether that is in force. Not thread-safe."""
    if not can_embolden():
        yield False
        return
    original = draw.draw_text

    def draw_text(stream: Any, textbox: Any, *rest: Any, **more: Any) -> None:
        if not textbox.style["__stroke"]:
            original(stream, textbox, *rest, **more)
            return
        with stream.stacked():
            stream.set_color(textbox.style["color"], stroke=True)
            stream.set_line_width(textbox.style["font_size"] * _STROKE)
            stream.set_line_join(_ROUND_JOIN)
            stream.set_text_rendering(_FILL_THEN_STROKE)
            original(stream, textbox, *rest, **more)

    with patch.object(draw, "draw_text", draw_text):
        yield True
