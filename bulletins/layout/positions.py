"""Where each entry's lines stand on the laid-out pages, so that a click on a proof leads to the entry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from weasyprint.formatting_structure import boxes

#: A line of an entry: its key, then left, top, width and height in fractions of the page.
Spot = tuple[str, float, float, float, float]
#: Four places keep a line within a tenth of a millimetre on A4.
_PLACES = 4


def line_positions(pages: list[Any], keys: Mapping[str, str]) -> dict[str, list[Spot]]:
    """The lines of every entry by page (``"1"``, ``"2"``…, as JSON keeps keys), from top to bottom.

    ``pages`` are WeasyPrint's laid-out pages, ``keys`` leads from an entry's anchor to its key. Pages without
    entries are left out. Lines are as wide as the text: what belongs to an entry can be hit anywhere in its row.
    """
    found = {
        str(number): [
            _spot(keys[article.element.get("id")], line, page)
            for article in _articles(page._page_box, keys)
            for line in _lines(article)
        ]
        for number, page in enumerate(pages, start=1)
    }
    return {number: spots for number, spots in found.items() if spots}


def _articles(box: Any, keys: Mapping[str, str]) -> Iterator[Any]:
    """The boxes of entries, also of those begun on an earlier page; only blocks are looked into."""
    for child in getattr(box, "children", ()):
        if not isinstance(child, boxes.BlockBox):
            continue
        if child.element_tag == "article" and child.element.get("id") in keys:
            yield child
        else:
            yield from _articles(child, keys)


def _lines(box: Any) -> Iterator[Any]:
    for child in box.children:
        if isinstance(child, boxes.LineBox):
            yield child
        elif isinstance(child, boxes.BlockBox):
            yield from _lines(child)


def _spot(key: str, line: Any, page: Any) -> Spot:
    left, top = line.position_x / page.width, line.position_y / page.height
    return (
        key,
        round(left, _PLACES),
        round(top, _PLACES),
        round(line.width / page.width, _PLACES),
        round(line.height / page.height, _PLACES),
    )
