"""What a page shows of words that were read in: each change with a few words around it."""

from __future__ import annotations

from dataclasses import dataclass

from bulletins.models import Intake, Submission
from bulletins.reading import Change, ReadDocument, around
from bulletins.reading.tidy import EDGES, EMPTY_LINES, INVISIBLE, LINE_ENDS

#: Changes that show nothing to the eye: their passage is described, not quoted.
_UNSEEN = frozenset((LINE_ENDS, INVISIBLE, EDGES, EMPTY_LINES))


@dataclass(frozen=True, slots=True)
class ShownChange:
    """One change: ``left`` and ``right`` stand around it; ``is_accepted`` ticks its box."""

    key: str
    where: str
    left: str
    before: str
    after: str
    right: str
    is_accepted: bool


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """The changes of one kind."""

    what: str
    changes: tuple[ShownChange, ...]


@dataclass(frozen=True, slots=True)
class ShownIntake:
    """An intake for the page; ``title`` and ``text`` are what would be or was put in."""

    intake: Intake
    groups: tuple[ShownGroup, ...]
    notes: tuple[str, ...]
    title: str
    text: str
    count: int
    can_undo: bool


def shown_intake(submission: Submission) -> ShownIntake | None:
    """The report's last reading in the form the page shows, or None where there is none to look through."""
    intake = Intake.objects.filter(submission=submission).first()
    if intake is None:
        return None
    read = ReadDocument.from_json(intake.reading)
    groups: dict[str, list[ShownChange]] = {}
    for change in read.changes:
        groups.setdefault(change.what, []).append(_shown(read.raw, change, change.key not in intake.refused))
    title, text = read.words(intake.refused)
    return ShownIntake(
        intake=intake,
        groups=tuple(ShownGroup(what, tuple(changes)) for what, changes in groups.items()),
        notes=read.notes,
        title=title,
        text=text,
        count=len(read.changes),
        can_undo=intake.is_placed,
    )


def _shown(raw: str, change: Change, is_accepted: bool) -> ShownChange:
    if change.what in _UNSEEN or not (change.before or change.after):
        return ShownChange(change.key, change.where, "", "", "", "", is_accepted)
    left, right = around(raw, change)
    before, after = (text.replace("\n", "↵").replace("\t", "→") for text in (change.before, change.after))
    left, right = left.lstrip(), right.rstrip().replace("\t", " ")
    return ShownChange(change.key, change.where, left, before, after, right, is_accepted)
