"""What is another in a sheet that comes back: lines, figures and words, compared with what was returned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pilots.models.progress import WORDS
from portal.text.difference import Piece, difference


@dataclass(frozen=True, slots=True)
class Change:
    """Where something is another, and the two texts as one in pieces (portal.text.difference)."""

    where: str
    pieces: list[Piece]


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[Change]:
    """Every line, figure and word that is new, gone or another; a line is the same by its key."""
    old, new = _texts(before), _texts(after)
    changed = [key for key in {**old, **new} if old.get(key, ("", ""))[1] != new.get(key, ("", ""))[1]]
    return [
        Change(
            (new.get(key) or old[key])[0],
            difference(old.get(key, ("", ""))[1], new.get(key, ("", ""))[1]),
        )
        for key in changed
    ]


def _texts(content: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """By key: where it stands, and its text."""
    found: dict[str, tuple[str, str]] = {}
    for section in content["sections"]:
        for line in section["lines"]:
            found[f"line:{line['key']}"] = (section["label"], line["text"])
        for figure in section["figures"]:
            text = f"{figure['label']}{figure['value']}{figure['unit']}"
            found[f"figure:{figure['key']}"] = (section["label"], text)
    for name, label in WORDS.items():
        found[f"words:{name}"] = (label, content["words"][name])
    return found
