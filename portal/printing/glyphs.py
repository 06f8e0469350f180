"""From text to HTML in faces that have every character of it, so that no empty box is ever printed.

A character missing in its face is set in Noto; one that no font has (an emoji) prints as 〓, the
printer's mark for a sort that is not there, and :func:`missing_characters` names it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from html import escape
from itertools import groupby, pairwise

from .fonts import Face, FontSet

GETA = "〓"
_OPENERS = "“‘（《【〔「『〈"
_CLOSERS = "，。、；：！？”’）》】〕」』〉"
_VARIATION_SELECTORS = (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))


def shapeless(char: str) -> bool:
    """Tell whether a character prints nothing by nature: joiners, direction marks, variation selectors."""
    return ord(char) in _VARIATION_SELECTORS or unicodedata.category(char) in {"Cf", "Cc"}


def face_for(char: str, face: Face, fonts: FontSet) -> Face | None:
    """The face to set a character in: the wanted one if it has it, else one of Noto, else None."""
    code = ord(char)
    if code in face.own_characters:
        return face
    for gap in fonts.gaps:
        if gap != face and code in gap.characters:
            return gap
    return face if code in face.characters else None


def missing(text: str, face: Face, fonts: FontSet) -> Iterator[str]:
    """Characters of a text that no font has, in order, repeated as they occur."""
    for char in _printable(text):
        if char != " " and face_for(char, face, fonts) is None:
            yield char


def set_text(text: str, face: Face, fonts: FontSet) -> str:
    """HTML of a text in a face: escaped, gaps in spans of class ``gap``, crowded marks in class ``tight``."""
    text = _printable(text)
    tight = _crowded(text)
    settings = [_setting(char, index in tight, face, fonts) for index, char in enumerate(text)]
    pieces = []
    for wrap, group in groupby(settings, key=lambda setting: setting[0]):
        run = escape("".join(char for _, char in group))
        pieces.append(f'<span class="{wrap}">{run}</span>' if wrap else run)
    return "".join(pieces)


def _setting(char: str, crowded: bool, face: Face, fonts: FontSet) -> tuple[str, str]:
    """The class of the span a character needs (``""`` for none) and what is printed for it."""
    if char == " ":
        return "", char
    found = face_for(char, face, fonts)
    if found is None:
        return "gap", GETA
    if found != face:
        return ("gap" if "Serif" in found.family else "gap sans") + (" tight" if crowded else ""), char
    return ("tight" if crowded else ""), char


def _printable(text: str) -> str:
    """The text with every blank as U+0020 and without characters that print nothing."""
    blanks = "".join(" " if char.isspace() and char != "\u3000" else char for char in text)
    return "".join(char for char in blanks if not shapeless(char))


def _crowded(text: str) -> frozenset[int]:
    """Positions of marks that give up half an em because another follows (》（, 。”): CLREQ 3.1.6."""
    return frozenset(
        index
        for index, (mark, following) in enumerate(pairwise(text))
        if (mark in _CLOSERS and following in _CLOSERS + _OPENERS) or (mark in _OPENERS and following in _OPENERS)
    )
