"""Chinese justification for WeasyPrint, which by itself stretches only the blank between words.

Chinese text has no such blank, so a third of the long lines would end ragged. While
:func:`chinese_justification` is open, the slack of a line is spread between its characters, never
inside a number or a Latin word, and a stop at the end of a line may count half an em (标点挤压), so
that the character before it needs not move to the next line.

This reaches into WeasyPrint's line layout. Where those internals no longer look as expected,
nothing is touched and text is justified the plain way: a security update never waits for us.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import Any
from unittest.mock import patch

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.text import ffi as pango_ffi
from weasyprint.text import line_break

STOPS = "，。、；：！？"
CLOSERS = STOPS + "”’）》】〕」』〉"
# What must stay together: numbers, Latin words and the marks inside them.
_RIGID = re.compile(r"[0-9A-Za-z.,%‰℃/+\-–_:@#&=?~]+")
_PIECES = re.compile(rf"(?P<rigid>{_RIGID.pattern})|[^0-9A-Za-z.,%‰℃/+\-–_:@#&=?~]+")
# Wider gaps than this part of the type size look worse than a ragged line.
_WIDEST_GAP = 0.5
# Rounding allowed when a width is compared with the room on the line (CSS pixels).
_SLOP = 0.5

_PARAMETERS: tuple[tuple[Any, str, tuple[str, ...]], ...] = (
    (line_break.Layout, "set_text", ("self", "text", "justify")),
    (inline, "justify_line", ("context", "line", "extra_width")),
    (inline, "text_align", ("context", "line", "available_width", "last")),
    (
        inline,
        "split_first_line",
        ("text", "style", "context", "max_width", "justification_spacing", "is_line_start", "minimum"),
    ),
    (line_break, "create_layout", ("text", "style", "context", "max_width", "justification_spacing")),
)
_PANGO_CALLS = (
    "pango_layout_get_attributes",
    "pango_layout_set_attributes",
    "pango_attr_list_new",
    "pango_attr_list_unref",
    "pango_attr_list_change",
    "pango_attr_letter_spacing_new",
)


@cache
def can_justify() -> bool:
    """Tell whether WeasyPrint's line layout is the one this module extends; asked before it does."""
    for owner, name, expected in _PARAMETERS:
        function = getattr(owner, name, None)
        if function is None or tuple(inspect.signature(function).parameters) != expected:
            return False
    pango = getattr(pango_ffi, "pango", None)
    return all(hasattr(pango, call) for call in _PANGO_CALLS) and hasattr(boxes, "TextBox")


@contextmanager
def chinese_justification() -> Iterator[bool]:
    """Spread slack between Chinese characters for what is laid out and drawn inside.

    Yields whether it is in force. Not for several threads at once: the caller holds a lock.
    """
    if not can_justify():
        yield False
        return
    replacements: tuple[tuple[Any, str, Callable[..., Any]], ...] = (
        (line_break.Layout, "set_text", _set_text(line_break.Layout.set_text)),
        (inline, "justify_line", _justify_line(inline.justify_line)),
        (inline, "text_align", _text_align(inline.text_align)),
        (inline, "split_first_line", _split_first_line(inline.split_first_line)),
    )
    with ExitStack() as stack:
        for owner, name, replacement in replacements:
            stack.enter_context(patch.object(owner, name, replacement))
        yield True


@cache
def _is_chinese(lang: str | None) -> bool:
    return (lang or "").startswith("zh")


def _spacing(style: Any) -> float:
    spacing = style["letter_spacing"]
    return 0.0 if spacing == "normal" else float(spacing)


def _gaps(text: str) -> int:
    """Count the places of a text that may stretch: one for every character outside numbers and words."""
    return len(_RIGID.sub("", text))


def _outer_gaps(text: str) -> float:
    """Gaps that Pango cuts off a text box: half of one at either end where that is not a number or word."""
    return sum(0.5 for char in (text[0], text[-1]) if not _RIGID.match(char))


def _set_text(original: Callable[..., None]) -> Callable[..., None]:
    """Draw a stretched text box with its slack between characters instead of between words."""

    def set_text(self: Any, text: str, justify: bool = False) -> None:
        if not (justify and self.justification_spacing and _is_chinese(self.style["lang"])):
            original(self, text, justify)
            return
        original(self, text, False)
        _stretch(self, _spacing(self.style) + self.justification_spacing)

    return set_text


def _stretch(layout: Any, spacing: float) -> None:
    """Give every piece of Chinese text in a Pango layout this letter spacing (CSS pixels)."""
    pango, ffi = pango_ffi.pango, pango_ffi.ffi
    attributes = pango.pango_layout_get_attributes(layout.layout)
    if attributes == ffi.NULL:
        attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
    start = 0
    for piece in _PIECES.finditer(layout.text):
        end = start + len(piece[0].encode())
        if not piece["rigid"]:
            attribute = pango.pango_attr_letter_spacing_new(int(spacing * pango_ffi.TO_UNITS))
            attribute.start_index, attribute.end_index = start, end
            pango.pango_attr_list_change(attributes, attribute)
        start = end
    pango.pango_layout_set_attributes(layout.layout, attributes)


def _text_boxes(box: Any) -> Iterator[Any]:
    """All text boxes of a line, from left to right."""
    if isinstance(box, boxes.TextBox):
        yield box
    elif isinstance(box, boxes.LineBox | boxes.InlineBox):
        for child in box.children:
            yield from _text_boxes(child)


def _justify_line(original: Callable[..., None]) -> Callable[..., None]:
    """Share the slack of a line among all the gaps between its characters."""

    def justify_line(context: Any, line: Any, extra_width: float) -> None:
        if not _is_chinese(line.style["lang"]):
            original(context, line, extra_width)
            return
        texts = [box.text for box in _text_boxes(line) if box.text]
        gaps = sum(map(_gaps, texts)) - (_outer_gaps(texts[-1]) if texts else 0)
        if gaps > 0 and abs(extra_width) / gaps < line.style["font_size"] * _WIDEST_GAP:
            _widen(context, line, extra_width / gaps, 0.0)

    return justify_line


def _widen(context: Any, box: Any, share: float, advance: float) -> float:
    """Move a box by ``advance`` and stretch it by ``share`` a character; the advance after it is returned."""
    if isinstance(box, boxes.TextBox):
        box.position_x += advance
        box.justification_spacing = share
        gaps = _gaps(box.text)
        if gaps:
            layout = line_break.create_layout(box.text, box.style, context, None, share)
            layout.deactivate()
            box.pango_layout = layout
            box.width += share * gaps
        return advance + share * gaps
    if isinstance(box, boxes.LineBox | boxes.InlineBox):
        box.position_x += advance
        before = advance
        for child in box.children:
            if child.is_in_normal_flow():
                advance = _widen(context, child, share, advance)
        box.width += advance - before
        return advance
    box.translate(advance, 0)
    return advance


def _split_first_line(original: Callable[..., Any]) -> Callable[..., Any]:
    """Let a line end with a stop that has only half an em of room."""

    def split_first_line(  # noqa: PLR0917 - WeasyPrint's signature
        text: str,
        style: Any,
        context: Any,
        max_width: float | None,
        justification_spacing: float,
        is_line_start: bool = True,
        minimum: bool = False,
    ) -> Any:
        def split(width: float | None) -> Any:
            return original(text, style, context, width, justification_spacing, is_line_start, minimum)

        plain = split(max_width)
        if minimum or plain[2] is None or not max_width or max_width == float("inf"):
            return plain
        if not _is_chinese(style["lang"]) or not _stop_is_near(text, plain[2]):
            return plain
        return _squeezed(split, plain, max_width, style["font_size"] + _spacing(style))

    return split_first_line


def _stop_is_near(text: str, resume_at: int) -> bool:
    """Tell whether the next line would start with one character and a stop, which could both stay."""
    following = text.encode()[resume_at : resume_at + 12].decode(errors="ignore")
    if len(following) < 2 or following[1] not in STOPS or _RIGID.match(following[0]):
        return False
    return following[2:3] == "" or following[2] not in CLOSERS


def _squeezed(split: Callable[[float], Any], plain: Any, max_width: float, em: float) -> Any:
    """The line with that character and the stop, the stop counted half; ``plain`` where they do not fit."""
    if plain[3] + em > max_width + _SLOP:
        return plain
    longer = split(max_width + em + _SLOP)
    layout, over = longer[0], longer[3] - max_width
    if over <= 0 or layout.text[-1:] not in STOPS:
        return plain
    layout.squeeze = over - em / 2
    return (*longer[:3], max_width, *longer[4:])


def _text_align(original: Callable[..., float]) -> Callable[..., float]:
    """Set a line that ends in a squeezed stop: tighten or widen it by what the squeeze left over."""

    def text_align(context: Any, line: Any, available_width: float, last: bool) -> float:
        texts = list(_text_boxes(line))
        squeeze = getattr(texts[-1].pango_layout, "squeeze", None) if texts else None
        if squeeze is None or line.style["text_align_all"] != "justify":
            return original(context, line, available_width, last)
        inline.justify_line(context, line, -squeeze)
        return 0.0

    return text_align
