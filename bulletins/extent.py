"""How many pages an issue would fill, reckoned from its characters: for the desk, before a proof tells exactly. Pure.

GB/T 9704-2012, 5.2.4: 22 lines of 28 characters a page. Masthead, heads and imprint take lines as they are
printed (``layout/page.css``).
"""

from __future__ import annotations

from math import ceil

from bulletins.content import IssueContent

LINES_A_PAGE = 22
CHARACTERS_A_LINE = 28
#: Eight lines of masthead above the red rule and one empty line below it.
MASTHEAD_LINES = 9
#: Readers beside the code (three lines high, margins included), office and day of printing.
IMPRINT_LINES = 4
#: Each paragraph begins two characters in.
_INDENT = 2


def estimated_pages(content: IssueContent) -> int:
    """The pages ``content`` would fill, one at least; right to about a page."""
    lines = MASTHEAD_LINES + IMPRINT_LINES + sum(map(_entry_lines, _entries(content))) + len(content.sections)
    return max(1, ceil(lines / LINES_A_PAGE))


def _entries(content: IssueContent) -> list[tuple[str, ...]]:
    """The paragraphs of every entry as printed: star, lead and first paragraph share one."""
    found = []
    for section in content.sections:
        for entry in section.entries:
            first, *others = entry.paragraphs or ("",)
            found.append((f"★{entry.lead}{first}", *others))
    return found


def _entry_lines(paragraphs: tuple[str, ...]) -> int:
    return sum(ceil((_width(text) + _INDENT) / CHARACTERS_A_LINE) for text in paragraphs)


def _width(text: str) -> float:
    """Characters of the grid; figures and Latin letters take half of one."""
    return sum(0.5 if char.isascii() else 1 for char in text)
