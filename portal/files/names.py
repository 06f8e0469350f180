"""Names of files as people gave them, made safe to store and to show."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

LONGEST_NAME = 150
_FORBIDDEN = re.compile(r'[<>:"|?*\\/]')
_BLANKS = re.compile(r"\s+")


def clean_name(name: str, endings: Sequence[str]) -> str:
    """The last part of ``name`` without what no system bears, with an ending that fits the content.

    ``endings`` are the usual ones of the recognised kind (``.jpg``, ``.jpeg``); the name keeps its own
    if it is one of these, else it gets the first. Control and direction marks, which can hide the
    true ending, are left out.
    """
    name = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    name = "".join(mark for mark in name if unicodedata.category(mark) not in {"Cc", "Cf", "Cs", "Co"})
    name = _BLANKS.sub(" ", _FORBIDDEN.sub("", name)).strip().rstrip(" .")
    stem, dot, ending = name.rpartition(".")
    if not dot or not _looks_like_ending(ending):
        stem, ending = name, ""
    ending = f".{ending.lower()}"
    ending = ending if ending in endings else endings[0]
    return f"{stem.strip(' .')[: LONGEST_NAME - len(ending)] or '附件'}{ending}"


def _looks_like_ending(text: str) -> bool:
    """``2024.11月18日简报`` has no ending; ``简报.docx`` has."""
    return bool(re.fullmatch(r"[A-Za-z0-9]{1,5}", text))
