"""What somebody typed into a box for free words, as it is kept."""

from __future__ import annotations

from portal.refusals import Refused


def typed(text: str) -> str:
    """``text`` without blanks around it and without NUL, which no keyboard types and no database keeps."""
    return text.replace("\x00", "").strip()


def typed_words(text: str, label: str, most: int) -> str:
    """:func:`typed`, of at most ``most`` characters.

    Raises Refused where it is longer; ``label`` (意见、说明) says in the sentence what it is.
    """
    words = typed(text)
    if len(words) > most:
        raise Refused(f"{label}有{len(words)}字，超过{most}字，请缩短。")
    return words
